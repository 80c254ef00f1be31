import { describe, expect, test } from 'vitest';
import { calendarOf, DATES_KEPT } from '../../src/calendar/calendar.ts';
import { addDays } from '../../src/calendar/dates.ts';
import type { Hours } from '../../src/office/office.ts';
import { local, officeTime } from './local-time.ts';

const spansOn = (calendar: ReturnType<typeof calendarOf>, date: string): string[] =>
  calendar.spansOf(date).map(({ from, to }) => `${clockOf(from)}-${clockOf(to)}`);
const clockOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(11, 16);

describe('the national pattern', () => {
  const calendar = calendarOf(officeTime());

  test('works from half past seven, with a longer break and a later closing on Fridays', () => {
    expect(spansOn(calendar, '2026-11-19')).toEqual(['07:30-12:00', '13:00-16:00']);
    expect(spansOn(calendar, '2026-11-20')).toEqual(['07:30-11:30', '13:00-16:30']);
  });

  test('adds up to 37 hours 30 minutes a week', () => {
    const week = ['16', '17', '18', '19', '20', '21', '22'].flatMap((day) => calendar.spansOf(`2026-11-${day}`));
    expect(week.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(37.5 * 3_600_000);
  });

  test('is closed at weekends and on national holidays and cuti bersama', () => {
    for (const date of ['2026-11-21', '2026-11-22', '2026-12-24', '2026-12-25']) {
      expect(calendar.spansOf(date)).toEqual([]);
      expect(calendar.isWorkingDay(date)).toBe(false);
    }
    expect(calendar.isWorkingDay('2026-11-20')).toBe(true);
  });

  test('names what makes a day free; a weekend has no such name', () => {
    expect(calendar.holidayName('2026-12-24')).toBe('Cuti bersama Kelahiran Yesus Kristus (Natal)');
    expect(calendar.holidayName('2026-11-21')).toBeNull();
    expect(calendar.holidayName('2026-11-20')).toBeNull();
  });

  test('knows its zone and that it has closing hours', () => {
    expect(calendar.timezone).toBe('Asia/Jakarta');
    expect(calendar.always).toBe(false);
  });

  test('turns dates and times of day into instants and back', () => {
    expect(calendar.instantOf('2026-11-20', '14:05')).toBe(local('2026-11-20 14:05'));
    expect(calendar.instantOf('2026-11-20', '23:59:59')).toBe(local('2026-11-20 23:59:59'));
    expect(calendar.dateOf(local('2026-11-20 00:00'))).toBe('2026-11-20');
  });
});

describe('seasons', () => {
  test('replace the hours from their first to their last day, both included', () => {
    const calendar = calendarOf(officeTime());
    expect(spansOn(calendar, '2027-02-05')).toEqual([]);
    expect(spansOn(calendar, '2027-02-04')).toEqual(['07:30-12:00', '13:00-16:00']);
    expect(spansOn(calendar, '2027-02-08')).toEqual(['08:00-12:00', '12:30-15:00']);
    expect(spansOn(calendar, '2027-03-05')).toEqual(['08:00-11:30', '12:30-15:30']);
    const shorter = calendarOf(
      officeTime({ seasons: [{ from: '2026-11-17', to: '2026-11-18', hours: { tue: [], wed: [{ from: '09:00', to: '10:00' }] } }] }),
    );
    expect(spansOn(shorter, '2026-11-17')).toEqual([]);
    expect(spansOn(shorter, '2026-11-18')).toEqual(['09:00-10:00']);
    expect(spansOn(shorter, '2026-11-19')).toEqual(['07:30-12:00', '13:00-16:00']);
  });

  test('close a weekday they leave out', () => {
    const calendar = calendarOf(
      officeTime({ seasons: [{ from: '2026-11-16', to: '2026-11-20', hours: { mon: [{ from: '09:00', to: '10:00' }] } }] }),
    );
    expect(calendar.isWorkingDay('2026-11-16')).toBe(true);
    expect(calendar.isWorkingDay('2026-11-17')).toBe(false);
  });

  test('of two that overlap the first in the file holds', () => {
    const hours = (from: string): Hours => ({ thu: [{ from, to: '15:00' }] });
    const seasons = [
      { from: '2026-11-01', to: '2026-11-30', hours: hours('09:00') },
      { from: '2026-11-19', to: '2026-11-19', hours: hours('10:00') },
    ];
    expect(spansOn(calendarOf(officeTime({ seasons })), '2026-11-19')).toEqual(['09:00-15:00']);
  });

  test('may open every minute for a time, free days included', () => {
    const calendar = calendarOf(officeTime({ seasons: [{ from: '2026-12-24', to: '2026-12-26', hours: 'always' }] }));
    expect(spansOn(calendar, '2026-12-25')).toEqual(['00:00-00:00']);
    expect(calendar.isWorkingDay('2026-12-27')).toBe(false);
    expect(calendar.always).toBe(false);
  });
});

describe("an office's own days", () => {
  const listed = (date: string, open: boolean, hours?: Hours) =>
    calendarOf(officeTime({ holidays: [{ date, name: 'Hari kantor', open }], ...(hours ? { hours } : {}) }));

  test('are free on top of the national table', () => {
    const calendar = listed('2026-12-31', false);
    expect(calendar.isWorkingDay('2026-12-31')).toBe(false);
    expect(calendar.holidayName('2026-12-31')).toBe('Hari kantor');
    expect(calendar.isWorkingDay('2026-12-25')).toBe(false);
  });

  test('opened on a national holiday keep the hours of their weekday', () => {
    const calendar = listed('2026-12-25', true);
    expect(spansOn(calendar, '2026-12-25')).toEqual(['07:30-11:30', '13:00-16:30']);
    expect(calendar.holidayName('2026-12-25')).toBeNull();
  });

  test("opened at a weekend keep Monday's hours", () => {
    expect(spansOn(listed('2026-11-21', true), '2026-11-21')).toEqual(['07:30-12:00', '13:00-16:00']);
  });

  test("opened where Monday is closed too keep the first weekday's hours, and stay closed where there are none", () => {
    expect(spansOn(listed('2026-11-21', true, { wed: [{ from: '09:00', to: '14:00' }] }), '2026-11-21')).toEqual(['09:00-14:00']);
    expect(spansOn(listed('2026-11-21', true, {}), '2026-11-21')).toEqual([]);
  });

  test('of two entries for one date the last holds', () => {
    const entry = (name: string, open: boolean) => ({ date: '2026-11-20', name, open });
    expect(calendarOf(officeTime({ holidays: [entry('a', false), entry('b', true)] })).isWorkingDay('2026-11-20')).toBe(true);
    expect(calendarOf(officeTime({ holidays: [entry('a', true), entry('b', false)] })).holidayName('2026-11-20')).toBe('b');
  });
});

describe('an office that is always open', () => {
  const calendar = calendarOf(officeTime({ hours: 'always', seasons: [], holidays: [{ date: '2026-11-20', name: 'Libur', open: false }] }));

  test('knows no free days at all', () => {
    for (const date of ['2026-11-20', '2026-11-22', '2026-12-25']) {
      expect(calendar.spansOf(date)).toEqual([{ from: local(`${date} 00:00`), to: local(`${addDays(date, 1)} 00:00`) }]);
      expect(calendar.holidayName(date)).toBeNull();
    }
    expect(calendar.always).toBe(true);
  });

  test('closes with the last second of the day', () => {
    expect(calendar.workingDayFrom('2026-11-22')).toEqual({
      date: '2026-11-22',
      opening: local('2026-11-22 00:00'),
      closing: local('2026-11-22 23:59:59'),
    });
  });
});

describe('searching', () => {
  const calendar = calendarOf(officeTime());

  test('the next date is the n-th working day after a date', () => {
    expect(calendar.nextDate('2026-11-20')).toBe('2026-11-23');
    expect(calendar.nextDate('2026-11-19', 2)).toBe('2026-11-23');
    expect(calendar.nextDate('2026-11-22', 1)).toBe('2026-11-23');
  });

  test('none after a date is the date itself, or the next working day when it is free', () => {
    expect(calendar.nextDate('2026-11-20', 0)).toBe('2026-11-20');
    expect(calendar.nextDate('2026-11-21', 0)).toBe('2026-11-23');
  });

  test('working days are found forwards and backwards', () => {
    expect(calendar.workingDayFrom('2026-12-24').date).toBe('2026-12-28');
    expect(calendar.workingDayUntil('2026-12-27').date).toBe('2026-12-23');
    expect(calendar.workingDayUntil('2026-12-23').closing).toBe(local('2026-12-23 16:00'));
  });

  test.each([
    ['inside a span is that instant', '2026-11-19 09:15', '2026-11-19 09:15'],
    ['the first instant of a span belongs to it', '2026-11-19 07:30', '2026-11-19 07:30'],
    ['before opening', '2026-11-19 05:00', '2026-11-19 07:30'],
    ['the end of a span is in the break', '2026-11-19 12:00', '2026-11-19 13:00'],
    ['at closing', '2026-11-19 16:00', '2026-11-20 07:30'],
    ['before a weekend', '2026-11-20 18:00', '2026-11-23 07:30'],
    ['on a free day', '2026-12-25 09:00', '2026-12-28 07:30'],
  ])('the next opening: %s', (_what, from, to) => {
    expect(calendar.openingAfter(local(from))).toBe(local(to));
  });

  test('an office that never opens is an error, not an endless search', () => {
    expect(() => calendarOf(officeTime({ hours: {}, seasons: [] })).nextDate('2026-11-20')).toThrow(RangeError);
  });
});

test('the same office gives the same calendar, a changed one its own', () => {
  const time = officeTime();
  expect(calendarOf(time)).toBe(calendarOf(time));
  expect(calendarOf({ ...time })).not.toBe(calendarOf(time));
});

test('more dates than are kept still give right answers', () => {
  const calendar = calendarOf(officeTime());
  for (let day = 0, date = '2026-01-01'; day <= DATES_KEPT; day++, date = addDays(date, 1)) calendar.isWorkingDay(date);
  expect(calendar.isWorkingDay('2026-11-20')).toBe(true);
  expect(calendar.isWorkingDay('2026-11-21')).toBe(false);
});
