// BullMQ on PostgreSQL, in the schema `bullmq`: the default, nothing to install.
import {
  type JobProgress,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  Queue,
  type QueueBaseOptions,
  runMigrations,
  Worker,
} from 'bullmq';
import pg from 'pg';
import { type Engine, QUEUE_OPTIONS, WORKER_OPTIONS } from './engine.ts';
import { gathering } from './gather.ts';

/** Longest wait for a connection: a full or unreachable server must not hold anybody. */
const CONNECT_MS = 5_000;
/** A line that has gone silent is given up, and with it its place in the pool. */
const QUERY_MS = 15_000;
const PRODUCER_CONNECTIONS = 3;
/** Each of the four workers keeps one for LISTEN for as long as it lives; too small a pool hangs without a word. */
const WORKER_CONNECTIONS = 4 + 6;

/** Opens the backend; rejects when the server cannot be reached or refuses. */
export async function openPostgres(databaseUrl: string, onError: (error: Error) => void): Promise<Engine> {
  await migrate(databaseUrl);
  const producers = pool(databaseUrl, PRODUCER_CONNECTIONS, onError);
  const workers = pool(databaseUrl, WORKER_CONNECTIONS, onError);
  return {
    kind: 'postgres',
    producer(name, onQueueError) {
      const queue = new Queue<unknown, unknown, string, unknown, unknown, string, PostgresQueueBackend, PostgresConnectionOptions>(
        name,
        { connection: asConnection(producers), ...QUEUE_OPTIONS },
        backend,
      );
      queue.on('error', onQueueError);
      return { add: gathering(queue), getJobCounts: () => queue.getJobCounts(), close: () => queue.close() };
    },
    consumer(name, run, concurrency, onWorkerError) {
      const worker = new Worker<unknown, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>(
        name,
        run,
        { connection: asConnection(workers), concurrency, ...WORKER_OPTIONS },
        backend,
      );
      worker.on('error', onWorkerError);
      return worker;
    },
    async close() {
      await Promise.allSettled([producers.end(), workers.end()]);
    },
  };
}

/** `runMigrations` holds its own advisory lock: several programs may start at once. */
async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'alur-queues', connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await runMigrations(client, 'bullmq');
  } finally {
    await client.end();
  }
}

function pool(databaseUrl: string, max: number, onError: (error: Error) => void): pg.Pool {
  const made = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'alur-queues',
    // No job waits for the disk: those that a crash of the server loses are made again.
    options: '-c search_path=bullmq,public -c synchronous_commit=off',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
  });
  // One listener for each queue and worker on it.
  made.setMaxListeners(50);
  made.on('error', onError);
  // A checked-out client without a listener takes the process with it when PostgreSQL dies.
  made.on('connect', (client) => client.on('error', onError));
  return made;
}

/** BullMQ's own picture of a pool lacks an overload that pg's has; it is a pool all the same. */
const asConnection = (made: pg.Pool): PostgresConnectionOptions => made as unknown as PostgresConnectionOptions;

/** As BullMQ's own factory, except for the name under which a worker's LISTEN connection is seen in pg_stat_activity. */
function backend(name: string, options: QueueBaseOptions<PostgresConnectionOptions>, wants?: { withBlockingConnection?: boolean }) {
  const listenName = wants?.withBlockingConnection ? `alur-queue-${name}` : undefined;
  return new PostgresQueueBackend(new PostgresConnection(options.connection), name, options, true, listenName);
}
