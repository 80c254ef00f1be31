// What the tests of the queues share: patience, silence, and stand-ins for what is not their subject.
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenQueues, Queues } from '../../queues/backend.ts';
import type { Log } from '../../queues/log.ts';
import { type Processors, startWorkers, type Workers } from '../../queues/worker.ts';
import type { Backlog } from '../../src/ports/store.ts';

const PATIENCE_MS = 30_000;

/** Waits until it is true; the limit is for a test that would wait for ever, not a claim about speed. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (Date.now() > limit) throw new Error(`never came true: ${what}`);
    await pause(10);
  }
}

export interface Lines extends Log {
  lines: { level: 'info' | 'warn' | 'error'; fields: object; message: string }[];
}

export function listening(): Lines {
  const lines: Lines['lines'] = [];
  const level = (name: Lines['lines'][number]['level']) => (fields: object, message: string) => {
    lines.push({ level: name, fields, message });
  };
  return { lines, info: level('info'), warn: level('warn'), error: level('error') };
}

export const realClock = { now: () => Date.now() };

export function backlog(part: Partial<Backlog>): Backlog {
  return { lanes: [], timers: [], chats: [], media: [], soon: [], ...part };
}

const nothing = () => Promise.resolve();

export function work(queues: Queues, processors: Partial<Processors>, drainMs?: number): Promise<Workers> {
  const all = { hear: nothing, wake: nothing, deliver: nothing, 'keep-media': nothing, ...processors };
  return startWorkers(queues, all, { log: listening(), ...(drainMs === undefined ? {} : { drainMs }) });
}

/** A queue backend of a test's own, behind a line that can be cut. */
export interface Bench {
  where: Pick<OpenQueues, 'databaseUrl' | 'redisUrl'>;
  line: { cut(): void; silence(): void; mend(): void };
  /** Everything in the queues is gone, as after FLUSHALL. */
  wipe(): Promise<void>;
  /** The server ends and comes back at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
