// Every planted fault must be found by the simulation; exit 1 when one is not.
// npm run proof:planted-simulation -- [--seeds 2000] [--only <part of a name>]
import { parseArgs } from 'node:util';
import { findPlanted } from '../simulation/plant.ts';
import { PLANTED } from '../simulation/planted.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '2000' }, only: { type: 'string', default: '' } } });
const seeds = Number(values.seeds);
if (!Number.isSafeInteger(seeds) || seeds < 1) {
  console.error('--seeds is a whole number');
  process.exit(2);
}

const missed: string[] = [];
const wanted = PLANTED.filter(({ name }) => name.includes(values.only));
for (const planted of wanted) {
  const { seed, broken } = await findPlanted(planted, seeds);
  console.log(seed === null ? `${planted.name}: NOT FOUND in ${seeds} seeds` : `${planted.name}: seed ${seed}: ${broken}`);
  if (seed === null) missed.push(planted.name);
}
console.log(`${wanted.length - missed.length} of ${wanted.length} found`);
process.exit(missed.length > 0 ? 1 : 0);
