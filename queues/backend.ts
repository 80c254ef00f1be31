// The queues as the rest of Alur sees them: jobs are added here, on PostgreSQL or Redis, without a line of difference above.
import { randomUUID } from 'node:crypto';
import { type AddOptions, jobOptions, type Payload, QUEUE_NAMES, type QueueName } from './catalogue.ts';
import type { Engine, Producer } from './engine.ts';
import type { Log } from './log.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import { messageOf, within } from './within.ts';

/** Longest that adding a job may hold its caller. */
const ADD_MS = 800;
/** Longest that closing waits for the backend. */
const CLOSE_MS = 1_000;

export interface Queues {
  readonly kind: Engine['kind'];
  readonly engine: Engine;
  /**
   * Adds a job; the same job that already waits stays one, and one that runs is run once more.
   * Never throws and returns within a second. `false`: not added, or nobody knows; the reconciler makes it again.
   */
  add<N extends QueueName>(name: N, payload: Payload<N>, options?: AddOptions): Promise<boolean>;
  /** Jobs that could not be added since the start. */
  lost(): number;
  /** Jobs by queue and state, for the metrics. Rejects when the backend is down. */
  counts(): Promise<Record<QueueName, Record<string, number>>>;
  /** After the workers have stopped. Within a second, whatever hangs. */
  close(): Promise<void>;
}

export interface OpenQueues {
  databaseUrl: string;
  /** `null`: the queues live in PostgreSQL. */
  redisUrl: string | null;
  log: Log;
  /** Tells this run of the program from the one before; made up when absent. */
  instance?: string;
}

/** Rejects when the backend cannot be reached at the start: a wrong setting should be seen at once. */
export async function openQueues({ databaseUrl, redisUrl, log, instance = randomUUID().slice(0, 8) }: OpenQueues): Promise<Queues> {
  const onError = (error: Error): void => log.warn({ err: error.message }, 'queues: connection trouble');
  const engine = redisUrl === null ? await openPostgres(databaseUrl, onError) : await openRedis(redisUrl, onError);
  const producers = new Map<QueueName, Producer>(QUEUE_NAMES.map((name) => [name, engine.producer(name, onError)]));
  const lost = countLost(log);
  let open = true;

  return {
    kind: engine.kind,
    engine,
    async add(name, payload, options = {}) {
      const producer = producers.get(name);
      if (!open || producer === undefined) return false;
      // In a then, so that even a throw on the spot becomes a rejection.
      const adding = Promise.resolve().then(() => producer.add(name, payload, jobOptions(name, payload, options, instance)));
      const added = await within(adding, ADD_MS);
      if (added.ended === 'in-time') lost.none();
      else lost.one(name, added.ended === 'late' ? 'no answer' : messageOf(added.error));
      return added.ended === 'in-time';
    },
    lost: lost.total,
    async counts() {
      const all = await Promise.all(QUEUE_NAMES.map(async (name) => [name, (await producers.get(name)?.getJobCounts()) ?? {}] as const));
      return Object.fromEntries(all) as Record<QueueName, Record<string, number>>;
    },
    async close() {
      open = false;
      const closing = Promise.allSettled([...producers.values()].map((producer) => producer.close())).then(() => engine.close());
      if ((await within(closing, CLOSE_MS)).ended !== 'in-time') void within(engine.close(), CLOSE_MS);
    },
  };
}

/** Says when adding begins to fail and when it works again, not once for every job in between. */
function countLost(log: Log) {
  let total = 0;
  let inARow = 0;
  return {
    one(name: QueueName, why: string): void {
      total += 1;
      inARow += 1;
      if (inARow === 1) log.warn({ queue: name, why }, 'queues: a job could not be added; the reconciler will make it again');
    },
    none(): void {
      if (inARow > 0) log.info({ lost: inARow }, 'queues: jobs can be added again');
      inARow = 0;
    },
    total: (): number => total,
  };
}
