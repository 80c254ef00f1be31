import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant, rfc3339 } from '../../src/calendar/rfc3339.ts';
import { local, ZONES } from './local-time.ts';

test.each(ZONES)("an instant is written with $timezone's offset and without parts of a second", ({ timezone, offset }) => {
  expect(rfc3339(local('2026-11-23 16:00', offset) + 999, timezone)).toBe(`2026-11-23T16:00:00${offset}`);
});

test.each([
  ['2026-11-20T14:00+07:00', '2026-11-20T07:00:00.000Z'],
  ['2026-11-20T14:00:30+07:00', '2026-11-20T07:00:30.000Z'],
  ['2026-11-20T07:00:30.250Z', '2026-11-20T07:00:30.250Z'],
  ['2026-11-20t07:00z', '2026-11-20T07:00:00.000Z'],
])('%s is read', (text, instant) => {
  expect(parseInstant(text)).toBe(Date.parse(instant));
});

test.each([
  '',
  '2026-11-20',
  '2026-11-20T14:00',
  '2026-11-20 14:00+07:00',
  '2026-11-20T14:00+0700',
  'besok',
  '2026-02-30T10:00Z',
  '2026-11-20T25:00Z',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('what is written is read again as the same second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fc.constantFrom(...ZONES), (second, { timezone }) => {
      expect(parseInstant(rfc3339(second * 1000, timezone))).toBe(second * 1000);
    }),
  );
});
