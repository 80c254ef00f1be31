// Very many updates at once through the real service, on a durable PostgreSQL, while people go on tapping real cards: every tap is answered,
// memory stays bounded, and every update is heard once. npm run proof:overload -- [--updates 50000] [--taps 10] [--seed 1]; exit 1 otherwise.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from '../../bench/figure.ts';
import { asOwner, startServer } from '../../bench/server.ts';
import { startService } from '../../bench/service.ts';
import { emptyDoors, layGround, makeTaps } from '../../bench/tapping.ts';
import { openTelegram, type Tap, TOKEN, tapOnce } from '../../bench/telegram.ts';
import { holder, makersOf } from '../../bench/world.ts';
import { gather } from '../support/town.ts';

/** What the smallest office server has beside PostgreSQL; a service that kept what waits in memory would pass it long before the end. */
const RSS_MAX = 512 * 1024 * 1024;
/** From the moment the platform has handed the tap over; before that it stands in the platform's own line, behind what came earlier. */
const TAP_P95_MAX_MS = 2_000;
/** Where others use the machine, taps are slow without any crowd: then it is held to so many times that. */
const TIMES_BEFORE = 5;
const OFFICES = 4;
const MAKERS = 60;
const WARM_UP = 40;
/** No line is worked off slower than this. */
const LEAST_PER_SECOND = 8;

