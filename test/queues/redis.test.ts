// The contract of the queues on Redis, where there is a redis-server to run it on.
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { lineTo } from '../support/broken-line.ts';
import { redisServer, startRedis } from '../support/redis.ts';
import { queueContract } from './contract.ts';
import type { Bench } from './helpers.ts';

const program = redisServer();

if (program === null) {
  const said = 'Redis half did not run: no redis-server on this machine';
  process.stderr.write(`${said}\n`);
  test(said, () => expect(redisServer()).toBeNull());
} else {
  queueContract('Redis', async (): Promise<Bench> => {
    const redis = await startRedis(program);
    const line = await lineTo(redis.port);
    return {
      where: { databaseUrl: 'postgres://nowhere.invalid/none', redisUrl: `redis://127.0.0.1:${line.port}` },
      line,
      async wipe() {
        const client = new Redis(redis.url);
        await client.flushall();
        client.disconnect();
      },
      restart: () => redis.restart(),
      async close() {
        await line.close();
        await redis.stop();
      },
    };
  });
}
