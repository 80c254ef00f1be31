// One delivery to its end or to a pause, and a chat's deliveries one after the other.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type DeliverDeps, deliverNext, deliverProcessor } from '../../queues/deliver.ts';
import { failures } from '../../queues/failures.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Delivered, Delivery } from '../../src/ports/store.ts';

const chat: Chat = { channel: 'telegram', id: '-100:7' };
const NOW = 1_800_000_000_000;

afterEach(() => {
  vi.useRealTimers();
});

class Away extends Error {}

const TEN_MINUTES = 600_000;

function delivery(attempts = 1, ageMs = 0): Delivery {
  const out = { out: 'answer', tap: 't', chat, account: '1', notice: null, alert: false } as const;
  return { id: 'd', office: null, chat, out, attempts, createdAt: NOW - ageMs };
}

function deps(waiting: Delivery[], perform: DeliverDeps['perform']) {
  const settled: { id: string; delivered: Delivered; now: number }[] = [];
  const leases: number[] = [];
  const extended: number[] = [];
  const made: DeliverDeps = {
    clock: { now: () => NOW },
    perform,
    transient: (error) => error instanceof Away,
    failures: failures(),
    store: {
      leaseDelivery: (_chat, _now, leaseMs) => {
        leases.push(leaseMs);
        return Promise.resolve(waiting.shift() ?? null);
      },
      extendLease: (_delivery, _now, leaseMs) => {
        extended.push(leaseMs);
        return Promise.resolve();
      },
      settleDelivery: (one, delivered, now) => {
        settled.push({ id: one.id, delivered, now });
        return Promise.resolve();
      },
    },
  };
  return { ...made, settled, leases, extended };
}

const sent: Delivered = { ended: 'sent', messages: ['9'] };

test('nothing to deliver: nothing is done', async () => {
  const perform = vi.fn();
  const made = deps([], perform);
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: null, answered: false });
  expect(perform).not.toHaveBeenCalled();
});

test('a delivery is leased for 6 seconds, performed and settled', async () => {
  const made = deps([delivery()], () => Promise.resolve(sent));
  expect(await deliverNext(made, chat)).toEqual({ more: true, againAtMs: null, answered: true });
  expect(made.leases).toEqual([6_000]);
  expect(made.extended).toEqual([]);
  expect(made.settled).toEqual([{ id: 'd', delivered: sent, now: NOW }]);
});

test('a platform that asks to wait is waited for', async () => {
  const later: Delivered = { ended: 'later', afterMs: 7_000, why: '429' };
  const made = deps([delivery(), delivery()], () => Promise.resolve(later));
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: NOW + 7_000, answered: true });
  expect(made.settled.map((one) => one.delivered)).toEqual([later]);
});

test('a throw is tried again after a pause that grows, however often the platform had put the delivery off before', async () => {
  const made = deps(
    Array.from({ length: 7 }, () => delivery(20, 60_000)),
    () => Promise.reject(new Error('socket hang up')),
  );
  const pauses: number[] = [];
  for (let i = 0; i < 7; i += 1) pauses.push(((await deliverNext(made, chat)).againAtMs ?? NOW) - NOW);
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(made.settled[0]?.delivered).toEqual({ ended: 'later', afterMs: 2_000, why: 'socket hang up' });
});

test('after a wait of hours for the platform one throw ends nothing', async () => {
  const made = deps([delivery(40, 4 * 3_600_000)], () => Promise.reject(new Error('no end of a file')));
  expect(await deliverNext(made, chat)).toEqual({ more: false, againAtMs: NOW + 2_000, answered: true });
});