const { values } = parseArgs({
  options: {
    updates: { type: 'string', default: '50000' },
    taps: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const [updates, perSecond, seed] = [Number(values.updates), Number(values.taps), Number(values.seed)];
if (![updates, perSecond, seed].every((one) => Number.isSafeInteger(one) && one > 0)) {
  console.error('--updates, --taps and --seed are whole numbers above 0');
  process.exit(2);
}

const faults: string[] = [];
const line = (name: string, ms: readonly number[]): string =>
  `${name}: ${ms.length}, p50 ${Math.round(percentile(ms, 0.5))} ms, p95 ${Math.round(percentile(ms, 0.95))} ms, p99 ${Math.round(percentile(ms, 0.99))} ms, max ${Math.round(percentile(ms, 1))} ms`;
const MB = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const server = await startServer();
const url = await server.migrated('overload');
const api = await openTelegram();
const sql = asOwner(url, 2);
console.log(`seed ${seed}: ${updates} updates, ${perSecond} taps a second`);
const ground = await layGround(api, url, OFFICES, MAKERS);
const taps = await makeTaps(api, url, ground, WARM_UP + perSecond * Math.max(30, Math.ceil(updates / 100)));
await ground.store.close();
const reviewers = ground.offices.map((office) => holder(office, 'tim_pertimbangan').telegram);
const makers = ground.offices.flatMap((office) => makersOf(office).map(({ telegram }) => Number(telegram)));
const service = await startService({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, DATABASE_URL: url, DATA_DIR: server.folder });

try {
  await prove();
} catch (error) {
  faults.push(String(error));
} finally {
  await sql.end();
  await service.stop();
  await api.close();
  await server.stop();
}
for (const fault of faults) console.log(`BROKEN ${fault}`);
if (faults.length === 0) console.log('holds');
process.exit(faults.length === 0 ? 0 : 1);

async function prove(): Promise<void> {
  const waiting = async (): Promise<number> => Number((await sql`select count(*) as n from inbox where ended_at is null`)[0]?.['n']);
  const left = [...taps];
  const made: Tap[] = [];
  const times: (number | null)[] = [];

  /** Taps come when they come, whether the earlier ones have been answered or not; until told to end, or until there is none left. */
  function tapping(): { end(): Promise<void> } {
    const pending: Promise<void>[] = [];
    const next = (): void => {
      const tap = left.shift();
      if (!tap) return;
      made.push(tap);
      pending.push(tapOnce(api, tap).then((time) => void times.push(time)));
    };
    const timer = setInterval(next, 1_000 / perSecond);
    return {
      async end() {
        clearInterval(timer);
        await Promise.all(pending);
      },
    };
  }

  const warm = tapping();
  await pause((WARM_UP / perSecond) * 1_000);
  await warm.end();
  const before = times.splice(0).filter((time) => time !== null);
  console.log(line('taps before', before));
  const tapMaxMs = Math.max(TAP_P95_MAX_MS, TIMES_BEFORE * percentile(before, 0.95));
  await emptyDoors(url);

  // It holds its breath while the crowd gathers: then everything stands in the platform's line at the same instant.
  service.signal('SIGSTOP');
  const crowd = await gather(api, makers, updates, seed);
  console.log(
    `${crowd.people} people: ${Object.entries(crowd.kinds)
      .map(([kind, n]) => `${n} × ${kind}`)
      .join(', ')}`,
  );
  const idle = service.rss() ?? 0;
  const cpuBefore = service.cpu() ?? 0;
  let peak = idle;
  const samples: number[] = [];
  const sampler = setInterval(() => {
    const rss = service.rss();
    if (rss === null) return;
    samples.push(rss);
    peak = Math.max(peak, rss);
  }, 250);
  service.signal('SIGCONT');
  const begunAt = performance.now();
  const seconds = (): number => (performance.now() - begunAt) / 1_000;
  const busy = tapping();
  let takenIn: number | null = null;
  let shown = 0;
  for (;;) {
    await pause(500);
    const [pending, open] = [api.pending().length, await waiting()];
    if (pending < 50) takenIn ??= seconds();
    if (seconds() - shown > 15) {
      shown = seconds();
      console.log(
        `  ${Math.round(shown)} s: ${pending} with the platform, ${open} in the inbox, ${times.length} of ${made.length - before.length} taps answered, ${MB(service.rss() ?? 0)}`,
      );
    }
    if (pending < 50 && open < 50) break;
    if (service.ended()) {
      faults.push('the service has ended');
      break;
    }
    if (seconds() > 60 + updates / LEAST_PER_SECOND) {
      faults.push(`after ${Math.round(seconds())} s there were ${pending} with the platform and ${open} in the inbox`);
      break;
    }
  }
  const drained = seconds();
  await busy.end();
  for (let looks = 0; looks < 40 && ((await waiting()) > 0 || api.pending().length > 0); looks += 1) await pause(250);
  clearInterval(sampler);
  const cpu = (service.cpu() ?? 0) - cpuBefore;

  const rows = await sql<{ ending: string | null; n: number }[]>`select ending, count(*)::int as n from inbox group by ending`;
  const count = (ending: string | null): number => rows.find((row) => row.ending === ending)?.n ?? 0;
  const heard = rows.reduce((sum, { n }) => sum + n, 0);
  const house = await sql<{ ms: number; heard_ms: number; ours: boolean }[]>`
  select extract(epoch from o.ended_at - i.received_at)::float8 * 1000 as ms,
    extract(epoch from i.ended_at - i.received_at)::float8 * 1000 as heard_ms, i.body #>> '{callback_query,message}' is not null as ours
  from outbox o join inbox i on i.tap and o.kind = 'answer' and o.body ->> 'tap' = i.body #>> '{callback_query,id}' where o.ended_at is not null`;
  const decided = Number((await sql`select count(*) as n from decisions where verdict = 'receive'`)[0]?.['n']);
  const staff = await sql<{ ms: number }[]>`
  select extract(epoch from coalesce(ended_at, now()) - created_at)::float8 * 1000 as ms from outbox
  where sender is not null and kind in ('show', 'say') and chat in (select jsonb_array_elements_text(${sql.json(reviewers)}))`;
  const [open] = await sql<{ n: number }[]>`select count(*)::int as n from outbox where ended_at is null`;
  const answered = times.filter((time) => time !== null);
  const real = house.filter(({ ours }) => ours);
  const inHouse = real.map(({ ms }) => ms);
  const decisions = taps.slice(0, made.length).filter((_, n) => n % 2 === 0).length;

  console.log(
    `taken in after ${Math.round(takenIn ?? 0)} s, heard after ${Math.round(drained)} s: ${Math.round(heard / drained)} a second`,
  );
  console.log(
    `the service had ${Math.round((cpu / seconds()) * 100)} % of a processor; ${((cpu * 1_000) / heard).toFixed(1)} ms of it for each update`,
  );
  console.log(
    `inbox: ${heard} rows, ${count('done')} done, ${count('ignored')} ignored, ${count('dead')} set aside, ${count(null)} waiting`,
  );
  console.log(line('taps, from the finger on the screen', answered));
  console.log(line('taps, from the platform handing them over', inHouse));
  console.log(
    line(
      '  of that, until the decision was taken',
      real.map(({ heard_ms }) => heard_ms),
    ),
  );
  console.log(`decisions recorded: ${decided} of ${decisions}`);
  console.log(
    line(
      "reviewers' cards and messages, from the decision",
      staff.map(({ ms }) => ms),
    ),
  );
  console.log(`outbox still waiting for the platform's pace: ${open?.n}`);
  console.log(
    `memory: ${MB(idle)} before, peak ${MB(peak)} of ${samples.length} samples, p50 ${MB(percentile(samples, 0.5))}; the bound is ${MB(RSS_MAX)}`,
  );

  if (service.ended()) faults.push('the service has ended');
  if (heard !== updates + made.length || count(null) > 0)
    faults.push(`${updates + made.length} were sent, ${heard} came in, ${count(null)} wait`);
  if (count('dead') > 0) faults.push(`${count('dead')} were set aside`);
  if (answered.length < times.length) faults.push(`${times.length - answered.length} taps were never answered`);
  if (decided !== decisions) faults.push(`${decided} decisions for ${decisions} taps`);
  if (peak > RSS_MAX) faults.push(`${MB(peak)} of memory`);
  if (percentile(inHouse, 0.95) > tapMaxMs) faults.push(`a tap waited ${Math.round(percentile(inHouse, 0.95))} ms at p95`);
}
