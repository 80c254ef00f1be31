// How late deadlines are told while very many others wait, beside bare BullMQ with as many delayed jobs, on both backends.
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type PgStore } from '../db/store.ts';
import { jobOptions } from '../queues/catalogue.ts';
import { HOUR_MS, type Instant } from '../src/time.ts';
import type { BotApi } from '../web/simulator/bot-api.ts';
import { type Backend, type BareQueue, openBare } from './bare-queue.ts';
import { type Figure, median, percentile } from './figure.ts';
import { startRedis } from './redis.ts';
import { asOwner, type Server } from './server.ts';
import { startService } from './service.ts';
import type { Sizes } from './sizes.ts';
import { chance, emptyDoors, type Ground, layGround } from './tapping.ts';
import { ACCOUNT, openTelegram, TOKEN } from './telegram.ts';
import { makersOf, prepare } from './world.ts';

/** The step's length; its reminder comes when a quarter is left. */
const ELAPSED = '4h';
const REMINDER_AFTER_MS = 3 * HOUR_MS;
const RUNGS = ['remind', 'overdue', 'escalate-1', 'escalate-2'];
const DAY_MS = 24 * HOUR_MS;
/** Between the last preparation and the first deadline. */
const BREATH_MS = 3_000;
/** As many as the queue `wake` runs side by side. */
const ABREAST = 4;
/** Longest that anything is waited for after it was due. */
const PATIENCE_MS = 60_000;

interface Lateness {
  /** Milliseconds after their instants, of those due one by one. */
  trickle: number[];
  /** When the last of those due together was told. */
  drainedMs: number;
}

/** As many cases and timers as wanted, far from due: copies of one case that the rules made. */
async function fillPending(url: string, ground: Ground, count: number): Promise<string[]> {
  const [office] = ground.offices;
  const maker = office && makersOf(office)[0];
  if (!office || !maker) throw new Error('no office');
  const [template] = await prepare(ground.store, ground.sop, [{ office, maker, at: Date.now(), handedIn: true }], {
    account: ACCOUNT,
    fileIds: ground.fileIds,
  });
  const sql = asOwner(url);
  try {
    await sql`
      insert into cases (id, office, sop, sop_version, maker, status, step, round, due_at, number, number_year, number_serial, title, event_date,
        home_channel, home_chat, opened_at, handed_in_at, body, generation)
      select gen_random_uuid(), office, sop, sop_version, maker, status, step, round, due_at, number || '/' || n, number_year, 1000000 + n, title, event_date,
        home_channel, home_chat, opened_at, handed_in_at, body, generation
      from cases, generate_series(1, ${Math.ceil(count / RUNGS.length)}) as n where id = ${template?.id ?? ''}::uuid`;
    const rows = await sql<{ id: string }[]>`
      insert into timers (office, "case", step, round, rung, at, due)
      select office, id, step, round, rung, far, far from cases, unnest(array['remind', 'overdue', 'escalate-1', 'escalate-2']) as rung,
        lateral (select now() + interval '1 day' + random() * interval '30 days' + length(rung) * interval '1 hour' as far) as f
      where number_serial > 1000000 returning id`;
    await sql.unsafe('analyze');
    return rows.map(({ id }) => id);
  } finally {
    await sql.end();
  }
}

function wakeJobs(timers: { id: string; at: Instant }[]) {
  return timers.map(({ id, at }) => ({
    data: { timer: id },
    // Under another run's name, as after a restart.
    opts: jobOptions('wake', { timer: id }, { delayMs: Math.max(0, at - Date.now()) }, 'bench'),
  }));
}

interface DueParts {
  store: PgStore;
  ground: Ground;
  queue: BareQueue;
  /** Timers saved by the store, rung like the service does it. */
  rung: { id: string; at: Instant }[];
}

/** Cases whose reminders are due at these instants, their jobs in the queue. */
async function makeDue({ store, ground, queue, rung }: DueParts, instants: Instant[]): Promise<void> {
  rung.length = 0;
  const wanted = instants.map((at, n) => {
    const office = ground.offices[n % ground.offices.length];
    const maker = office && makersOf(office)[0];
    if (!office || !maker) throw new Error('no office');
    return { office, maker, at: at - REMINDER_AFTER_MS, handedIn: true };
  });
  await prepare(store, ground.sop, wanted, { account: ACCOUNT, fileIds: ground.fileIds });
  await queue.bulk(wakeJobs(rung));
}

/** Lateness of every reminder due since `from`; waits until all are told. */
async function told(url: string, from: Instant, count: number): Promise<number[]> {
  const sql = asOwner(url);
  try {
    for (const until = Math.max(from, Date.now()) + PATIENCE_MS; ; await pause(250)) {
      const rows = await sql<{ late: number }[]>`
        select extract(epoch from told_at - at)::float8 * 1000 as late from timers
        where rung = 'remind' and told_at is not null and at >= ${new Date(from).toISOString()}::timestamptz`;
      if (rows.length >= count) return rows.map(({ late }) => late);
      if (Date.now() > until) throw new Error(`${rows.length} of ${count} reminders were told`);
    }
  } finally {
    await sql.end();
  }
}

function spread({ timers, seconds }: Sizes['trickle'], from: Instant): Instant[] {
  return Array.from({ length: timers }, (_, n) => Math.round(from + (n * seconds * 1_000) / timers));
}