test.for([
  ['a young delivery', 60_000, { ended: 'later', afterMs: 60_000, why: 'on the spot' }],
  ['a delivery of ten minutes', TEN_MINUTES, { ended: 'refused', why: 'on the spot' }],
] as const)('the eighth throw: %s', async ([, ageMs, eighth]) => {
  const made = deps(
    Array.from({ length: 8 }, () => delivery(1, ageMs)),
    () => {
      throw new Error('on the spot');
    },
  );
  for (let i = 0; i < 8; i += 1) await deliverNext(made, chat);
  expect(made.settled.slice(0, 7).map(({ delivered }) => delivered.ended)).toEqual(Array(7).fill('later'));
  expect(made.settled[7]?.delivered).toEqual(eighth);
});

test('the next delivery has its turn when one is ended', async () => {
  const bad = { ...delivery(1, TEN_MINUTES), id: 'bad' };
  const made = deps([...Array.from({ length: 8 }, () => bad), delivery()], ({ id }) =>
    id === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(sent),
  );
  for (let i = 0; i < 7; i += 1) expect((await deliverNext(made, chat)).more).toBe(false);
  expect((await deliverNext(made, chat)).more).toBe(true);
  await deliverNext(made, chat);
  expect(made.settled.slice(-2)).toMatchObject([
    { id: 'bad', delivered: { ended: 'refused' } },
    { id: 'd', delivered: sent },
  ]);
});

test('a store that is away never ends a delivery, nor does it count against it', async () => {
  let away = true;
  const made = deps(
    Array.from({ length: 20 }, () => delivery(20, TEN_MINUTES)),
    () => Promise.reject(away ? new Away('terminating connection') : new Error('no')),
  );
  for (let i = 0; i < 19; i += 1) expect((await deliverNext(made, chat)).more).toBe(false);
  away = false;
  expect((await deliverNext(made, chat)).more).toBe(false);
  expect(made.settled.map(({ delivered }) => delivered.ended)).toEqual(Array(20).fill('later'));
});

test('the lease is extended for as long as it is being sent, and not a moment longer', async () => {
  vi.useFakeTimers();
  const made = deps([delivery()], () => new Promise((resolve) => setTimeout(resolve, 10_000, sent)));
  const next = deliverNext(made, chat);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(made.extended).toEqual(Array(6).fill(6_000));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await next).toMatchObject({ more: true });
  expect(made.extended).toHaveLength(6);
});

test('a store that is away while something is being sent keeps nobody from sending it', async () => {
  vi.useFakeTimers();
  const made = deps([delivery()], () => new Promise((resolve) => setTimeout(resolve, 10_000, sent)));
  made.store.extendLease = () => Promise.reject(new Away('terminating connection'));
  const next = deliverNext(made, chat);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await next).toMatchObject({ more: true });
  expect(made.settled).toMatchObject([{ delivered: sent }]);
});

test('what hangs is given up', async () => {
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

describe('a store that is away when something has been sent', () => {
  const awayFor = (made: ReturnType<typeof deps>, times: number) => {
    const settle = made.store.settleDelivery;
    let left = times;
    made.store.settleDelivery = (...settled) => {
      left -= 1;
      return left >= 0 ? Promise.reject(new Away('the database system is starting up')) : settle(...settled);
    };
  };
  const process = (made: ReturnType<typeof deps>) =>
    deliverProcessor({ ...made, again: () => Promise.resolve() })({ channel: 'telegram', chat: '-100:7' });

  test('it is settled when the store is back, and sent once', async () => {
    vi.useFakeTimers();
    const perform = vi.fn(() => Promise.resolve(sent));
    const made = deps([delivery(), delivery()], perform);
    awayFor(made, 20);
    const ended = process(made);
    await vi.advanceTimersByTimeAsync(11_000);
    await ended;
    expect(made.settled).toHaveLength(2);
    expect(perform).toHaveBeenCalledTimes(2);
  });

  test('after two minutes it is left to the lease', async () => {
    vi.useFakeTimers();
    const made = deps([delivery()], () => Promise.resolve(sent));
    awayFor(made, 100_000);
    const ended = expect(process(made)).rejects.toThrow('starting up');
    await vi.advanceTimersByTimeAsync(121_000);
    await ended;
  });
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
