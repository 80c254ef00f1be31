// What messages gave to choose from goes a month after its case has ended, and not before.
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHousekeeping } from '../../bin/service/housekeeping.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Offer } from '../../src/conversation/offer.ts';
import { caseId, finish, handIn, NOW, office, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const DAY = 86_400_000;
const CHAT = { channel: 'whatsapp', id: '+6281200000003' } as const;
let database: FreshDatabase;
let store: PgStore;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
  owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await store.applyOffice(office, [sop], NOW);
  await handIn(store, 1);
  await finish(store, 2);
});
afterAll(async () => {
  await owner.end();
  await store.close();
  await database.close();
});

const offer = (message: string, of: string): Offer => ({
  message,
  poll: null,
  key: `step/${message}`,
  named: { case: of, number: null, title: null, timezone: 'Asia/Jakarta' },
  serial: null,
  numbered: true,
  standing: true,
  choices: [{ n: 1, label: '✅ TERIMA', action: 'accept', data: '1.ac' }],
});

test('of a case that ended more than a month ago all of it, of one that goes on nothing', async () => {
  for (const [message, of] of [['running', caseId(1)] as const, ['ended', caseId(2)] as const, ['of no case', 'x'] as const])
    await store.keepOffer(CHAT, offer(message, of));
  const kept = async () => (await owner<{ message: string }[]>`select message from choices order by place`).map(({ message }) => message);
  let now = NOW + 29 * DAY;
  const housekeeping = startHousekeeping({ store, clock: { now: () => now }, log: { warn: () => undefined } }, 1e9);
  expect(await housekeeping.sweep()).toBe(0);
  expect(await kept()).toEqual(['running', 'ended', 'of no case']);
  now = NOW + 31 * DAY;
  expect(await housekeeping.sweep()).toBe(1);
  expect(await kept()).toEqual(['running', 'of no case']);
  await housekeeping.stop();
});
