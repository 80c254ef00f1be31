// What a round makes again, how it behaves when store or queues fail, and when the next one comes.
import { expect, test } from 'vitest';
import type { AddOptions, Payload, QueueName } from '../../queues/catalogue.ts';
import { chatOf, chatText, type ReconcileDeps, reconcile, startReconciler } from '../../queues/reconcile.ts';
import type { Backlog } from '../../src/ports/store.ts';
import { backlog, listening } from './helpers.ts';

const NOW = 1_800_000_000_000;

function stage(rows: () => Promise<Backlog>, accepts: () => boolean = () => true) {
  const added: [QueueName, unknown, AddOptions?][] = [];
  const asked: number[] = [];
  const log = listening();
  const planned: { work: () => void; ms: number; taken: boolean }[] = [];
  let now = NOW;
  const deps: ReconcileDeps = {
    log,
    clock: { now: () => now },
    store: {
      backlog: (at) => {
        asked.push(at);
        return rows();
      },
    },
    queues: {
      add<N extends QueueName>(name: N, payload: Payload<N>, options?: AddOptions) {
        if (!accepts()) return Promise.resolve(false);
        added.push(options === undefined ? [name, payload] : [name, payload, options]);
        return Promise.resolve(true);
      },
    },
    later(work, ms) {
      const plan = { work, ms, taken: false };
      planned.push(plan);
      return () => {
        plan.taken = true;
      };
    },
  };
  const move = (ms: number): void => {
    now += ms;
  };
  return { deps, added, asked, log, planned, move };
}

test('every kind of row gets its job, and the next timers a delayed one', async () => {
  const soon = [
    { id: 's', at: NOW + 5_000 },
    { id: 'far', at: NOW + 600_001 },
  ];
  const { deps, added } = stage(() =>
    Promise.resolve(backlog({ lanes: ['l'], timers: ['t'], chats: ['telegram:-100:7'], media: ['m'], soon })),
  );
  expect(await reconcile(deps)).toBe(false);
  expect(added).toEqual([
    ['wake', { timer: 't' }],
    ['hear', { lane: 'l' }],
    ['deliver', { channel: 'telegram', chat: '-100:7' }],
    ['keep-media', { media: 'm' }],
    ['wake', { timer: 's' }, { delayMs: 5_000 }],
  ]);
});

test('of very many timers ahead only the nearest get their job now', async () => {
  const soon = Array.from({ length: 80 }, (_, number) => ({ id: `t${number}`, at: NOW + 80_000 - number * 1_000 }));
  const { deps, added } = stage(() => Promise.resolve(backlog({ soon })));
  await reconcile(deps);
  expect(added).toHaveLength(50);
  expect(added[0]).toEqual(['wake', { timer: 't79' }, { delayMs: 1_000 }]);
});

test('an idle round adds nothing', async () => {
  const { deps, added } = stage(() => Promise.resolve(backlog({})));
  expect(await reconcile(deps)).toBe(false);
  expect(added).toEqual([]);
});

test('a full list means that there is more', async () => {
  const lanes = Array.from({ length: 500 }, (_, number) => `l${number}`);
  const { deps, added } = stage(() => Promise.resolve(backlog({ lanes })));
  expect(await reconcile(deps)).toBe(true);
  expect(added).toHaveLength(500);
});

test('a backend that takes nothing is not asked for every row', async () => {
  const lanes = Array.from({ length: 300 }, (_, number) => `l${number}`);
  let asked = 0;
  const { deps } = stage(
    () => Promise.resolve(backlog({ lanes })),
    () => {
      asked += 1;
      return false;
    },
  );
  await reconcile(deps);
  expect(asked).toBeLessThan(10);
});

test('a store that fails is said once a round and survived', async () => {
  const { deps, log } = stage(() => Promise.reject(new Error('database is down')));
  expect(await reconcile(deps)).toBe(false);
  expect(log.lines).toEqual([{ level: 'warn', fields: { err: 'database is down' }, message: 'reconcile: a round failed' }]);
});

test('rounds come at once, then every few seconds, sooner while there is more', async () => {
  let full = true;
  const lanes = Array.from({ length: 500 }, (_, number) => `l${number}`);
  const { deps, planned, asked } = stage(() => Promise.resolve(backlog(full ? { lanes } : {})));
  const reconciler = startReconciler(deps);
  await reconciler.kick();
  expect(asked).toHaveLength(2);
  expect(planned.map(({ ms, taken }) => [ms, taken])).toEqual([
    [1_000, true],
    [1_000, false],
  ]);
  full = false;
  await reconciler.kick();
  expect(planned.at(-1)).toMatchObject({ ms: 3_000, taken: false });
  await reconciler.stop();
  expect(planned.every(({ taken }) => taken)).toBe(true);
});

test('a kick during a round is a round of its own, at the clock as it is then', async () => {
  const { deps, asked, move } = stage(() => Promise.resolve(backlog({})));
  const reconciler = startReconciler(deps);
  const first = reconciler.kick();
  move(86_400_000);
  await Promise.all([first, reconciler.kick()]);
  expect(asked.at(-1)).toBe(NOW + 86_400_000);
  await reconciler.stop();
});

test('a stopped reconciler does nothing any more', async () => {
  const { deps, asked, planned } = stage(() => Promise.resolve(backlog({})));
  const reconciler = startReconciler(deps);
  await reconciler.kick();
  await reconciler.stop();
  const before = asked.length;
  for (const { work } of planned) work();
  await reconciler.kick();
  expect(asked).toHaveLength(before);
});

test('a chat survives the way into text and back, colons and all', () => {
  const chat = { channel: 'whatsapp', id: '628:1@s' } as const;
  expect(chatOf(chatText(chat))).toEqual(chat);
});
