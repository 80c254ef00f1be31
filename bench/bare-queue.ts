// BullMQ with nothing of Alur around it, on the same backends with the same settings: the deadlines' floor, and a way to load queues in bulk.
import {
  createRedisBackend,
  type JobsOptions,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  Queue,
  type QueueBaseOptions,
  runMigrations,
  Worker,
} from 'bullmq';
import pg from 'pg';

export type Backend = { kind: 'postgres' | 'redis'; url: string };

export interface BulkJob {
  data: unknown;
  opts: JobsOptions;
}

export interface BareQueue {
  bulk(jobs: BulkJob[]): Promise<void>;
  /** Resolves when the worker listens. */
  work(run: (data: unknown) => void, concurrency: number): Promise<void>;
  close(): Promise<void>;
}

const BULK = 1_000;

interface Ends {
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

interface Adds {
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  close(): Promise<void>;
}

function queueOf(
  name: string,
  queue: Adds,
  worker: (run: (data: unknown) => void, concurrency: number) => Ends,
  end: () => Promise<unknown>,
): BareQueue {
  const workers: Ends[] = [];
  return {
    async bulk(jobs) {
      for (let at = 0; at < jobs.length; at += BULK) await queue.addBulk(jobs.slice(at, at + BULK).map((job) => ({ name, ...job })));
    },
    async work(run, concurrency) {
      const made = worker(run, concurrency);
      workers.push(made);
      await made.waitUntilReady();
    },
    async close() {
      await Promise.all(workers.map((one) => one.close()));
      await queue.close();
      await end();
    },
  };
}

export function openBare(backend: Backend, name: string): Promise<BareQueue> {
  return backend.kind === 'redis' ? Promise.resolve(onRedis(backend.url, name)) : onPostgres(backend.url, name);
}

function onRedis(url: string, name: string): BareQueue {
  const connection = { url, maxRetriesPerRequest: null };
  return queueOf(
    name,
    new Queue(name, { connection }, createRedisBackend),
    (run, concurrency) => new Worker(name, async (job) => run(job.data), { connection, concurrency }, createRedisBackend),
    async () => undefined,
  );
}

async function onPostgres(url: string, name: string): Promise<BareQueue> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client, 'bullmq');
  await client.end();
  const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c search_path=bullmq,public -c synchronous_commit=off' });
  pool.setMaxListeners(50);
  // BullMQ's own picture of a pool lacks an overload that pg's has; it is a pool all the same.
  const connection = pool as unknown as PostgresConnectionOptions;
  const backend = (queue: string, options: QueueBaseOptions<PostgresConnectionOptions>) =>
    new PostgresQueueBackend(new PostgresConnection(options.connection), queue, options, true);
  return queueOf(
    name,
    new Queue<unknown, unknown, string, unknown, unknown, string, PostgresQueueBackend, PostgresConnectionOptions>(
      name,
      { connection },
      backend,
    ),
    (run, concurrency) =>
      new Worker<unknown, void, string, PostgresQueueBackend, never, PostgresConnectionOptions>(
        name,
        async (job) => run(job.data),
        { connection, concurrency },
        backend,
      ),
    () => pool.end(),
  );
}
