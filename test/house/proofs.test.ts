import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PROOFS } from '../proof/proofs.ts';

const ROOT = new URL('../../', import.meta.url);
const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))).scripts,
);
const named = scripts.filter((name) => name.startsWith('proof:')).map((name) => name.slice('proof:'.length));

test('npm run proof runs every proof there is', () => {
  expect([...PROOFS].toSorted()).toEqual(named.toSorted());
});

test('the page of proofs names every one of them', () => {
  const page = readFileSync(new URL('docs/proof.md', ROOT), 'utf8');
  expect(named.filter((name) => !page.includes(`\`npm run proof:${name}`))).toEqual([]);
});
