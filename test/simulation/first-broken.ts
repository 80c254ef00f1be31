// Runs seed after seed until something is broken and prints which seed and what, as one line of JSON; `{"seed":null}` when all of them hold.
// node --import tsx test/simulation/first-broken.ts [seeds]
import { simulate } from './simulate.ts';

const seeds = Number(process.argv[2] ?? 100);

async function brokenAt(seed: number): Promise<string | undefined> {
  try {
    return (await simulate(seed)).faults[0];
  } catch (error) {
    return `I0: the run broke off: ${error instanceof Error ? error.message : String(error)}`;
  }
}

let found: { seed: number | null; broken?: string } = { seed: null };
for (let seed = 1; seed <= seeds && found.seed === null; seed += 1) {
  const broken = await brokenAt(seed);
  if (broken !== undefined) found = { seed, broken };
}
console.log(JSON.stringify(found));
