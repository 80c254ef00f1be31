// Post that may have ended the process before: one at a time, and what did so twice lets the others go first.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { apart } from '../../bin/service/apart.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('one begins when the one before it has ended, also when that failed', async () => {
  const alone = apart(1_000);
  const order: string[] = [];
  let end: (error: Error) => void = () => undefined;
  const first = alone(1, () => {
    order.push('first');
    return new Promise((_, reject) => {
      end = reject;
    });
  }).catch(() => order.push('first failed'));
  const second = alone(1, async () => order.push('second'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(order).toEqual(['first']);
  end(new Error('broken'));
  await Promise.all([first, second]);
  expect(order).toContain('second');
});

test('what began twice before waits a while, and keeps nobody waiting meanwhile', async () => {
  const alone = apart(1_000);
  const order: string[] = [];
  const twice = alone(2, async () => order.push('twice'));
  await alone(1, async () => order.push('once'));
  expect(order).toEqual(['once']);
  await vi.advanceTimersByTimeAsync(1_000);
  await twice;
  expect(order).toEqual(['once', 'twice']);
});
