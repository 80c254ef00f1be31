// How late deadlines are told while very many others wait, how long a start then takes and what memory it needs, on both backends. What
// waits lies in the rows alone, as in the product: a queue gets a job only when its instant is near.
import { setTimeout as pause } from 'node:timers/promises';
import { HOUR_MS, type Instant } from '../src/time.ts';
import type { BotApi } from '../web/simulator/bot-api.ts';
import { type Backend, openBare } from './bare-queue.ts';
import { type Figure, median, percentile } from './figure.ts';
import { startRedis } from './redis.ts';
import { asOwner, type Server } from './server.ts';
import { type Running, startService } from './service.ts';
import type { Sizes } from './sizes.ts';
import { emptyDoors, type Ground, layGround } from './tapping.ts';
import { ACCOUNT, openTelegram, TOKEN } from './telegram.ts';
import { makersOf, prepare } from './world.ts';

/** The step's length; its reminder comes when a quarter is left. */
const ELAPSED = '4h';
const REMINDER_AFTER_MS = 3 * HOUR_MS;
const RUNGS = ['remind', 'overdue', 'escalate-1', 'escalate-2'];
/** Between the last preparation and the first deadline; for so long memory is looked at as well. */
const BREATH_MS = 5_000;
/** As many as the queue `wake` runs side by side. */
const ABREAST = 4;
/** Longest that anything is waited for after it was due. */
const PATIENCE_MS = 300_000;
const MB = 1_000_000;

interface Measured {
  startMs: number;
  rss: { first: number | null; last: number | null };
  /** Milliseconds after their instants, of those due one by one. */
  trickle: number[];
  /** When the last of those due together was told. */
  drainedMs: number;
}

/** Copies of a case that the rules made, by this many; each a case of its own, which can be told, decided and read. */
async function copies(url: string, template: string, count: number): Promise<void> {
  const sql = asOwner(url);
  try {
    await sql`
      with fresh as materialized (select n, gen_random_uuid() as id, (select greatest(max(number_serial), 10000000) from cases) as last from generate_series(1, ${count}::int) as n),
      made as (
        insert into cases (id, office, sop, sop_version, maker, status, step, round, due_at, number, number_year, number_serial, title, event_date,
          home_channel, home_chat, opened_at, handed_in_at, body, generation)
        select f.id, office, sop, sop_version, maker, status, step, round, due_at, number || '/' || f.last || '-' || n, number_year, f.last + n, title, event_date,
          home_channel, home_chat, opened_at, handed_in_at, body || jsonb_build_object('id', f.id, 'number',
            jsonb_build_object('year', number_year, 'serial', f.last + n, 'text', number || '/' || f.last || '-' || n)), generation
        from cases, fresh f where cases.id = ${template}::uuid
        returning id
      )
      insert into timers (office, "case", step, round, rung, at, due)
      select t.office, made.id, t.step, t.round, t.rung, t.at, t.due from timers t, made where t."case" = ${template}::uuid and t.told_at is null`;
  } finally {
    await sql.end();
  }
}

async function one({ store, sop, offices, fileIds }: Ground, at: Instant, office = offices[0]): Promise<string> {
  const maker = office && makersOf(office)[0];
  if (!office || !maker) throw new Error('no office');
  const [made] = await prepare(store, sop, [{ office, maker, at, handedIn: true }], { account: ACCOUNT, fileIds });
  if (!made) throw new Error('no case');
  return made.id;
}

/** Timers far from due, four to a case, spread over thirty days. */
async function fillPending(url: string, ground: Ground, count: number): Promise<void> {
  await copies(url, await one(ground, Date.now()), Math.ceil(count / RUNGS.length) - 1);
  const sql = asOwner(url);
  try {
    await sql`update timers set at = f, due = f from (select "case" as c, now() + interval '1 day' + random() * interval '30 days' as f from timers group by "case") as far
      where "case" = c and told_at is null`;
    // Looking whether all are told must not read a million rows each time.
    await sql.unsafe('create index bench_told on timers (at) where told_at is not null');
    await sql.unsafe('vacuum analyze');
  } finally {
    await sql.end();
  }
}

