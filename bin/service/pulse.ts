// Work that never gives the thread back (an endless loop over one update) would stop everything for ever, this process's own timers as
// well. A thread beside it looks for the pulse, and ends the process when it has been gone too long: then the update that began it counts
// one crash more, and is set aside after a few of them, as one that kills the process is.
import { Worker } from 'node:worker_threads';

export interface PulseOptions {
  /** How often the thread looks, in milliseconds; the pulse itself beats four times as often. */
  everyMs?: number;
  /** After so many looks in a row without a beat. */
  looks?: number;
}

/** A minute. A process that was stopped as a whole has not missed a look: the thread stood still with it. */
const EVERY_MS = 5_000;
const LOOKS = 12;

/** Plain script: the thread needs no loader and costs next to nothing. */
const WATCHER = `
const { workerData } = require('node:worker_threads');
const beats = new Int32Array(workerData.beats);
let before = -1;
let missed = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === before ? missed + 1 : 0;
  before = now;
  if (missed < workerData.looks) return;
  require('node:fs').writeSync(2, 'alur: the work has stood still too long; the process ends to begin anew\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.everyMs);
`;

/** Resolves once the thread watches; what it gives ends the watching. */
export async function watchPulse({ everyMs = EVERY_MS, looks = LOOKS }: PulseOptions = {}): Promise<() => Promise<void>> {
  const beats = new SharedArrayBuffer(4);
  const beat = new Int32Array(beats);
  const timer = setInterval(() => Atomics.add(beat, 0, 1), everyMs / 4);
  timer.unref();
  const watcher = new Worker(WATCHER, { eval: true, execArgv: [], workerData: { beats, everyMs, looks } });
  await new Promise<void>((resolve, reject) => {
    watcher.once('online', () => resolve());
    watcher.once('error', reject);
  });
  watcher.unref();
  return async () => {
    clearInterval(timer);
    await watcher.terminate();
  };
}
