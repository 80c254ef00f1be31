// The corridor under faults, seed after seed on both cores, until so many crash points were passed; exit 1 when something is broken.
// npm run proof:simulation -- [--crash-points 10000000] [--from 1] [--workers 2]
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { simulate } from '../simulation/simulate.ts';

/** Seeds that a worker runs before it asks for more. */
const BATCH = 100;

interface Batch {
  from: number;
  counts: Record<string, number>;
  /** Over the traces of its runs, in the order of their seeds. */
  trace: string;
  broken: { seed: number; faults: string[] }[];
}

async function run(from: number): Promise<Batch> {
  const counts: Record<string, number> = {};
  const trace = createHash('sha256');
  const broken: Batch['broken'] = [];
  for (let seed = from; seed < from + BATCH; seed += 1) {
    const { faults, trace: one, seed: _, sop, ways, ...numbers } = await simulate(seed);
    for (const name of [sop, ...ways]) counts[name] = (counts[name] ?? 0) + 1;
    for (const [name, count] of Object.entries(numbers)) counts[name] = (counts[name] ?? 0) + count;
    trace.update(one);
    if (faults.length > 0) broken.push({ seed, faults });
  }
  return { from, counts, trace: trace.digest('hex'), broken };
}

function whole(text: string, name: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  console.error(`--${name} is a whole number above nought`);
  process.exit(2);
}

async function lead(crashPoints: number, first: number, workers: number): Promise<void> {
  const totals: Record<string, number> = {};
  const batches: Batch[] = [];
  let next = first;
  const enough = () => (totals['crashPoints'] ?? 0) >= crashPoints || batches.some(({ broken }) => broken.length > 0);
  const take = (batch: Batch): void => {
    batches.push(batch);
    for (const [name, count] of Object.entries(batch.counts)) totals[name] = (totals[name] ?? 0) + count;
    if (batches.length % 10 === 0) console.log(`${batches.length * BATCH} seeds: ${JSON.stringify(totals)}`);
  };
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: workers }, () => {
      const child = fork(new URL(import.meta.url), ['--worker'], { execArgv: process.execArgv });
      const ask = (): void => {
        if (enough()) return child.disconnect();
        child.send(next);
        next += BATCH;
      };
      child.on('message', (batch: Batch) => {
        take(batch);
        ask();
      });
      ask();
      return new Promise<void>((resolve) =>
        child.once('exit', (code) => {
          // Whoever broke off has found something as well.
          if (code !== 0) process.exitCode = 1;
          resolve();
        }),
      );
    }),
  );
  batches.sort((a, b) => a.from - b.from);
  const trace = createHash('sha256');
  for (const batch of batches) trace.update(batch.trace);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`seeds ${first}–${next - 1} in ${seconds} s, trace ${trace.digest('hex').slice(0, 16)}: ${JSON.stringify(totals)}`);
  for (const { seed, faults } of batches.flatMap(({ broken }) => broken)) {
    console.log(`BROKEN at seed ${seed} in ${faults.length} ways:\n${faults.slice(0, 5).join('\n')}`);
    process.exitCode = 1;
  }
}

if (process.argv[2] === '--worker') {
  process.on('message', (from: number) => {
    run(from).then(
      (batch) => process.send?.(batch),
      (error: unknown) => {
        console.error(`seeds ${from}–${from + BATCH - 1} broke off`, error);
        process.exit(1);
      },
    );
  });
} else {
  const { values } = parseArgs({
    options: {
      'crash-points': { type: 'string', default: '10000000' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
    },
  });
  await lead(whole(values['crash-points'], 'crash-points'), whole(values.from, 'from'), whole(values.workers, 'workers'));
}
