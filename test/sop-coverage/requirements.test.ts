// Every requirement of the five SOPs is either shown by tests that exist or has a reason, and the page says the same.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../house/source-files.ts';
import { AMBIGUITY_IDS, IDS } from './ids.ts';
import { coveragePage } from './page.ts';
import { type Coverage, readCoverage, stateOf } from './requirements.ts';

const texts = new Map<string, string | null>();

function testFile(name: string): string | null {
  const path = join(ROOT, 'test', `${name}.test.ts`);
  const text = texts.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : null);
  texts.set(path, text);
  return text;
}

/** The title as it stands in the source, in any quotes. */
function hasTitle(text: string, title: string): boolean {
  return [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``].some((written) => text.includes(written));
}

function faultsOf({ tests, requirements }: Coverage): string[] {
  const used = new Set(Object.values(requirements).flatMap(({ shown }) => shown ?? []));
  return [
    ...Object.entries(requirements).flatMap(([id, { shown, open }]) => [
      ...(shown === undefined && open === undefined ? [`${id}: neither a test nor a reason`] : []),
      ...(shown ?? []).filter((name) => !(name in tests)).map((name) => `${id}: no test is called ${name}`),
    ]),
    ...Object.entries(tests).flatMap(([name, [file, title]]) => {
      const text = testFile(file);
      if (text === null) return [`${name}: test/${file}.test.ts is not there`];
      return hasTitle(text, title) ? [] : [`${name}: "${title}" is no test of test/${file}.test.ts`];
    }),
    ...Object.keys(tests)
      .filter((name) => !used.has(name))
      .map((name) => `${name}: shows nothing`),
  ];
}

const coverage = readCoverage();

describe('the requirements of the five SOPs', () => {
  test('are 172, each one counted once', () => {
    const counts = Object.fromEntries(
      ['A', 'B', 'C', 'D', 'E', 'X'].map((sop) => [sop, IDS.filter((id) => id.startsWith(`REQ-${sop}-`)).length]),
    );
    expect(counts).toEqual({ A: 28, B: 29, C: 30, D: 35, E: 38, X: 12 });
    expect(new Set(IDS).size).toBe(172);
  });

  test('all have their place in the map, and nothing else has', () => {
    expect(Object.keys(coverage.requirements)).toEqual(IDS);
  });

  test('are shown by tests that exist, or say why not', () => {
    expect(faultsOf(coverage)).toEqual([]);
  });

  test('are met as a whole by two thirds at least, and only few by nothing', () => {
    const states = Object.values(coverage.requirements).map(stateOf);
    expect(states.filter((state) => state === 'met').length).toBeGreaterThanOrEqual((IDS.length * 2) / 3);
    expect(states.filter((state) => state === 'not').length).toBeLessThanOrEqual(2);
  });
});

test('each of the 33 ambiguities has its reading and its place', () => {
  expect(AMBIGUITY_IDS).toHaveLength(33);
  expect(Object.keys(coverage.ambiguities)).toEqual(AMBIGUITY_IDS);
});

test('docs/sop-coverage.md is what the map makes of it; npm run docs:coverage writes it anew', () => {
  expect(readFileSync(join(ROOT, 'docs/sop-coverage.md'), 'utf8')).toBe(coveragePage(coverage));
});

test('the check sees what it guards against', () => {
  const map = (more: Partial<Coverage>): Coverage => ({ tests: {}, requirements: {}, ambiguities: {}, ...more });
  expect(faultsOf(map({ requirements: { 'REQ-A-TTL': { says: 'a' } } }))).toEqual(['REQ-A-TTL: neither a test nor a reason']);
  expect(faultsOf(map({ requirements: { 'REQ-A-TTL': { says: 'a', shown: ['x'] } } }))).toEqual(['REQ-A-TTL: no test is called x']);
  const named = (place: [string, string]) =>
    faultsOf(map({ tests: { x: place }, requirements: { 'REQ-A-TTL': { says: 'a', shown: ['x'] } } }));
  expect(named(['sop/nowhere', 'a'])).toEqual(['x: test/sop/nowhere.test.ts is not there']);
  expect(named(['sop/version', 'is not written anywhere'])).toEqual([
    'x: "is not written anywhere" is no test of test/sop/version.test.ts',
  ]);
  expect(faultsOf(map({ tests: { x: ['sop/version', 'is JSON of the same value, whatever the order of the keys'] } }))).toEqual([
    'x: shows nothing',
  ]);
  expect(() => readCoverage('tests: {}\nrequirements: { REQ-A-TTL: { says: a, open: "" } }\nambiguities: {}')).toThrow();
  expect(() => readCoverage('tests: {}\nrequirements: {}\nrequirements: {}\nambiguities: {}')).toThrow();
});
