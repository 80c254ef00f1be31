// The way out under races: nothing is lost between a card's update and its delivery, and one lease counts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type PgStore } from '../../db/store.ts';
import { cardKeyText, type Outgoing } from '../../src/case/outgoing.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Delivery } from '../../src/ports/store.ts';
import { caseId, NOW, office, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const LEASE = 60_000;
let database: FreshDatabase;
let store: PgStore;
beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(3) });
  await store.applyOffice(office, [sop], NOW);
});
afterAll(async () => {
  await store.close();
  await database.close();
});

const key = (n: number) => ({ card: 'draft', case: caseId(n), round: 1 }) as const;
const show = (chat: Chat, n: number): Outgoing => ({ out: 'show', to: { chat }, key: key(n) });

/** Holds a transaction open until told. */
function held(): { until: Promise<void>; release: () => void } {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
}

test('an update that commits while the card is being leased is delivered afterwards', async () => {
  const chat: Chat = { channel: 'telegram', id: 'race' };
  // What the case is, as far as this card goes: the number is the truth, a delivery shows what it is when it is leased.
  let truth = 0;
  let shown = -1;
  const update = async () => {
    await store.transaction(async (tx) => {
      await tx.send(office.id, [show(chat, 1)], NOW);
      truth += 1;
    });
  };
  const deliver = async (): Promise<boolean> => {
    const leased = await store.leaseDelivery(chat, NOW, LEASE);
    if (!leased) return false;
    const seen = truth;
    await new Promise((resolve) => setImmediate(resolve));
    await store.settleDelivery(leased, { ended: 'sent', messages: ['m'], cardHash: String(seen) }, NOW);
    shown = Math.max(shown, seen);
    return true;
  };
  for (let round = 0; round < 40; round += 1) await Promise.all([update(), deliver(), update(), deliver(), update()]);
  while (await deliver());
  expect(shown).toBe(truth);
  expect((await store.standingCard(chat, cardKeyText(key(1))))?.hash).toBe(String(truth));
});

test('a waiting update that somebody collapses into is not leased before his commit', async () => {
  const chat: Chat = { channel: 'telegram', id: 'held' };
  await store.transaction((tx) => tx.send(office.id, [show(chat, 2)], NOW));
  const { until, release } = held();
  const sent = held();
  const slow = store.transaction(async (tx) => {
    await tx.send(office.id, [show(chat, 2)], NOW);
    sent.release();
    await until;
  });
  await sent.until;
  expect(await store.leaseDelivery(chat, NOW, LEASE)).toBeNull();
  release();
  await slow;
  expect(await store.leaseDelivery(chat, NOW, LEASE)).not.toBeNull();
  expect(await store.leaseDelivery(chat, NOW, LEASE)).toBeNull();
});

test('an update does not collapse into one whose lease ran out: its slow holder may still settle it', async () => {
  const chat: Chat = { channel: 'telegram', id: 'slow' };
  await store.transaction((tx) => tx.send(office.id, [show(chat, 3)], NOW));
  const slow = await store.leaseDelivery(chat, NOW, LEASE);
  await store.transaction((tx) => tx.send(office.id, [show(chat, 3)], NOW + 2 * LEASE));
  if (slow) await store.settleDelivery(slow, { ended: 'sent', messages: ['m'], cardHash: 'old' }, NOW + 2 * LEASE);
  expect(await store.leaseDelivery(chat, NOW + 2 * LEASE, LEASE)).not.toBeNull();
});

test('of twenty who want the same delivery one gets it', async () => {
  const chat: Chat = { channel: 'telegram', id: 'twenty' };
  await store.transaction((tx) => tx.send(null, [{ out: 'say', to: { chat }, notice: { notice: 'stranger' } }], NOW));
  const leases = await Promise.all(Array.from({ length: 20 }, () => store.leaseDelivery(chat, NOW, LEASE)));
  expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
});

test('order holds within a chat when many deliver side by side', async () => {
  const chat: Chat = { channel: 'telegram', id: 'order' };
  const outgoing = Array.from(
    { length: 30 },
    (_, i): Outgoing => ({ out: 'say', to: { chat }, notice: { notice: 'unsupported', name: String(i) } }),
  );
  await store.transaction((tx) => tx.send(null, outgoing, NOW));
  const seen: string[] = [];
  const nameOf = ({ out }: Delivery) => (out.out === 'say' && out.notice.notice === 'unsupported' ? out.notice.name : '?');
  const worker = async () => {
    while (seen.length < 30) {
      const leased = await store.leaseDelivery(chat, NOW, LEASE);
      if (!leased) continue;
      seen.push(nameOf(leased));
      await store.settleDelivery(leased, { ended: 'sent', messages: ['x'] }, NOW);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => String(i)));
});

test('a notice that nobody can be reached is not told of again', async () => {
  const boss: Chat = { channel: 'telegram', id: '1004' };
  const { outbox: before } = await store.stats(NOW);
  const about: Outgoing = {
    out: 'say',
    to: { person: 'rahmat' },
    notice: { notice: 'unreachable', person: 'Maya', why: 'blocked', named: null },
  };
  await store.transaction((tx) => tx.send(office.id, [about], NOW));
  const leased = await store.leaseDelivery(boss, NOW, LEASE);
  if (leased) await store.settleDelivery(leased, { ended: 'unreachable', why: 'blocked' }, NOW);
  expect((await store.stats(NOW)).outbox.waiting).toBe(before.waiting);
});
