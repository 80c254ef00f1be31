// Asks the rules and the minute-by-minute oracle the same random questions until the wanted number agrees; exit 1 at the first difference.
// node --import tsx test/proof/preview-oracle.ts [--cases 1000000] [--seed N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { firstDifference } from '../support/oracle-agreement.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const cases = Number(values.cases);
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  console.error('--cases and --seed are whole numbers');
  process.exit(2);
}

console.log(`seed ${seed}`);
let told = 0;
const difference = firstDifference(seed, cases, (done) => {
  if (done - told < 50_000) return;
  told = done;
  console.log(`${done} cases agree`);
});
console.log(difference ? `DIFFERENT (seed ${seed})\n${JSON.stringify(difference, null, 2)}` : `${cases} cases agree (seed ${seed})`);
process.exit(difference ? 1 : 0);
