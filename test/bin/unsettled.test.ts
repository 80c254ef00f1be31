// A changed office file asks for more than its rows: deputies are told, and open cases looked at again. Whoever is killed in between leaves
// the rest to the next start.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyOffices } from '../../bin/service/offices.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { caseId, handIn, NOW } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const DAY = 86_400_000;
const SAMPLE = readFileSync(new URL('../../offices/disdagperin-contoh.yaml', import.meta.url), 'utf8');
/** The next working day, on which the case is due, is free now; Andi stands in for Kartika. */
const CHANGED = SAMPLE.replace(
  /^( *)quiet:.*$/m,
  (line, indent: string) => `${line}\n${indent}holidays:\n${indent}  - { date: 2026-11-23, name: Libur kantor }`,
).concat('deputies:\n  - { kind: plh, by: andi, for: kartika, from: 2026-11-20, to: 2026-11-30 }\n');

let folder: string;
let file: string;
let database: FreshDatabase;
let store: PgStore;
let owner: postgres.Sql;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alur-unsettled-'));
  file = join(folder, 'kantor.yaml');
  writeFileSync(file, SAMPLE);
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(3), max: 6 });
  owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  await start(store);
  await handIn(store, 1);
});
afterEach(async () => {
  await owner.end();
  await store.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (on: PgStore) => applyOffices({ offices: { from: 'files', files: [file] } }, on, NOW);

async function due(): Promise<number | null> {
  const state = (await store.readCase(caseId(1)))?.case.state;
  return state && 'dueAt' in state ? state.dueAt : null;
}

/** What has been written for people, in order. */
const told = async () =>
  (
    await owner<
      { notice: string }[]
    >`select concat_ws(' ', body #>> '{notice,notice}', body #>> '{notice,phase}') as notice from outbox where kind = 'say' order by id`
  ).map(({ notice }) => notice);

test('a change is settled by the start that applies it, and once', async () => {
  const before = await due();
  writeFileSync(file, CHANGED);
  await start(store);
  expect(await due()).toBe((before ?? 0) + DAY);
  expect(await store.unsettled()).toEqual([]);
  const once = await told();
  expect(once).toContain('deputy begun');
  await start(store);
  expect(await told()).toEqual(once);
});

test.each(['transaction', 'openCases', 'settled'] as const)(
  'killed before `%s` has come to its end, the next start settles what was left',
  async (where) => {
    const before = await due();
    writeFileSync(file, CHANGED);
    const killed: PgStore = { ...store, [where]: () => Promise.reject(new Error('killed')) };
    await expect(start(killed)).rejects.toThrow('killed');
    expect(await store.unsettled()).toMatchObject([{ office: 'disdagperin-contoh' }]);
    await start(store);
    expect(await due()).toBe((before ?? 0) + DAY);
    expect(await told()).toContain('deputy begun');
    expect(await store.unsettled()).toEqual([]);
  },
);

test('two changes of which the first was never settled are settled as one, from what there was before both', async () => {
  writeFileSync(file, CHANGED);
  const killed: PgStore = {
    ...store,
    openCases: () => Promise.reject(new Error('killed')),
    transaction: () => Promise.reject(new Error('killed')),
  };
  await expect(start(killed)).rejects.toThrow('killed');
  const before = await due();
  // Back again: nobody was told of a deputy, so nobody is told that he is one no longer.
  writeFileSync(file, SAMPLE);
  const kept = await told();
  await start(store);
  expect(await due()).toBe(before);
  expect(await told()).toEqual(kept);
  expect(await store.unsettled()).toEqual([]);
});
