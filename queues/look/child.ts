// The process that looks into people's files: one file after another, with no network, no secrets in its environment and little memory.
// What a file does to it, it does to it alone (looker.ts).
import './no-network.ts';
import { writeFileSync } from 'node:fs';
import { inspect, thumbnail } from './inspect.ts';
import type { Answer, Job } from './words.ts';

const WATCH_MS = 50;

/** The kernel, short of memory, is to take this process first. */
function offerOneself(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Only Linux knows of it.
  }
}

async function answered({ does, path }: Job): Promise<Answer> {
  try {
    return does === 'kind' ? { inspected: await inspect(path) } : { thumbnail: await thumbnail(path) };
  } catch (error) {
    return { unreadable: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
}

const memoryMax = Number(process.argv[2]);
offerOneself();
setInterval(() => {
  if (process.memoryUsage.rss() > memoryMax) process.kill(process.pid, 'SIGKILL');
}, WATCH_MS).unref();
process.on('disconnect', () => process.exit(0));
process.on('message', (job: Job) => {
  void answered(job).then((answer) => process.send?.(answer));
});
process.send?.('ready');
