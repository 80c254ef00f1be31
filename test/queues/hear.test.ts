// A lane is heard until it is empty; a timer's job is one turn.
import { expect, test, vi } from 'vitest';
import { hearProcessor } from '../../queues/hear.ts';
import { wakeProcessor } from '../../queues/wake.ts';

test('a lane is heard until nothing is left', async () => {
  const left = ['more', 'more', 'empty'] as const;
  let turn = 0;
  const hear = vi.fn((_lane: string) => Promise.resolve(left[turn++] ?? 'empty'));
  const again = vi.fn(() => Promise.resolve());
  await hearProcessor({ hear, again })({ lane: 'telegram:1:2' });
  expect(hear.mock.calls).toEqual([['telegram:1:2'], ['telegram:1:2'], ['telegram:1:2']]);
  expect(again).not.toHaveBeenCalled();
});

test('a lane without end goes to the end of the queue', async () => {
  const hear = vi.fn(() => Promise.resolve('more' as const));
  const again = vi.fn(() => Promise.resolve());
  await hearProcessor({ hear, again })({ lane: 'flood' });
  expect(hear).toHaveBeenCalledTimes(100);
  expect(again.mock.calls).toEqual([['flood']]);
});

test('a turn that fails fails the job', async () => {
  const processor = hearProcessor({ hear: () => Promise.reject(new Error('database is down')), again: () => Promise.resolve() });
  await expect(processor({ lane: 'x' })).rejects.toThrow('database is down');
});

test('a timer is woken by its id', async () => {
  const wake = vi.fn(() => Promise.resolve());
  await wakeProcessor({ wake })({ timer: '42' });
  expect(wake.mock.calls).toEqual([['42']]);
});
