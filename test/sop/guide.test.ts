// The guide to writing an SOP: its example is one, and no key that a file may have is left out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSop } from '../../src/sop/read.ts';
import { faultsOf, SAMPLE } from './sample.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/panduan-sop-sendiri.md'), 'utf8');
const example = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

/** What a mapping knows, as it says itself when it is given a key that it does not know. */
function keysAt(text: string): string[] {
  return faultsOf(readSop(text)).flatMap((fault) => /Yang dikenal: (.*)\.$/.exec(fault)?.[1]?.split(', ') ?? []);
}

test('the example in the guide is an SOP', () => {
  expect(faultsOf(readSop(example))).toEqual([]);
});

test('the guide names every key of an SOP file and of each kind of step', () => {
  const places = [
    `zz: 1\n${SAMPLE}`,
    ...['prepare', 'receive', 'decide', 'assign', 'schedule', 'publish'].map((kind) => `steps: [{ zz: 1, kind: ${kind} }]`),
    'steps: [{ kind: prepare, requires: { zz: 1 } }]',
    'steps: [{ kind: publish, accessibility: { zz: 1 } }]',
    'dates: { zz: 1 }',
  ];
  const keys = new Set(places.flatMap(keysAt));
  expect([...keys]).toEqual(expect.arrayContaining(['channels_needed', 'reject_to', 'information_class', 'legal_basis', 'forms', 'made']));
  expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(guide))).toEqual([]);
});
