// The supervisors hear of a gateway that does not go on by itself: once, in every office, and again when it is well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayAlarm } from '../../bots/whatsapp/alarm.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import { NOW, office, otherOffice, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const clock = { now: () => NOW };
let database: FreshDatabase;
let store: PgStore;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
  await store.applyOffice(office, [sop], NOW);
  await store.applyOffice(otherOffice(), [sop], NOW);
});
afterAll(async () => {
  await store.close();
  await database.close();
});

interface Told {
  sent: Outgoing[];
  offices: (string | null)[];
  deps: Parameters<typeof gatewayAlarm>[0];
}

/** What is put into the outbox, beside its being put there. */
function listening(): Told {
  const told: Told = { sent: [], offices: [], deps: { store, clock } };
  told.deps.store = {
    offices: () => store.offices(),
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          send: (to, outgoing, at) => {
            told.offices.push(to);
            told.sent.push(...outgoing);
            return tx.send(to, outgoing, at);
          },
        }),
      ),
  };
  return told;
}

const words = ({ sent }: Told): string[] =>
  sent.map((out) => (out.out === 'say' && out.notice.notice === 'operator' ? out.notice.detail : out.out));

test('a trouble is told to the supervisors of every office once, however often it is said', async () => {
  const told = listening();
  const alarm = gatewayAlarm(told.deps, null);
  await alarm.hear({ state: 'connecting', why: null });
  expect(told.sent).toEqual([]);
  await alarm.hear({ state: 'restricted', why: 'restricted' });
  await alarm.hear({ state: 'restricted', why: 'restricted' });
  expect(new Set(told.offices)).toEqual(new Set([office.id, otherOffice().id]));
  expect(told.sent).toHaveLength(new Set(office.supervisors.flat()).size + new Set(otherOffice().supervisors.flat()).size);
  expect(words(told)[0]).toMatch(/membatasi nomor dinas. Jangan mencoba berulang/);
});

test('what was told before a restart is not told again, the end of it is, and another trouble is another word', async () => {
  const told = listening();
  const alarm = gatewayAlarm(told.deps, 'offline');
  await alarm.hear({ state: 'connecting', why: 'offline' });
  await alarm.hear({ state: 'connecting', why: null });
  expect(told.sent).toEqual([]);
  await alarm.hear({ state: 'open', why: null });
  expect(words(told)[0]).toMatch(/terhubung kembali/);
  await alarm.hear({ state: 'unpaired', why: 'logged-out' });
  expect(words(told).at(-1)).toMatch(/tidak lagi tertaut/);
});
