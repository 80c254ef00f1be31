// One trial: an office that works, deadlines that wait, and kills at moments that the seed chooses. Afterwards everything is judged.
import { setTimeout as pause } from 'node:timers/promises';
import { redisServer, startRedis, type TestRedis } from '../../support/redis.ts';
import { ARMED, inScene, type Outcome, progressMs, type Scene } from './scene.ts';

export type What = 'service' | 'postgres' | 'redis';

/** Every so many-th kill everything stays down for a while. */
const DOWN_EVERY = 20;
const DOWN_MS = 6_000;
/** How long a start that was let live does so at most; longer on a slow machine. */
const LIFE_MS = 900;
/** After PostgreSQL takes connections again, something moves within this. */
const PROGRESS_MAX_MS = 10_000;
/** Nobody waits longer for the message that is next in his chat: a lease, a round of the reconciler, the platform's pace. */
const MESSAGE_MAX_MS = 15_000;

export interface Killed extends Outcome {
  kills: number;
  /** Of them while it was still starting. */
  whileStarting: number;
  /** From PostgreSQL taking connections to the next entry of a history; 0 where it was not killed. */
  slowestProgressMs: number;
}

/** Half of the kills hit the start, at any of its moments; the others a service at work. `true`: it was starting. */
async function killService({ at, keeper, chance }: Scene, down: boolean): Promise<boolean> {
  const starting = chance.chance(0.5);
  if (starting) {
    if (!at.running()) at.begin();
    await pause(chance.below(keeper.startMs));
  } else {
    await keeper.well();
    await pause(chance.below(Math.max(LIFE_MS, keeper.startMs / 2)));
  }
  await keeper.kill();
  if (down) await pause(DOWN_MS);
  at.begin();
  return starting;
}

/** Gives how long nothing moved. */
async function killPostgres(scene: Scene, down: boolean): Promise<number> {
  const { at, keeper, chance } = scene;
  await keeper.well();
  await pause(200 + chance.below(2_000));
  at.killPostgres();
  if (down) {
    await keeper.kill();
    await pause(DOWN_MS);
    await keeper.well();
    // What fell due meanwhile was told while nobody could look: the deadlines' own figures say how soon.
    return 0;
  }
  const ms = await progressMs(scene);
  await keeper.well();
  return ms;
}

async function killRedis({ keeper, chance }: Scene, redis: TestRedis | null, n: number): Promise<void> {
  await keeper.well();
  await pause(500 + chance.below(3_000));
  if (n % 2 === 0) await redis?.flush();
  else await redis?.restart();
}

export interface TrialWanted {
  what: What;
  kills: number;
  seed: number;
  program: string[];
}

export async function runTrial({ what, kills, seed, program }: TrialWanted): Promise<Killed> {
  const server = what === 'redis' ? redisServer() : null;
  const redis = server === null ? null : await startRedis(server);
  let whileStarting = 0;
  let slowestProgressMs = 0;
  try {
    const outcome = await inScene({ embedded: what === 'postgres', redisUrl: redis?.url, program }, seed, async (scene) => {
      for (let n = 1; n <= kills; n += 1) {
        await scene.armed.keep(ARMED);
        const down = n % DOWN_EVERY === 0;
        if (what === 'service') whileStarting += (await killService(scene, down)) ? 1 : 0;
        else if (what === 'postgres') slowestProgressMs = Math.max(slowestProgressMs, await killPostgres(scene, down));
        else await killRedis(scene, redis, n);
      }
    });
    if (slowestProgressMs > PROGRESS_MAX_MS) outcome.wrong.push(`nothing moved for ${slowestProgressMs} ms after PostgreSQL was back`);
    if (outcome.slowestMessageMs > MESSAGE_MAX_MS)
      outcome.wrong.push(`a message stood first in its chat for ${outcome.slowestMessageMs} ms`);
    return { ...outcome, kills, whileStarting, slowestProgressMs };
  } finally {
    await redis?.stop();
  }
}
