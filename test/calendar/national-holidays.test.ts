import { expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { addDays } from '../../src/calendar/dates.ts';
import { missingYears, NATIONAL_HOLIDAYS, nationalHolidayOn } from '../../src/calendar/national-holidays.ts';
import { local, officeTime } from './local-time.ts';

test.each([
  [2026, 17, 8],
  [2027, 18, 8],
])('%i has %i libur nasional and %i days of cuti bersama, each date once', (year, nasional, cutiBersama) => {
  const holidays = NATIONAL_HOLIDAYS.filter((holiday) => holiday.date.startsWith(`${year}-`));
  expect(holidays.filter((holiday) => holiday.kind === 'nasional')).toHaveLength(nasional);
  expect(holidays.filter((holiday) => holiday.kind === 'cuti_bersama')).toHaveLength(cutiBersama);
  expect(new Set(holidays.map((holiday) => holiday.date)).size).toBe(nasional + cutiBersama);
});

test.each([
  [2026, 'nasional', '1/1 16/1 17/2 19/3 21/3 22/3 3/4 5/4 1/5 14/5 27/5 31/5 1/6 16/6 17/8 25/8 25/12'],
  [2026, 'cuti_bersama', '16/2 18/3 20/3 23/3 24/3 15/5 28/5 24/12'],
  [2027, 'nasional', '1/1 5/1 6/2 8/3 10/3 11/3 26/3 28/3 1/5 6/5 17/5 20/5 1/6 6/6 15/8 17/8 25/12 26/12'],
  [2027, 'cuti_bersama', '5/2 9/3 12/3 15/3 25/3 18/5 19/5 24/12'],
])('the table of %i has the dates of the decree: %s', (year, kind, decree) => {
  const days = NATIONAL_HOLIDAYS.filter((holiday) => holiday.kind === kind && holiday.date.startsWith(`${year}-`));
  expect(days.map(({ date }) => `${Number(date.slice(8))}/${Number(date.slice(5, 7))}`).join(' ')).toBe(decree);
});

// The stock exchange, which closes on one more weekday (31 December), announces 239 and 241 sessions.
test.each([
  [2026, 240],
  [2027, 242],
])('a five-day office works on the days of %i that the exchange trades, and on 31 December', (year, days) => {
  const calendar = calendarOf(officeTime());
  let count = 0;
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) if (calendar.isWorkingDay(date)) count++;
  expect(count).toBe(days);
});

test('a holiday carries its name, its kind and the decree it comes from', () => {
  expect(nationalHolidayOn('2027-03-09')).toEqual({
    date: '2027-03-09',
    name: 'Cuti bersama Idulfitri 1448 Hijriah',
    kind: 'cuti_bersama',
    source: 'SKB 3 Menteri tanggal 15 September 2026',
  });
  expect(nationalHolidayOn('2026-11-20')).toBeUndefined();
});

test.each([
  ['this year and the next are there', '2026-11-20 09:00', []],
  ['until 30 September nobody asks for the next year', '2027-09-30 23:59', []],
  ['from 1 October the next year is asked for', '2027-10-01 00:00', [2028]],
  ['a year that has begun without its table is asked for at any time', '2028-02-01 09:00', [2028]],
  ['and so are both', '2028-12-01 09:00', [2028, 2029]],
])('%s', (_what, now, missing) => {
  expect(missingYears(local(now), 'Asia/Jakarta')).toEqual(missing);
});

test('1 October begins with the office, not with UTC', () => {
  expect(missingYears(local('2027-10-01 00:30', '+09:00'), 'Asia/Jayapura')).toEqual([2028]);
  expect(missingYears(local('2027-10-01 00:30', '+09:00'), 'Asia/Jakarta')).toEqual([]);
});
