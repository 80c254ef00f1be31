// What PostgreSQL and Redis both give: queues and workers with nothing of the backend in sight.
import type { JobsOptions, QueueOptions, WorkerOptions } from 'bullmq';
import type { QueueName } from './catalogue.ts';

/** The part of a BullMQ queue that is used. */
export interface Producer {
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJobCounts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** The part of a BullMQ worker that is used. */
export interface Consumer {
  waitUntilReady(): Promise<unknown>;
  /** Takes no new jobs and waits for the running ones, without limit. */
  close(): Promise<void>;
}

/** The part of a BullMQ job that is used. */
export interface RunningJob {
  id?: string | undefined;
  data: unknown;
}

export interface Engine {
  readonly kind: 'postgres' | 'redis';
  producer(name: QueueName, onError: (error: Error) => void): Producer;
  consumer(name: QueueName, run: (job: RunningJob) => Promise<void>, concurrency: number, onError: (error: Error) => void): Consumer;
  /** Lets go of the connections; never waits for work. */
  close(): Promise<void>;
}

/** Events are of no interest here: every one kept is a row or an entry for nothing. */
export const QUEUE_OPTIONS = { streams: { events: { maxLen: 100 } } } satisfies Omit<QueueOptions, 'connection'>;

/**
 * A killed process's jobs come back after at most lock + check: 25 s. Not lower, because a busy event loop must be able to renew.
 * `maxStalledCount` is no guard here: attempts are counted in the rows, before the work.
 */
export const WORKER_OPTIONS = {
  lockDuration: 15_000,
  stalledInterval: 10_000,
  maxStalledCount: 1_000,
  // A lost connection is tried again twice a second, not after the default 15 s.
  runRetryDelay: 500,
  // Longest blind wait, in seconds: the fallback under every notification.
  drainDelay: 5,
} satisfies Omit<WorkerOptions, 'connection'>;