/** Many due in one instant; when they were not prepared in time, once more with more room. */
async function dueTogether(parts: DueParts, url: string, count: number, roomMs: number): Promise<number> {
  const together = Date.now() + Math.round(roomMs);
  await makeDue(
    parts,
    Array.from({ length: count }, () => together),
  );
  const inTime = Date.now() < together - BREATH_MS / 2;
  const last = Math.max(...(await told(url, together, count)));
  await emptyDoors(url);
  return inTime ? last : dueTogether(parts, url, count, roomMs * 2);
}

async function alur(
  server: Server,
  api: BotApi,
  url: string,
  ground: Ground,
  pending: string[],
  sizes: Sizes,
  redisUrl: string | null,
): Promise<Lateness> {
  const backend: Backend = redisUrl === null ? { kind: 'postgres', url } : { kind: 'redis', url: redisUrl };
  const queue = await openBare(backend, 'wake');
  const far = wakeJobs(pending.map((id, n) => ({ id, at: Date.now() + DAY_MS + n * 20_000 })));
  // Without their keys BullMQ loads them set by set instead of row by row; nobody adds them again here.
  await queue.bulk(far.map(({ data, opts: { deduplication: _key, ...opts } }) => ({ data, opts })));
  const rung: DueParts['rung'] = [];
  const store = await openStore({ url, chance, onTimers: (timers) => rung.push(...timers) });
  const service = await startService({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    DATABASE_URL: url,
    DATA_DIR: server.folder,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
  try {
    const parts = { store, ground, queue, rung };
    const begun = performance.now();
    // Room for the slowest preparation; what comes of it says how long the larger one may take.
    const first = Date.now() + 5_000 + BREATH_MS;
    await makeDue(parts, spread(sizes.trickle, first));
    const perCase = (performance.now() - begun) / sizes.trickle.timers;
    const trickle = await told(url, first, sizes.trickle.timers);
    await emptyDoors(url);
    const drainedMs = await dueTogether(parts, url, sizes.dueAtOnce, perCase * sizes.dueAtOnce * 2 + BREATH_MS);
    return { trickle, drainedMs };
  } finally {
    await service.stop();
    await store.close();
    await queue.close();
    await emptyDoors(url);
  }
}

async function bare(backend: Backend, sizes: Sizes): Promise<Lateness> {
  const queue = await openBare(backend, 'floor');
  const late: number[] = [];
  const jobs = (instants: Instant[]) =>
    instants.map((at) => ({ data: { at }, opts: { delay: Math.max(0, at - Date.now()), removeOnComplete: true } }));
  const collected = async (count: number): Promise<number[]> => {
    for (const until = Date.now() + PATIENCE_MS; late.length < count; await pause(50)) {
      if (Date.now() > until) throw new Error(`${late.length} of ${count} bare jobs ran`);
    }
    return late.splice(0);
  };
  try {
    await queue.bulk(jobs(Array.from({ length: sizes.pendingTimers }, (_, n) => Date.now() + DAY_MS + n * 20_000)));
    await queue.work((data) => late.push(Date.now() - (data as { at: Instant }).at), ABREAST);
    const first = Date.now() + BREATH_MS;
    await queue.bulk(jobs(spread(sizes.trickle, first)));
    const trickle = await collected(sizes.trickle.timers);
    const together = Date.now() + BREATH_MS;
    await queue.bulk(jobs(Array.from({ length: sizes.dueAtOnce }, () => together)));
    return { trickle, drainedMs: Math.max(...(await collected(sizes.dueAtOnce))) };
  } finally {
    await queue.close();
  }
}

function figures(ours: Lateness, floor: Lateness, on: string, sizes: Sizes): Figure[] {
  const is = 'bare BullMQ';
  const pending = sizes.pendingTimers.toLocaleString('en');
  const one = (name: string, of: (lateness: Lateness) => number, promise?: string): Figure => ({
    bench: 'deadline',
    name: `${name}, ${pending} pending, ${on}`,
    unit: 'ms',
    value: of(ours),
    floor: { is, value: of(floor) },
    ...(promise === undefined ? {} : { promise }),
  });
  return [
    one('late by, median', ({ trickle }) => median(trickle)),
    one('late by, p99', ({ trickle }) => percentile(trickle, 0.99), '≤ 1000 ms'),
    one('late by, most', ({ trickle }) => Math.max(...trickle)),
    one(`${sizes.dueAtOnce} due at once, the last late by`, ({ drainedMs }) => drainedMs),
  ];
}

export async function benchDeadline(server: Server, sizes: Sizes): Promise<Figure[]> {
  const url = await server.migrated('deadline');
  const api = await openTelegram();
  const ground = await layGround(api, url, sizes.offices, 1, ELAPSED);
  const redis = await startRedis(server.folder);
  try {
    const pending = await fillPending(url, ground, sizes.pendingTimers);
    const floor = await bare({ kind: 'postgres', url: await server.empty('delayed') }, sizes);
    const onPostgres = figures(await alur(server, api, url, ground, pending, sizes, null), floor, 'PostgreSQL', sizes);
    if (redis === null) return onPostgres;
    const redisFloor = await bare({ kind: 'redis', url: `${redis.url}/1` }, sizes);
    return [...onPostgres, ...figures(await alur(server, api, url, ground, pending, sizes, redis.url), redisFloor, 'Redis', sizes)];
  } finally {
    await redis?.stop();
    await ground.store.close();
    await api.close();
  }
}
