// The corridor under faults, as many seeds as one likes; exit 1 at the first seed with something broken.
// npm run proof:simulation -- [--seeds 2000] [--from 1] [--clock-back]
import { parseArgs } from 'node:util';
import { simulate } from '../simulation/simulate.ts';
import { FRIDAY_9, MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    'clock-back': { type: 'boolean', default: false },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from) || from < 0) {
  console.error('--seeds and --from are whole numbers');
  process.exit(2);
}

const counts = { crashPoints: 0, crashes: 0, outages: 0, late: 0, published: 0 };
const [office, sops] = [sampleOffice(), [sopNamed(MEDSOS)]];
for (let seed = from; seed < from + seeds; seed += 1) {
  const run = await simulate(seed, office, sops, FRIDAY_9, { clockBack: values['clock-back'] });
  counts.crashPoints += run.crashPoints;
  counts.crashes += run.crashes;
  counts.outages += run.outages;
  counts.late += run.late;
  counts.published += run.published;
  if (run.faults.length > 0) {
    console.log(`BROKEN at seed ${seed}\n${run.faults.join('\n')}`);
    process.exit(1);
  }
  if ((seed - from + 1) % 500 === 0) console.log(`seeds ${from}–${seed}: ${JSON.stringify(counts)}`);
}
console.log(`seeds ${from}–${from + seeds - 1} hold: ${JSON.stringify(counts)}`);
