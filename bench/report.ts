// The figures as a table for a terminal and for docs/benchmarks.md.
import { type Figure, ratioOf } from './figure.ts';
import type { Machine } from './machine.ts';

function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const HEAD = ['', 'figure', 'Alur', 'floor', 'ratio', 'promise', 'the floor is'];

function rowsOf(figures: Figure[]): string[][] {
  return figures.map((figure) => {
    const { bench, name, unit, value, floor, promise } = figure;
    const ratio = ratioOf(figure);
    const measured = (n: number) => `${number(n)} ${unit}`;
    return [
      bench,
      name,
      measured(value),
      floor ? measured(floor.value) : '',
      ratio === null ? '' : `× ${number(ratio)}`,
      promise ?? '',
      floor?.is ?? '',
    ];
  });
}

export function table(figures: Figure[]): string {
  const rows = [HEAD, ...rowsOf(figures)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The whole of docs/benchmarks.md. `date`: YYYY-MM-DD. */
export function page(figures: Figure[], { line, warnings }: Machine, date: string): string {
  const rows = [HEAD, HEAD.map(() => '---'), ...rowsOf(figures)].map((row) => `| ${row.join(' | ')} |`);
  return `# Benchmarks

Written by \`npm run bench -- --write\` on ${date}; one run.

Machine: ${line}. Everything ran on it side by side: the service, its embedded PostgreSQL with durable settings, and in another process the simulated Telegram that measures.
${warnings.map((warning) => `\nMind: ${warning}.\n`).join('')}
${rows.join('\n')}

The ratio is Alur divided by its floor, the least that the same machine needed for the bare thing in the same run: for times above 1 is slower, for rates and counts below 1 is.

How each is measured:

- **tap**: from the tap in the simulator's queue of updates to the \`answerCallbackQuery\` that reaches it, through a service of its own. Taps come at random instants (Poisson), from many chats of several
  offices; every second one is DITERIMA on a step's card (a decision with its history, timers and messages to others), every other one a button of a draft's card that asks a question. The floor's bot answers the same taps at the same rate and does nothing else.
- **submit**: hand-ins from the inbox's row to the commit, eight lanes side by side, as the queue's workers do it but without the queue; and taps put into the simulator's queue all at once, until the last is answered, through the whole service.
- **deadline**: how long after its instant a reminder was judged and told (\`told_at\` minus \`at\`), with that many other timers pending, four to a case; a start and its memory with them, beside the same service with nothing pending; and how many a second are told when very many are due in one instant. The floor of lateness is BullMQ alone, with nothing else pending.
- **start**: from the process's start to the first 200 of \`/healthz\`. **memory**: resident memory of the service's own process, a few seconds after its start.
`;
}
