// Hostile captions and names, as many as one likes, through everything that writes them down; exit 1 at the first that became something else.
// npm run proof:words -- [--words 1000000] [--seed N] [--from N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { firstSpoiled } from '../support/hostile-words.ts';

const { values } = parseArgs({
  options: { words: { type: 'string', default: '1000000' }, seed: { type: 'string' }, from: { type: 'string', default: '0' } },
});
const [words, from] = [Number(values.words), Number(values.from)];
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(words) || words < 1 || !Number.isSafeInteger(seed) || !Number.isSafeInteger(from)) {
  console.error('--words, --seed and --from are whole numbers');
  process.exit(2);
}

console.log(`seed ${seed}`);
const began = Date.now();
const spoiled = firstSpoiled(seed, from, words, 'everything');
if (spoiled) {
  console.log(
    `SPOILED (again: --seed ${seed} --from ${spoiled.at} --words 1) ${spoiled.became}: ${JSON.stringify(spoiled.word).slice(0, 500)}`,
  );
  process.exit(1);
}
console.log(`${words} words stayed words everywhere, ${Math.round((Date.now() - began) / 1000)} s`);
