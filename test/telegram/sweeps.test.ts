// When everything is looked through for what is over: never for each newcomer.
import { expect, test } from 'vitest';
import { sweeps } from '../../bots/telegram/sweeps.ts';

const START = 1_790_000_000_000;

test('a few are left as they are', () => {
  const due = sweeps(100, 10_000);
  expect([due(0, START), due(99, START + 60_000)]).toEqual([false, false]);
});

test('many are looked through at once, and again after ten seconds', () => {
  const due = sweeps(100, 10_000);
  expect([due(100, START), due(101, START), due(150, START + 9_999), due(151, START + 10_000), due(152, START + 10_001)]).toEqual([
    ...[true, false, false, true, false],
  ]);
});

test('twice as many as the last time are looked through before that', () => {
  const due = sweeps(100, 10_000);
  expect([due(100, START), due(199, START), due(200, START), due(399, START), due(400, START)]).toEqual([true, false, true, false, true]);
});

test('a clock that was set back puts it off for nobody', () => {
  const due = sweeps(100, 10_000);
  expect([due(100, START), due(101, START - 3_600_000), due(102, START - 3_600_000)]).toEqual([true, true, false]);
});
