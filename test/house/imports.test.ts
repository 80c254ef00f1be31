// Who may import whom: bin → web → bots → queues → db → src, no barrels, no circles, and a src/ without I/O, clock or chance.
import { dirname, posix } from 'node:path';
import { expect, test } from 'vitest';
import { linesMatching, type SourceFile, sourceFiles } from './source-files.ts';

/** Each floor may import itself and the floors after it. `documents` stands beside the tower, on src alone. */
const TOWER = ['bin', 'web', 'bots', 'queues', 'db', 'src'];
const ALLOWED: Record<string, string[]> = {
  ...Object.fromEntries(TOWER.map((floor, index) => [floor, TOWER.slice(index)])),
  bin: [...TOWER, 'documents'],
  documents: ['documents', 'src'],
};
const PACKAGES_OF_SRC = ['zod', 'yaml', 'temporal-polyfill', 'node:crypto'];

interface Import {
  from: string;
  to: string;
}

function importsOf(file: SourceFile): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...file.text.matchAll(pattern)].map((match) => ({ from: file.path, to: match[1] ?? match[2] ?? match[3] ?? '' }));
}

/** Path inside the project, or `null` for a package. */
function target(one: Import): string | null {
  return one.to.startsWith('.') ? posix.join(dirname(one.from), one.to) : null;
}

function upward(files: SourceFile[]): string[] {
  return files.flatMap(importsOf).flatMap((one) => {
    const to = target(one)?.split('/')[0];
    const from = one.from.split('/')[0] ?? '';
    return to === undefined || ALLOWED[from]?.includes(to) ? [] : [`${one.from} → ${one.to}`];
  });
}

function foreignInSrc(files: SourceFile[]): string[] {
  const inSrc = files.filter((file) => file.path.startsWith('src/')).flatMap(importsOf);
  return inSrc.filter((one) => target(one) === null && !PACKAGES_OF_SRC.includes(one.to)).map((one) => `${one.from} → ${one.to}`);
}

/** Every file that stands in a circle, by way of Tarjan's strongly connected parts; imports of types alone count too. */
function circles(files: SourceFile[]): string[][] {
  const arrows = new Map(files.map((file) => [file.path, importsOf(file).flatMap((one) => target(one) ?? [])]));
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    const number = order.size;
    order.set(path, number);
    low.set(path, number);
    stack.push(path);
    for (const next of arrows.get(path) ?? []) {
      const known = order.get(next);
      if (known === undefined) low.set(path, Math.min(low.get(path) ?? number, visit(next)));
      else if (stack.includes(next)) low.set(path, Math.min(low.get(path) ?? number, known));
    }
    if (low.get(path) === number) {
      const part = stack.splice(stack.indexOf(path));
      if (part.length > 1 || (arrows.get(path) ?? []).includes(path)) found.push(part);
    }
    return low.get(path) ?? number;
  };
  for (const file of files) if (!order.has(file.path)) visit(file.path);
  return found;
}

function barrels(files: SourceFile[]): string[] {
  return files.filter((file) => /(^|\/)index\.ts$/.test(file.path) || /^\s*export \* from/m.test(file.text)).map((file) => file.path);
}

const AMBIENT =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\bfetch\(|\bprocess\.|\bPlainDate\w*ISO\(|\bTemporal\.Now\b|\brandom(?:UUID|Bytes|Int)\b/;

const files = sourceFiles([...TOWER, 'documents']);

test('there is something to look at on every floor that stands', () => {
  expect(files.some((file) => file.path.startsWith('src/'))).toBe(true);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(20);
});

test('nobody imports upward', () => expect(upward(files)).toEqual([]));

test('src imports nothing but src and its four packages', () => expect(foreignInSrc(files)).toEqual([]));

test('no circles', () => expect(circles(files)).toEqual([]));

test('no barrels', () => expect(barrels(files)).toEqual([]));

test('src reads no clock, takes no chance and touches nothing outside', () => {
  expect(
    linesMatching(
      files.filter((file) => file.path.startsWith('src/')),
      AMBIENT,
    ),
  ).toEqual([]);
});

const sample = (path: string, text: string): SourceFile => ({ path, text });

test('the rule sees an upward import, a foreign package, a circle, a barrel and a clock', () => {
  expect(upward([sample('db/a.ts', "import { x } from '../queues/b.ts';")])).toHaveLength(1);
  expect(upward([sample('src/a.ts', "export {\n  x,\n} from '../db/b.ts';")])).toHaveLength(1);
  expect(upward([sample('bots/a.ts', "await import('../web/b.ts')")])).toHaveLength(1);
  expect(upward([sample('bin/a.ts', "import { x } from '../test/b.ts';")])).toHaveLength(1);
  expect(foreignInSrc([sample('src/a.ts', "import fs from 'node:fs';")])).toHaveLength(1);
  expect(circles([sample('src/a.ts', "import './b.ts';"), sample('src/b.ts', "import type { A } from './a.ts';")])).toHaveLength(1);
  expect(barrels([sample('src/a.ts', "export * from './b.ts';")])).toHaveLength(1);
  expect(linesMatching([sample('src/a.ts', 'const now = Date.now();')], AMBIENT)).toHaveLength(1);
  expect(linesMatching([sample('src/a.ts', '// Date.now() is not read here')], AMBIENT)).toHaveLength(0);
});
