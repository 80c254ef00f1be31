// Hostile captions and names, as many as one likes, through everything that writes them down; exit 1 at the first that became something else.
// A processor for each half of them.
// npm run proof:words -- [--words 1000000] [--seed N] [--from N] [--workers 2]
import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { firstSpoiled } from '../support/hostile-words.ts';

const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: '2' },
  },
});
const [words, from, workers] = [Number(values.words), Number(values.from), Number(values.workers)];
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (
  !Number.isSafeInteger(words) ||
  words < 1 ||
  !Number.isSafeInteger(seed) ||
  !Number.isSafeInteger(from) ||
  !Number.isSafeInteger(workers) ||
  workers < 1
) {
  console.error('--words, --seed, --from and --workers are whole numbers');
  process.exit(2);
}

/** These words in a process of its own; `false`: one of them was spoiled, or it broke off. */
function apart(first: number, many: number): Promise<boolean> {
  const args = ['--words', String(many), '--seed', String(seed), '--from', String(first), '--workers', '1'];
  const child = fork(new URL(import.meta.url), args, { execArgv: process.execArgv });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

function here(): boolean {
  const spoiled = firstSpoiled(seed, from, words, 'everything');
  if (spoiled)
    console.log(
      `SPOILED (again: --seed ${seed} --from ${spoiled.at} --words 1) ${spoiled.became}: ${JSON.stringify(spoiled.word).slice(0, 500)}`,
    );
  return spoiled === null;
}

console.log(`seed ${seed}, ${words} words from ${from} on`);
const began = Date.now();
const each = Math.ceil(words / workers);
const parts = Array.from({ length: Math.ceil(words / each) }, (_, i) => ({
  first: from + i * each,
  many: Math.min(each, words - i * each),
}));
const good = parts.length === 1 ? [here()] : await Promise.all(parts.map(({ first, many }) => apart(first, many)));
if (good.includes(false)) process.exit(1);
console.log(`${words} words stayed words everywhere, ${Math.round((Date.now() - began) / 1000)} s`);
