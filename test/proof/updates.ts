// Mutated updates of both channels through the whole translation, as many as one likes, on two threads; exit 1 at the first that throws,
// hangs for a second or comes out as something that cannot be.
// npm run proof:updates -- [--updates 10000000] [--seed N] [--from N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Fuzzed, mutatedUpdate } from '../support/fuzz-updates.ts';

const { values } = parseArgs({
  options: { updates: { type: 'string', default: '10000000' }, seed: { type: 'string' }, from: { type: 'string', default: '0' } },
});
const [updates, from] = [Number(values.updates), Number(values.from)];
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(updates) || updates < 1 || !Number.isSafeInteger(seed) || !Number.isSafeInteger(from)) {
  console.error('--updates, --seed and --from are whole numbers');
  process.exit(2);
}

const THREADS = 2;
const PIECE = 5_000;
/** Both threads' work counts, and a thousand updates take a twentieth of it. */
const HANG_MS = 2_000;
/** A whole piece takes a second or two; one that takes this long has an update in it that does not end. */
const PIECE_MS = 120_000;
const Said = z.object({
  kinds: z.record(z.string(), z.number()),
  slowestMs: z.number(),
  bad: z.object({ at: z.number(), why: z.string() }).nullable(),
});

console.log(`seed ${seed}`);
const began = Date.now();
const total: Fuzzed = { kinds: {}, slowestMs: 0, bad: null };
let next = from;
let done = 0;

function take(piece: Fuzzed, at: number): void {
  for (const [kind, count] of Object.entries(piece.kinds)) total.kinds[kind] = (total.kinds[kind] ?? 0) + count;
  total.slowestMs = Math.max(total.slowestMs, piece.slowestMs);
  if (piece.bad) total.bad ??= piece.bad;
  else if (piece.slowestMs > HANG_MS) total.bad ??= { at, why: `a thousand updates from ${at} on took ${Math.round(piece.slowestMs)} ms` };
}

function thread(): Promise<void> {
  // A thread does not take over our loader of TypeScript.
  const file = JSON.stringify(new URL('./updates-thread.ts', import.meta.url).href);
  const worker = new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); })`, {
    eval: true,
    workerData: { seed },
  });
  return new Promise((resolve) => {
    let piece: { at: number; count: number } | null = null;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      void worker.terminate().then(() => resolve());
    };
    const give = (): void => {
      clearTimeout(timer);
      if (next >= from + updates || total.bad) return end();
      piece = { at: next, count: Math.min(PIECE, from + updates - next) };
      next += piece.count;
      timer = setTimeout(() => fail('no end'), PIECE_MS);
      worker.postMessage(piece);
    };
    const fail = (why: string): void => {
      total.bad ??= { at: piece?.at ?? from, why: `from ${piece?.at} on: ${why}` };
      end();
    };
    worker.on('message', (said: unknown) => {
      take(Said.parse(said), piece?.at ?? from);
      done += piece?.count ?? 0;
      if (done % 1_000_000 < PIECE && done >= 1_000_000) console.log(`${done} after ${Math.round((Date.now() - began) / 1000)} s`);
      give();
    });
    worker.on('error', (error) => fail(error.message));
    give();
  });
}

await Promise.all(Array.from({ length: THREADS }, thread));
if (total.bad) {
  const { at, why } = total.bad;
  console.log(
    `BAD update ${at} (again: --seed ${seed} --from ${at} --updates 1): ${why}\n${JSON.stringify(mutatedUpdate(seed, at)).slice(0, 2_000)}`,
  );
} else {
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`${done} updates, the slowest thousand ${Math.round(total.slowestMs)} ms, ${seconds} s: ${JSON.stringify(total.kinds)}`);
}
process.exit(total.bad ? 1 : 0);
