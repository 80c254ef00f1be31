import { expect, test } from 'vitest';
import { monthSpan, readMonth } from '../../src/calendar/month.ts';

test('a month is written as year and month, and nothing else is one', () => {
  expect(readMonth('2026-11')).toBe('2026-11');
  for (const text of ['', '2026-13', '2026-00', '1999-12', '11-2026', '2026-11-01', 'november']) expect(readMonth(text)).toBeNull();
});

test('it lasts from its first instant where the office is to that of the next', () => {
  const iso = (month: string, zone: string) => Object.values(monthSpan(month, zone)).map((at) => new Date(at).toISOString());
  expect(iso('2026-12', 'Asia/Jakarta')).toEqual(['2026-11-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z']);
  expect(iso('2028-02', 'Asia/Makassar')).toEqual(['2028-01-31T16:00:00.000Z', '2028-02-29T16:00:00.000Z']);
});
