// Somebody with every right over the server changes the history in the table itself, and `audit verify` says so.
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../db/store.ts';
import { anchorText } from '../../src/audit/anchor.ts';
import type { ChainedEntry } from '../../src/audit/chain.ts';
import { alur } from '../bin/command-line.ts';
import { NOW, office, otherOffice, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { headOf } from '../support/find-tampering.ts';
import { seeded } from '../support/seeded.ts';
import { honestChain, tamper } from '../support/tamper.ts';
import { disarm, writeHistory } from '../support/tamper-table.ts';

const SEED = 20_261_121;
const TAMPERINGS = 100;
const other = otherOffice();
const chance = seeded(SEED);
const ours = honestChain(chance, office.id, 24);
const theirs = honestChain(chance, other.id, 24);
const heads = { [office.id]: headOf(ours), [other.id]: headOf(theirs) };

let database: FreshDatabase;
let superuser: postgres.Sql;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  env = { DATABASE_URL: database.url, TELEGRAM_BOT_TOKEN: '1:x' };
  const store = await openStore({ url: database.url, chance, max: 2 });
  await store.applyOffice(office, [sop], NOW);
  await store.applyOffice(other, [sop], NOW);
  await store.close();
  superuser = postgres(database.url, { max: 1, onnotice: () => {} });
  await disarm(superuser);
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

const verify = (...more: string[]) => alur(['audit', 'verify', ...more], env);
const written = ['--head', anchorText(headOf(ours)), '--office', office.id];
const rewritten = (entries: readonly ChainedEntry[]) =>
  writeHistory(superuser, [...entries, ...theirs], { ...heads, [office.id]: headOf(entries) });

test('a history that nobody touched holds, with and without the head that was written down', async () => {
  await writeHistory(superuser, [...ours, ...theirs], heads);
  expect(await verify()).toMatchObject({ exit: 0, out: expect.stringContaining('48 catatan') });
  expect(await verify(...written)).toMatchObject({ exit: 0, err: '' });
});

test(`${TAMPERINGS} random tamperings with the table are each found (seed ${SEED})`, async () => {
  const unseen: string[] = [];
  for (let n = 0; n < TAMPERINGS; n += 1) {
    const { kind, entries } = tamper(chance, ours, theirs);
    await writeHistory(superuser, [...entries, ...theirs], heads);
    const { exit, err } = await verify();
    if (exit !== 1 || !err.includes('PUTUS')) unseen.push(`${n}: ${kind}`);
  }
  expect(unseen).toEqual([]);
}, 120_000);

test('a history that was hashed anew together with the head in the database is found by the head that was written down, and only by it', async () => {
  for (const kind of ['edit and hash everything anew', 'cut the tail', 'delete, close the gap and hash anew']) {
    let done = tamper(chance, ours, theirs);
    while (done.kind !== kind || done.entries.length === 0) done = tamper(chance, ours, theirs);
    await rewritten(done.entries);
    expect([kind, (await verify()).exit]).toEqual([kind, 0]);
    const { exit, err } = await verify(...written);
    expect([kind, exit, err.includes('dicatat di luar')]).toEqual([kind, 1, true]);
  }
});

test('with several offices a head must be somebody’s, and it must be one', async () => {
  await writeHistory(superuser, [...ours, ...theirs], heads);
  expect(await verify('--head', anchorText(headOf(ours)))).toMatchObject({ exit: 2, err: expect.stringContaining('--office') });
  expect(await verify('--head', '12')).toMatchObject({ exit: 2, err: expect.stringContaining('NOMOR:HASH') });
  expect((await verify('--head', anchorText(headOf(ours)), '--office', other.id)).exit).toBe(1);
});
