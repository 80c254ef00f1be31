// Forged, foreign and changed buttons, as many as one likes; exit 1 at the first that is taken for ours.
// npm run proof:buttons -- [--forgeries 1000000] [--seed N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { firstTaken } from '../support/forge-buttons.ts';

const { values } = parseArgs({ options: { forgeries: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const forgeries = Number(values.forgeries);
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
if (!Number.isSafeInteger(forgeries) || forgeries < 1 || !Number.isSafeInteger(seed)) {
  console.error('--forgeries and --seed are whole numbers');
  process.exit(2);
}

console.log(`seed ${seed}`);
const { taken, kinds } = firstTaken(seed, forgeries);
console.log(taken === null ? `${forgeries} forgeries of ${kinds.size} kinds: none taken, every one of ours taken` : `TAKEN ${taken}`);
process.exit(taken === null ? 0 : 1);
