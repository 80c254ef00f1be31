// One delivery to its end or to a pause, and a chat's deliveries one after the other.
import { afterEach, expect, test, vi } from 'vitest';
import { type DeliverDeps, deliverNext, deliverProcessor } from '../../queues/deliver.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Delivered, Delivery } from '../../src/ports/store.ts';

const chat: Chat = { channel: 'telegram', id: '-100:7' };
const NOW = 1_800_000_000_000;

afterEach(() => {
  vi.useRealTimers();
});

function delivery(attempts = 1, ageMs = 0): Delivery {
  const out = { out: 'answer', tap: 't', chat, account: '1', notice: null, alert: false } as const;
  return { id: 'd', office: null, chat, out, attempts, createdAt: NOW - ageMs };
}

function deps(waiting: Delivery[], perform: DeliverDeps['perform']) {
  const settled: { id: string; delivered: Delivered; now: number }[] = [];
  const leases: number[] = [];
  const made: DeliverDeps = {
    clock: { now: () => NOW },
    perform,
    store: {
      leaseDelivery: (_chat, _now, leaseMs) => {
        leases.push(leaseMs);
        return Promise.resolve(waiting.shift() ?? null);
      },
      settleDelivery: (one, delivered, now) => {
        settled.push({ id: one.id, delivered, now });
        return Promise.resolve();
      },
    },
  };
  return { ...made, settled, leases };
}

const sent: Delivered = { ended: 'sent', messages: ['9'] };

test('nothing to deliver: nothing is done', async () => {
  const perform = vi.fn();
  const made = deps([], perform);
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: null, answered: false });
  expect(perform).not.toHaveBeenCalled();
});

test('a delivery is leased for 15 seconds, performed and settled', async () => {
  const made = deps([delivery()], () => Promise.resolve(sent));
  expect(await deliverNext(made, chat)).toEqual({ more: true, againAtMs: null, answered: true });
  expect(made.leases).toEqual([15_000]);
  expect(made.settled).toEqual([{ id: 'd', delivered: sent, now: NOW }]);
});

test('a platform that asks to wait is waited for', async () => {
  const later: Delivered = { ended: 'later', afterMs: 7_000, why: '429' };
  const made = deps([delivery(), delivery()], () => Promise.resolve(later));
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: NOW + 7_000, answered: true });
  expect(made.settled.map((one) => one.delivered)).toEqual([later]);
});

test.for([
  [1, 2_000],
  [3, 8_000],
  [5, 32_000],
  [6, 60_000],
  [7, 60_000],
] as const)('a throw at attempt %i is tried again after %i ms', async ([attempts, afterMs]) => {
  const made = deps([delivery(attempts)], () => Promise.reject(new Error('socket hang up')));
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: NOW + afterMs, answered: true });
  expect(made.settled[0]?.delivered).toEqual({ ended: 'later', afterMs, why: 'socket hang up' });
});

test('attempts that the platform itself put off do not end a young delivery', async () => {
  const made = deps([delivery(20, 60_000)], () => {
    throw new Error('on the spot');
  });
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: NOW + 60_000, answered: true });
});

test('a throw at the eighth attempt, after ten minutes, ends the delivery, and the next one has its turn', async () => {
  const made = deps([delivery(8, 600_000)], () => {
    throw new Error('on the spot');
  });
  expect(await deliverNext(made, chat)).toEqual({ more: true, againAtMs: null, answered: true });
  expect(made.settled[0]?.delivered).toEqual({ ended: 'refused', why: 'on the spot' });
});

test('what hangs is given up before the lease ends', async () => {
  vi.useFakeTimers();
  const made = deps([delivery()], () => new Promise(() => undefined));
  const next = deliverNext(made, chat);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await next).toEqual({ more: false, againAtMs: NOW + 2_000, answered: true });
  expect(made.settled[0]?.delivered).toEqual({ ended: 'later', afterMs: 2_000, why: 'no end after 12.5 s' });
});

test('a store that fails is no fault of the delivery', async () => {
  const made = deps([delivery()], () => Promise.resolve(sent));
  made.store.settleDelivery = () => Promise.reject(new Error('database is down'));
  await expect(deliverNext(made, chat)).rejects.toThrow('database is down');
});

test('the processor delivers until nothing is left', async () => {
  const again = vi.fn(() => Promise.resolve());
  const made = deps([delivery(), delivery(), delivery()], () => Promise.resolve(sent));
  await deliverProcessor({ ...made, again })({ channel: 'telegram', chat: '-100:7' });
  expect(made.settled).toHaveLength(3);
  expect(again).not.toHaveBeenCalled();
});

test('the processor stops at a pause and comes back after it', async () => {
  const again = vi.fn(() => Promise.resolve());
  const made = deps([delivery(), delivery()], () => Promise.resolve({ ended: 'later', afterMs: 1_500, why: 'pace' }));
  await deliverProcessor({ ...made, again })({ channel: 'telegram', chat: '-100:7' });
  expect(made.settled).toHaveLength(1);
  expect(again.mock.calls).toEqual([[chat, 1_500]]);
});

test('a chat with very much to deliver lets others have their turn', async () => {
  const again = vi.fn(() => Promise.resolve());
  const made = deps(
    Array.from({ length: 150 }, () => delivery()),
    () => Promise.resolve(sent),
  );
  await deliverProcessor({ ...made, again })({ channel: 'telegram', chat: '-100:7' });
  expect(made.settled).toHaveLength(100);
  expect(again.mock.calls).toEqual([[chat, 0]]);
});

test('an answer goes out past a head that has to wait, and the head is not looked at again before its time', async () => {
  let now = NOW;
  const say: Delivery = { ...delivery(), out: { out: 'say', to: { chat }, notice: { notice: 'not-understood' } } };
  const waiting = [say];
  const made = deps(waiting, ({ out }) =>
    Promise.resolve(out.out === 'answer' || now > NOW ? sent : { ended: 'later', afterMs: 1_500, why: 'pace' }),
  );
  made.clock.now = () => now;
  const again = vi.fn(() => Promise.resolve());
  const process = deliverProcessor({ ...made, again });
  await process({ channel: 'telegram', chat: '-100:7' });
  waiting.push(delivery());
  await process({ channel: 'telegram', chat: '-100:7' });
  expect([made.settled.length, made.leases.length, again.mock.calls.length]).toEqual([2, 2, 1]);
  now = NOW + 1_500;
  waiting.push(say, delivery(), say);
  await process({ channel: 'telegram', chat: '-100:7' });
  expect([made.settled.length, made.leases.length, again.mock.calls.length]).toEqual([5, 6, 1]);
});
