// A virtual month with outages: every rung told once, none early, none after the decision, one digest for an outage.
// npm run proof:month -- [--cases 500] [--seed 1] [--months 1]
import { parseArgs } from 'node:util';
import { simulateMonth } from '../simulation/month.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    months: { type: 'string', default: '1' },
  },
});
const [cases, first, months] = [Number(values.cases), Number(values.seed), Number(values.months)];
if (![cases, first, months].every((n) => Number.isSafeInteger(n) && n >= 0) || cases < 1 || months < 1) {
  console.error('--cases, --seed and --months are whole numbers');
  process.exit(2);
}
for (let seed = first; seed < first + months; seed += 1) {
  const { faults, ...counts } = await simulateMonth(seed, cases);
  console.log(JSON.stringify(counts));
  if (faults.length > 0) {
    console.log(`BROKEN at seed ${seed}\n${faults.join('\n')}`);
    process.exit(1);
  }
}
