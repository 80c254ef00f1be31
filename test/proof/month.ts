// A virtual month with outages, of each SOP: every rung told once, none early, none after the decision, one digest for an outage.
// npm run proof:month -- [--cases 500] [--seed 1] [--months 1] [--sop <id>]
import { parseArgs } from 'node:util';
import { simulateMonth } from '../simulation/month.ts';
import { SOPS } from '../simulation/worlds.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    months: { type: 'string', default: '1' },
    sop: { type: 'string', default: '' },
  },
});
const [cases, first, months] = [Number(values.cases), Number(values.seed), Number(values.months)];
const sops = SOPS.filter((id) => values.sop === '' || id === values.sop);
if (![cases, first, months].every((n) => Number.isSafeInteger(n) && n >= 0) || cases < 1 || months < 1 || sops.length === 0) {
  console.error('--cases, --seed and --months are whole numbers, --sop is the id of an SOP that comes with Alur');
  process.exit(2);
}
for (const sop of sops) {
  for (let seed = first; seed < first + months; seed += 1) {
    const { faults, ...counts } = await simulateMonth(seed, cases, sop);
    console.log(JSON.stringify(counts));
    if (faults.length > 0) {
      console.log(`BROKEN at seed ${seed}\n${faults.join('\n')}`);
      process.exit(1);
    }
  }
}
