// `npm run bench`: every benchmark beside its floor. --only tap,submit · --size tiny · --json · --write (docs/benchmarks.md).
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchDeadline } from './deadline.ts';
import type { Figure } from './figure.ts';
import { machine } from './machine.ts';
import { page, table } from './report.ts';
import { type Server, startServer } from './server.ts';
import { SIZES, type Sizes } from './sizes.ts';
import { benchStart } from './start.ts';
import { benchSubmit } from './submit.ts';
import { benchTap } from './tap.ts';

const BENCHES = {
  // First, while nothing else runs: a start is measured without another database beside it.
  start: (_server: () => Promise<Server>, sizes: Sizes) => benchStart(sizes),
  tap: async (server: () => Promise<Server>, sizes: Sizes) => benchTap(await server(), sizes),
  submit: async (server: () => Promise<Server>, sizes: Sizes) => benchSubmit(await server(), sizes),
  deadline: async (server: () => Promise<Server>, sizes: Sizes) => benchDeadline(await server(), sizes),
};
type Name = keyof typeof BENCHES;
const NAMES = Object.keys(BENCHES) as Name[];

function read(): { names: Name[]; sizes: Sizes; json: boolean; write: boolean } {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      size: { type: 'string', default: 'usual' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  });
  const asked = values.only?.split(',') ?? NAMES;
  const names = NAMES.filter((name) => asked.includes(name));
  const size = Object.entries(SIZES).find(([name]) => name === values.size)?.[1];
  if (names.length < asked.length) throw new Error(`--only: ${NAMES.join(', ')}`);
  if (!size) throw new Error(`--size: ${Object.keys(SIZES).join(', ')}`);
  const whole = names.length === NAMES.length && values.size === 'usual';
  if (values.write && !whole) throw new Error('--write writes whole runs of the usual size only');
  return { names, sizes: size, json: values.json === true, write: values.write === true };
}

async function measureAll(names: Name[], sizes: Sizes): Promise<Figure[]> {
  const figures: Figure[] = [];
  let server: Promise<Server> | null = null;
  try {
    for (const name of names) {
      const startedAt = performance.now();
      figures.push(
        ...(await BENCHES[name](() => {
          server ??= startServer();
          return server;
        }, sizes)),
      );
      process.stderr.write(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s\n`);
    }
  } finally {
    const opened = server as Promise<Server> | null;
    await (await opened)?.stop();
  }
  return figures;
}

const { names, sizes, json, write } = read();
const here = machine();
const date = new Date().toISOString().slice(0, 10);
const figures = await measureAll(names, sizes);
if (json) process.stdout.write(`${JSON.stringify({ machine: here, date, sizes, figures }, null, 2)}\n`);
else process.stdout.write(`${here.line}\n${here.warnings.map((warning) => `mind: ${warning}\n`).join('')}\n${table(figures)}\n`);
if (write) writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), page(figures, here, date));
