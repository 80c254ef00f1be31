// Jobs for later that are added in one breath travel as one statement: a decision sets five timers, and each statement costs as much as the job.
import type { JobsOptions } from 'bullmq';

interface Adding {
  name: string;
  data: unknown;
  opts: JobsOptions;
}

/** The part of a BullMQ queue that is used. `addBulk` is one transaction: all jobs or none. */
interface Bulk {
  add(name: string, data: unknown, opts: JobsOptions): Promise<unknown>;
  addBulk(jobs: Adding[]): Promise<unknown>;
}

/**
 * Nearer jobs go alone: BullMQ may be promoting just those that fall due, many in one statement, and two statements that change the same
 * rows in different orders wait for each other until PostgreSQL ends one. Milliseconds.
 */
const FAR_MS = 60_000;

/** An `add` that sends everything for later that is added until the end of the current microtasks together. */
export function gathering(queue: Bulk): (name: string, data: unknown, opts: JobsOptions) => Promise<unknown> {
  let gathered: Adding[] = [];
  let sending: Promise<unknown> | null = null;
  const send = (): Promise<unknown> => {
    // One transaction locks every job's key: always in the same order, or two of them would wait for each other. The order of equal keys stays.
    const jobs = gathered.sort((one, other) => compare(keyOf(one), keyOf(other)));
    gathered = [];
    sending = null;
    return queue.addBulk(jobs);
  };
  return (name, data, opts) => {
    if ((opts.delay ?? 0) < FAR_MS) return queue.add(name, data, opts);
    gathered.push({ name, data, opts });
    sending ??= Promise.resolve().then(send);
    return sending;
  };
}

function keyOf({ opts }: Adding): string {
  return opts.deduplication?.id ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
