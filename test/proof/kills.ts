// The service as it is, with real PostgreSQL and with real Redis where there is one, while people hand in, decide and publish and hundreds of
// deadlines wait: `kill -9` of the service, of PostgreSQL, of Redis at moments that a seed chooses, and everything else that happens to
// servers. Afterwards everything must be there, once.
// npm run proof:kills -- [--service 2000] [--postgres 50] [--redis 20] [--seed 1] [--lanes 2] [--only sigterm]
import { parseArgs } from 'node:util';
import { build } from '../support/built.ts';
import setup from '../support/postgres-once.ts';
import { redisServer } from '../support/redis.ts';
import { databaseAway, diskFull, type OtherWanted, sigstop, sigterm } from './kills/others.ts';
import { platformAway } from './kills/platform-away.ts';
import type { Outcome } from './kills/scene.ts';
import { type Killed, runTrial, type What } from './kills/trial.ts';

/** Kills of one trial: afterwards it is judged, and the next begins with an empty office. */
const KILLS_MAX: Record<What, number> = { service: 100, postgres: 25, redis: 20 };
const WHATS = ['service', 'postgres', 'redis'] as const;

const OTHERS: Record<string, (wanted: OtherWanted) => Promise<Outcome | null>> = {
  sigterm,
  sigstop,
  'disk-full': diskFull,
  'database-away': databaseAway,
  'platform-away-20h': (wanted) => platformAway(wanted, 20),
  'platform-away-25h': (wanted) => platformAway(wanted, 25),
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function stopWith(text: string): never {
  console.error(text);
  process.exit(2);
}

function whole(text: string, name: string): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : stopWith(`--${name} is a whole number`);
}

const { values } = parseArgs({
  options: {
    service: { type: 'string', default: '2000' },
    postgres: { type: 'string', default: '50' },
    redis: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    only: { type: 'string' },
  },
});
const seed = whole(values.seed, 'seed');
const { only } = values;
const names = [...WHATS, ...Object.keys(OTHERS)];
if (only !== undefined && !names.some((name) => name.startsWith(only))) stopWith(`--only is one of ${names.join(', ')}`);
const wanted = (name: string): boolean => only === undefined || name.startsWith(only);

let bad = 0;

/** One line for each kind, the seed first. */
function tell(name: string, { wrong, ...figures }: Outcome): void {
  bad += wrong.length;
  say(`${name}, seed ${seed}: ${JSON.stringify({ wrong: wrong.length, ...figures })}`);
}

function add(sum: Killed | undefined, one: Killed): Killed {
  if (!sum) return one;
  for (const key of ['kills', 'whileStarting', 'endedItself', 'told', 'dueWhileDown', 'handedIn', 'messages', 'copies', 'seconds'] as const)
    sum[key] += one[key];
  for (const key of ['latestMs', 'latestAfterDownMs', 'slowestProgressMs', 'slowestMessageMs'] as const)
    sum[key] = Math.max(sum[key], one[key]);
  sum.leastArmed = Math.min(sum.leastArmed, one.leastArmed);
  sum.wrong.push(...one.wrong);
  return sum;
}

const sums = new Map<What, Killed>();
type Task = () => Promise<void>;

function kills(what: What, program: string[]): Task[] {
  if (!wanted(what)) return [];
  if (what === 'redis' && redisServer() === null) {
    say('redis: left out, there is no redis-server on this machine');
    return [];
  }
  const count = whole(values[what], what);
  return Array.from({ length: Math.ceil(count / KILLS_MAX[what]) }, (_, n) => async () => {
    const one = await runTrial({ what, kills: Math.min(KILLS_MAX[what], count - n * KILLS_MAX[what]), seed: seed + n, program });
    for (const line of one.wrong) say(`  WRONG ${what}, seed ${seed + n}: ${line}`);
    say(`  ${what}, seed ${seed + n}, ${one.kills} kills: ${one.seconds} s, ${one.handedIn} handed in, ${one.told} rungs told`);
    sums.set(what, add(sums.get(what), one));
  });
}

function others(program: string[]): Task[] {
  return Object.entries(OTHERS)
    .filter(([name]) => wanted(name))
    .map(([name, happens]) => async () => {
      const outcome = await happens({ seed, program });
      if (outcome === null) return say(`${name}: left out, it cannot be done on this machine`);
      for (const line of outcome.wrong) say(`  WRONG ${name}, seed ${seed}: ${line}`);
      tell(name, outcome);
    });
}

async function lane(tasks: Task[]): Promise<void> {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    try {
      await task();
    } catch (error) {
      bad += 1;
      say(`  WRONG: a trial could not go on: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

const built = build();
const stop = await setup();
try {
  const tasks = [...WHATS.flatMap((what) => kills(what, built.program)), ...others(built.program)];
  await Promise.all(Array.from({ length: Math.max(1, whole(values.lanes, 'lanes')) }, () => lane(tasks)));
} finally {
  await stop();
  built.remove();
}
for (const [what, sum] of sums) tell(what, sum);
process.exit(bad === 0 ? 0 : 1);
