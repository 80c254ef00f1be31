// BullMQ on Redis, for several machines. What Redis loses, the reconciler makes again.
import { createRedisBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Engine, QUEUE_OPTIONS, WORKER_OPTIONS } from './engine.ts';

const CONNECT_MS = 5_000;
/** A line that has gone silent: its commands end, and nothing piles up behind them. */
const COMMAND_MS = 5_000;
const RETRY_MAX_MS = 1_000;

const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), RETRY_MAX_MS);

/** Opens the backend; rejects when the server cannot be reached or refuses. */
export async function openRedis(redisUrl: string, onError: (error: Error) => void): Promise<Engine> {
  // Adding never waits for a server that is gone: one try, no queue of commands. BullMQ would wait for ever otherwise.
  const producing = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    connectionName: 'alur-queues',
    retryStrategy,
  });
  producing.on('error', onError);
  await reach(producing);
  return {
    kind: 'redis',
    producer(name, onQueueError) {
      const queue = new Queue(name, { connection: producing, skipWaitingForReady: true, ...QUEUE_OPTIONS }, createRedisBackend);
      queue.on('error', onQueueError);
      return queue;
    },
    consumer(name, run, concurrency, onWorkerError) {
      // A worker, on the other hand, waits until the server is there again.
      const connection = {
        url: redisUrl,
        maxRetriesPerRequest: null,
        connectTimeout: CONNECT_MS,
        connectionName: 'alur-queues',
        retryStrategy,
      };
      const worker = new Worker(name, run, { connection, concurrency, ...WORKER_OPTIONS }, createRedisBackend);
      worker.on('error', onWorkerError);
      return worker;
    },
    close() {
      producing.disconnect();
      return Promise.resolve();
    },
  };
}

async function reach(redis: Redis): Promise<void> {
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
