// Baileys brings libsignal along, which is GPL-3.0 and prints keys: only the gateway's own process and the linking command may load it.
import { dirname, posix } from 'node:path';
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

const FOREIGN = /^(?:@whiskeysockets\/baileys|libsignal)(?:\/|$)/;
/** Loaded by a dynamic import, in a process of their own. */
const OWN_PROCESS = ['bin/service/whatsapp-alone.ts', 'bin/commands/whatsapp-pair.ts'];

/** What a file loads when it is loaded: types are gone by then, and an `import(…)` is a decision of its own. */
function loads(file: SourceFile): string[] {
  const pattern = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)([^'";]*?)\s*from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
  return [...file.text.matchAll(pattern)].flatMap((match) => {
    const names = match[1]
      ?.match(/^\{([\s\S]*)\}$/)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '))) return [];
    return [match[2] ?? match[3] ?? ''];
  });
}

/** The way by which something foreign is loaded from a root, or `null`. */
function wayToForeign(files: SourceFile[], roots: string[]): string[] | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const from = new Map<string, string | null>(roots.map((root) => [root, null]));
  for (const path of from.keys()) {
    const file = byPath.get(path);
    for (const to of file ? loads(file) : []) {
      const target = to.startsWith('.') ? posix.join(dirname(path), to) : to;
      if (!from.has(target)) from.set(target, path);
      if (!FOREIGN.test(target)) continue;
      const way = [target];
      for (let step = from.get(target) ?? null; step !== null; step = from.get(step) ?? null) way.unshift(step);
      return way;
    }
  }
  return null;
}

const files = sourceFiles(['bin', 'documents', 'web', 'bots', 'queues', 'db', 'src']);
const isRoot = ({ path }: SourceFile): boolean => /^bin\/(?:alur|start)\.ts$|^bin\/commands\//.test(path) && !OWN_PROCESS.includes(path);

test('the service and the commands do not load Baileys', () => {
  expect(
    wayToForeign(
      files,
      files.filter(isRoot).map(({ path }) => path),
    ),
  ).toBeNull();
});

test('the gateway’s own process does', () => {
  for (const path of OWN_PROCESS) expect(wayToForeign(files, [path])?.at(-1)).toMatch(FOREIGN);
});

test('the rule sees a way through several files, and neither types nor imports for later', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });
  const far = file('bots/b.ts', "import makeWASocket, { proto } from '@whiskeysockets/baileys';");
  expect(wayToForeign([file('bin/a.ts', "import { b } from '../bots/b.ts';"), far], ['bin/a.ts'])).toEqual([
    'bin/a.ts',
    'bots/b.ts',
    '@whiskeysockets/baileys',
  ]);
  for (const text of [
    "import type { B } from '../bots/b.ts';",
    "import { type B, type C } from '../bots/b.ts';",
    "await import('../bots/b.ts');",
  ]) {
    expect(wayToForeign([file('bin/a.ts', text), far], ['bin/a.ts'])).toBeNull();
  }
});