/** Lateness of every reminder due since `from`; waits until all are told. */
async function told(url: string, from: Instant, count: number): Promise<number[]> {
  const sql = asOwner(url);
  try {
    for (const until = Math.max(from, Date.now()) + PATIENCE_MS; ; await pause(500)) {
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

async function trickleOf(url: string, ground: Ground, { trickle }: Sizes): Promise<number[]> {
  const first = Date.now() + 2 * BREATH_MS;
  const { offices } = ground;
  for (const [n, at] of spread(trickle, first).entries()) await one(ground, at - REMINDER_AFTER_MS, offices[n % offices.length]);
  return told(url, first, trickle.timers);
}

/** Many due in one instant, all there in good time before it; when they were not, once more with more room. */
async function dueTogether(url: string, ground: Ground, count: number, roomMs: number): Promise<number> {
  const together = Math.round(Date.now() + roomMs);
  await copies(url, await one(ground, together - REMINDER_AFTER_MS), count - 1);
  const inTime = Date.now() < together - BREATH_MS;
  const last = Math.max(...(await told(url, together, count)));
  await emptyDoors(url);
  return inTime ? last : dueTogether(url, ground, count, roomMs * 2);
}

async function measure(server: Server, api: BotApi, url: string, ground: Ground, sizes: Sizes, redisUrl: string | null): Promise<Measured> {
  const service: Running = await startService({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    DATABASE_URL: url,
    DATA_DIR: server.folder,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
  try {
    await pause(BREATH_MS);
    const first = service.rss();
    const trickle = await trickleOf(url, ground, sizes);
    await emptyDoors(url);
    const last = service.rss();
    const drainedMs = await dueTogether(url, ground, sizes.dueAtOnce, 2 * BREATH_MS + sizes.dueAtOnce);
    return { startMs: service.readyMs, rss: { first, last }, trickle, drainedMs };
  } finally {
    await service.stop();
    await emptyDoors(url);
  }
}

async function bare(backend: Backend, sizes: Sizes): Promise<Pick<Measured, 'trickle' | 'drainedMs'>> {
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
    await queue.work((data) => late.push(Date.now() - (data as { at: Instant }).at), ABREAST);
    const first = Date.now() + BREATH_MS;
    await queue.bulk(jobs(spread(sizes.trickle, first)));
    const trickle = await collected(sizes.trickle.timers);
    const together = Date.now() + BREATH_MS + sizes.dueAtOnce;
    await queue.bulk(jobs(Array.from({ length: sizes.dueAtOnce }, () => together)));
    return { trickle, drainedMs: Math.max(...(await collected(sizes.dueAtOnce))) };
  } finally {
    await queue.close();
  }
}

/** `empty`: the same service with nothing pending, which a start and its memory are held against. */
function figures(ours: Measured, empty: Measured, floor: Pick<Measured, 'trickle' | 'drainedMs'>, on: string, sizes: Sizes): Figure[] {
  const pending = sizes.pendingTimers.toLocaleString('en');
  const at = `${pending} pending, ${on}`;
  const late = (name: string, of: (trickle: number[]) => number, promise?: string): Figure => ({
    bench: 'deadline',
    name: `late by, ${name}, ${at}`,
    unit: 'ms',
    value: of(ours.trickle),
    floor: { is: 'bare BullMQ, nothing else pending', value: of(floor.trickle) },
    ...(promise === undefined ? {} : { promise }),
  });
  const memory = (name: string, bytes: number | null, than: number | null): Figure[] =>
    bytes === null || than === null
      ? []
      : [
          {
            bench: 'deadline',
            name: `memory ${name}, ${at}`,
            unit: 'MB',
            value: bytes / MB,
            floor: { is: 'nothing pending', value: than / MB },
          },
        ];
  const rate = (drainedMs: number): number => sizes.dueAtOnce / (drainedMs / 1_000);
  return [
    {
      bench: 'deadline',
      name: `start, ${at}`,
      unit: 's',
      value: ours.startMs / 1_000,
      floor: { is: 'nothing pending', value: empty.startMs / 1_000 },
      promise: '≤ 10 s',
    },
    ...memory('after the start', ours.rss.first, empty.rss.first),
    ...memory('after the trickle', ours.rss.last, empty.rss.last),
    late('median', median),
    late('p99', (trickle) => percentile(trickle, 0.99), '≤ 1000 ms'),
    late('most', (trickle) => Math.max(...trickle)),
    {
      bench: 'deadline',
      name: `${sizes.dueAtOnce.toLocaleString('en')} due at once are told, ${at}`,
      unit: '/s',
      value: rate(ours.drainedMs),
      floor: { is: 'bare BullMQ, nothing else pending', value: rate(floor.drainedMs) },
    },
  ];
}

export async function benchDeadline(server: Server, sizes: Sizes): Promise<Figure[]> {
  const api = await openTelegram();
  const redis = await startRedis(server.folder);
  const few: Sizes = { ...sizes, pendingTimers: 0, dueAtOnce: 1 };
  const on = async (name: string, backend: (database: string) => Promise<Backend>, redisUrl: string | null): Promise<Figure[]> => {
    const lay = async (suffix: string) => {
      const url = await server.migrated(`deadline_${name}_${suffix}`);
      return { url, ground: await layGround(api, url, sizes.offices, 1, ELAPSED) };
    };
    const nothing = await lay('empty');
    const empty = await measure(server, api, nothing.url, nothing.ground, few, redisUrl);
    await nothing.ground.store.close();
    const floor = await bare(await backend(`delayed_${name}`), sizes);
    const { url, ground } = await lay('full');
    try {
      await fillPending(url, ground, sizes.pendingTimers);
      const label = redisUrl === null ? 'PostgreSQL' : 'Redis';
      const found = figures(await measure(server, api, url, ground, sizes, redisUrl), empty, floor, label, sizes);
      // Minutes pass until the other backend has been measured.
      process.stderr.write(
        `${found.map(({ name, value, unit, floor: least }) => `${name}: ${value} ${unit}, floor ${least?.value}`).join('\n')}\n`,
      );
      return found;
    } finally {
      await ground.store.close();
    }
  };
  try {
    const onPostgres = await on('pg', async (database) => ({ kind: 'postgres', url: await server.empty(database) }), null);
    if (redis === null) return onPostgres;
    return [...onPostgres, ...(await on('redis', async () => ({ kind: 'redis', url: `${redis.url}/1` }), redis.url))];
  } finally {
    await redis?.stop();
    await api.close();
  }
}
