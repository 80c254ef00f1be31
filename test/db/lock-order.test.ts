// Locks are taken in one order, so that nobody waits for one who waits for him: the office's own row among them.
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Chat, Office } from '../../src/office/office.ts';
import type { ChatDeputy, Tx } from '../../src/ports/store.ts';
import { act, caseId, chatOf, NOW, office, openDraft, opening, otherOffice, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

let database: FreshDatabase;
let store: PgStore;
let owner: postgres.Sql;

beforeEach(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(7), max: 8 });
  owner = postgres(database.url, { max: 2, onnotice: () => {} });
  await store.applyOffice(office, [sop], NOW);
});
afterEach(async () => {
  await store.close();
  await owner.end();
  await database.close();
});

async function somebodyWaits(least = 1): Promise<void> {
  const waiting = async () =>
    (
      await owner`select from pg_stat_activity where datname = current_database() and application_name = 'alur' and wait_event_type = 'Lock'`
    ).length;
  await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(least);
}

/** Does the first thing, lets the other begin and wait for it, then does the second; both are committed, or the error of either is thrown. */
async function across(first: (tx: Tx) => Promise<unknown>, other: () => Promise<unknown>, second: (tx: Tx) => Promise<unknown>) {
  let begun: Promise<unknown> = Promise.resolve();
  const mine = store.transaction(async (tx) => {
    await first(tx);
    begun = other();
    begun.catch(() => undefined);
    await somebodyWaits();
    await second(tx);
  });
  await mine;
  await begun;
}

const sari = chatOf('sari');
const fromSari = (tx: Tx) => tx.touch('telegram', sari.id, sari, NOW);
const applied = () => store.applyOffice(office, [sop], NOW);

test('who has written while a file is applied opens a draft', async () => {
  await across(fromSari, applied, (tx) => act(tx, null, opening(1)));
  expect(await store.readCase(caseId(1))).not.toBeNull();
});

test('two processes apply the same file while somebody is bound whom it binds as well', async () => {
  const invited: Office = { ...otherOffice(), people: [{ id: 'sari', name: 'Sari', roles: ['tim_pelaksana'] }] };
  const named: Office = { ...invited, people: [{ id: 'sari', name: 'Sari', roles: ['tim_pelaksana'], telegram: '9991' }] };
  await store.applyOffice(invited, [sop], NOW);
  const going: Promise<unknown>[] = [];
  const apply = () => {
    const one = store.applyOffice(named, [sop], NOW);
    one.catch(() => undefined);
    going.push(one);
  };
  await owner.begin(async (held) => {
    await held`select from offices where office = ${invited.id} for update`;
    apply();
    await somebodyWaits(1);
    await owner`
      insert into bindings (office, channel, account, person, chat, reachable, by)
      values (${invited.id}, 'telegram', '9991', 'sari', '9991', true, 'invitation')`;
    apply();
    await somebodyWaits(2);
  });
  await Promise.all(going);
  expect(await store.transaction((tx) => tx.memberships('telegram', '9991'))).toHaveLength(1);
});

test('drafts are opened as long as a file is being applied', async () => {
  let going: Promise<unknown> = Promise.resolve();
  await owner.begin(async (held) => {
    await held`select from people where office = ${office.id} and person = 'andi' for update`;
    going = applied();
    going.catch(() => undefined);
    await somebodyWaits();
    await openDraft(store, 2);
  });
  await going;
  expect(await store.readCase(caseId(2))).not.toBeNull();
});

test('who has written while a file is applied names a deputy', async () => {
  const chat = { id: '00000000-0000-4000-8000-00000000d001', at: NOW };
  const deputy: ChatDeputy = { kind: 'plh', by: 'maya', for: 'sari', roles: ['pelaksana'], from: '2026-11-20', to: '2026-11-27', chat };
  await across(fromSari, applied, (tx) => tx.setDeputy(office.id, deputy));
  expect((await store.offices())[0]?.deputies).toHaveLength(1);
});

test('a group moves while a rung of one of its cases asks for the office’s timer', async () => {
  const from: Chat = { channel: 'telegram', id: '-1' };
  const to: Chat = { channel: 'telegram', id: '-100' };
  await openDraft(store, 3, from);
  await across(
    (tx) => tx.lockCase(caseId(3)),
    () => store.transaction((tx) => tx.moveChat(from, to)),
    (tx) => tx.setOfficeTimer(office.id, 'catch-up', NOW),
  );
  expect((await store.readCase(caseId(3)))?.case.home).toEqual(to);
});
