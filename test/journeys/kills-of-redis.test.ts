// Redis is emptied or killed between the steps of a case: nothing is lost.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { redisServer, startRedis, type TestRedis } from '../support/redis.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { OFFICE_TEXT, walk } from './walk.ts';
import { expectWhole, KILLS } from './whole.ts';

let trial: Trial | null = null;
let redis: TestRedis | null = null;
afterEach(async () => {
  await trial?.close();
  await redis?.stop();
});

const program = redisServer();
it(program === null
  ? 'did not run with Redis: there is no redis-server on this machine'
  : 'loses nothing when Redis is emptied between every two steps', async () => {
  if (program === null) {
    process.stderr.write('journeys: the Redis half did not run: no redis-server on this machine\n');
    return;
  }
  redis = await startRedis(program);
  const queues = redis;
  const at = await openTrial({ office: OFFICE_TEXT, redisUrl: queues.url });
  trial = at;
  await at.start();
  let round = 0;
  let kills = 0;
  const { number } = await walk(
    at.api,
    async () => {
      round += 1;
      // The whole server is gone for a moment, or all it knows.
      if (round % 2 === 0) await queues.restart();
      else await queues.flush();
      await pause(round * 10);
      await queues.flush();
      kills += 2;
    },
    60_000,
  );
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  await expectWhole(at, number);
}, 300_000);
