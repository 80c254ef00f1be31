import { expect, test } from 'vitest';
import { addDays } from '../../src/calendar/dates.ts';
import { DAYS_KEPT, zoneOf } from '../../src/calendar/zone.ts';
import { local, ZONES } from './local-time.ts';

test.each(ZONES)('a day of $timezone begins at its own midnight', ({ timezone, offset }) => {
  const zone = zoneOf(timezone);
  const midnight = local('2026-11-20 00:00', offset);
  expect(zone.startOf('2026-11-20')).toBe(midnight);
  expect(zone.dateOf(midnight)).toBe('2026-11-20');
  expect(zone.dateOf(midnight - 1)).toBe('2026-11-19');
  expect(zone.dateOf(midnight + 86_399_999)).toBe('2026-11-20');
});

test('a zone west of Greenwich is a day behind UTC in its evening', () => {
  const zone = zoneOf('America/New_York');
  expect(zone.dateOf(Date.parse('2026-11-20T03:00:00Z'))).toBe('2026-11-19');
  expect(zone.dateOf(Date.parse('2026-11-20T06:00:00Z'))).toBe('2026-11-20');
});

test('offices of one zone share its days', () => {
  expect(zoneOf('Asia/Jakarta')).toBe(zoneOf('Asia/Jakarta'));
});

test('an unknown zone is refused each time it is asked for', () => {
  expect(() => zoneOf('Asia/Negeri_Khayalan')).toThrow(RangeError);
  expect(() => zoneOf('Asia/Negeri_Khayalan')).toThrow(RangeError);
});

test('more days than are kept still give right answers', () => {
  const zone = zoneOf('Asia/Pontianak');
  for (let day = 0, date = '2026-01-01'; day <= DAYS_KEPT; day++, date = addDays(date, 1)) zone.startOf(date);
  expect(zone.startOf('2026-11-20')).toBe(local('2026-11-20 00:00'));
});
