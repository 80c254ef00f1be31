// The benchmarks' arithmetic and their table: a wrong percentile would praise or blame for nothing.
import { expect, test } from 'vitest';
import { type Figure, median, percentile, ratioOf } from '../../bench/figure.ts';
import { page, table } from '../../bench/report.ts';

const figure: Figure = {
  bench: 'tap',
  name: 'tap to answer, median',
  unit: 'ms',
  value: 12.34,
  floor: { is: 'bare bot', value: 2 },
  promise: '≤ 50 ms',
};

test('a percentile is the smallest value that so many do not exceed', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([median(values), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the ratio is Alur divided by its floor, and there is none without a floor', () => {
  expect(ratioOf(figure)).toBeCloseTo(6.17);
  expect(ratioOf({ ...figure, floor: null })).toBeNull();
});

test('every figure stands beside its floor and its promise', () => {
  const [head, row] = table([figure]).split('\n');
  expect(head).toMatch(/figure +Alur +floor +ratio +promise/);
  expect(row).toMatch(/12\.3 ms +2\.00 ms +× 6\.17 +≤ 50 ms +bare bot$/);
});

test('the page names the machine, the day and what must be minded', () => {
  const text = page([figure], { line: '2 cores of X', warnings: ['in memory'] }, '2026-11-21');
  expect(text).toContain('on 2026-11-21');
  expect(text).toContain('Machine: 2 cores of X');
  expect(text).toContain('Mind: in memory.');
  expect(text).toContain('| tap | tap to answer, median | 12.3 ms | 2.00 ms | × 6.17 | ≤ 50 ms | bare bot |');
});
