import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dateOfDayNumber, dayNumberOf, timeOfDayMs, weekdayOf } from '../../src/calendar/dates.ts';

test('days are added over months, leap days and years, forwards and backwards', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('weekdays are known before and after 1970', () => {
  expect(weekdayOf('2026-11-20')).toBe('fri');
  expect(weekdayOf('1970-01-01')).toBe('thu');
  expect(weekdayOf('1945-08-17')).toBe('fri');
});

test('a time of day is read with and without seconds', () => {
  expect(timeOfDayMs('07:30')).toBe(27_000_000);
  expect(timeOfDayMs('23:59:59')).toBe(86_399_000);
  expect(timeOfDayMs('24:00')).toBe(86_400_000);
});

test('every day has one number and seven days make a week', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50_000, max: 50_000 }), (day) => {
      const date = dateOfDayNumber(day);
      expect(dayNumberOf(date)).toBe(day);
      expect(weekdayOf(addDays(date, 7))).toBe(weekdayOf(date));
      expect(weekdayOf(addDays(date, 1))).not.toBe(weekdayOf(date));
    }),
  );
});
