import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { isQuiet, lastAllowedBefore, whenAllowed } from '../../src/calendar/quiet.ts';
import type { OfficeTime } from '../../src/office/office.ts';
import { randomFrom, randomInstant, randomOffice } from '../support/random-office.ts';
import { local, officeTime } from './local-time.ts';

const usual = officeTime();
const always = officeTime({ hours: 'always', seasons: [] });

describe('quiet', () => {
  test.each([
    ['2026-11-19 19:59:59', false],
    ['2026-11-19 20:00', true],
    ['2026-11-20 00:00', true],
    ['2026-11-20 05:59:59', true],
    ['2026-11-20 06:00', false],
    ['2026-11-20 12:00', false],
    ['2026-11-21 12:00', true],
    ['2026-12-25 12:00', true],
  ])('hours over midnight and free days: %s is %s', (at, quiet) => {
    expect(isQuiet(usual, local(at))).toBe(quiet);
  });

  test('hours within one day', () => {
    const siesta = officeTime({ quiet: { from: '11:30', to: '13:00' } });
    expect(isQuiet(siesta, local('2026-11-20 11:30'))).toBe(true);
    expect(isQuiet(siesta, local('2026-11-20 12:59'))).toBe(true);
    expect(isQuiet(siesta, local('2026-11-20 13:00'))).toBe(false);
    expect(isQuiet(siesta, local('2026-11-20 03:00'))).toBe(false);
  });

  test.each([null, { from: '20:00', to: '20:00' }, { from: '00:00', to: '24:00' }])(
    'hours that are none, or would never end, hold nothing back: %o',
    (quiet) => {
      expect(isQuiet(officeTime({ quiet }), local('2026-11-20 23:00'))).toBe(false);
      expect(isQuiet(officeTime({ quiet }), local('2026-11-20 20:00'))).toBe(false);
    },
  );

  test('an office that is always open has quiet hours but no free days', () => {
    expect(isQuiet(always, local('2026-11-22 12:00'))).toBe(false);
    expect(isQuiet(always, local('2026-11-22 21:00'))).toBe(true);
  });
});

describe('when it is allowed', () => {
  test.each<[string, OfficeTime, string, string]>([
    ['at once when nothing forbids it, though the office is closed', usual, '2026-11-19 19:00', '2026-11-19 19:00'],
    ['not earlier than asked, in the morning before opening', usual, '2026-11-19 06:30', '2026-11-19 06:30'],
    ['from the night to the opening', usual, '2026-11-19 22:00', '2026-11-20 07:30'],
    ['from the early morning to the opening of the same day', usual, '2026-11-20 04:00', '2026-11-20 07:30'],
    ['from a Friday night to Monday', usual, '2026-11-20 20:00', '2026-11-23 07:30'],
    ['from a free day to the next working day', usual, '2026-12-24 10:00', '2026-12-28 07:30'],
    [
      'to the end of the quiet hours when the office opens earlier',
      officeTime({ quiet: { from: '20:00', to: '09:00' } }),
      '2026-11-19 22:00',
      '2026-11-20 09:00',
    ],
    ['to the end of the quiet hours where every minute counts', always, '2026-11-21 22:00', '2026-11-22 06:00'],
    [
      'from a free day to the end of a quiet morning',
      officeTime({ quiet: { from: '00:00', to: '08:30' } }),
      '2026-11-21 10:00',
      '2026-11-23 08:30',
    ],
    ['to the opening after a free day without quiet hours', officeTime({ quiet: null }), '2026-11-21 10:00', '2026-11-23 07:30'],
  ])('%s', (_what, time, from, to) => {
    expect(whenAllowed(time, local(from))).toBe(local(to));
  });

  test('to the end of the quiet hours when the office opens within the next ones', () => {
    const nights = officeTime({ hours: { thu: [{ from: '21:00', to: '23:00' }], fri: [{ from: '21:00', to: '23:00' }] } });
    expect(whenAllowed(nights, local('2026-11-19 22:00'))).toBe(local('2026-11-20 06:00'));
  });
});

describe('the last allowed moment before', () => {
  const last = (at: string, notBefore: string, time = usual) => lastAllowedBefore(time, local(at), local(notBefore));

  test('is the minute before in working hours', () => {
    expect(last('2026-11-19 10:00', '2026-11-19 08:00')).toBe(local('2026-11-19 09:59'));
    expect(last('2026-11-19 10:00:20', '2026-11-19 08:00')).toBe(local('2026-11-19 10:00'));
  });

  test('goes back before the night and the free days', () => {
    expect(last('2026-11-20 07:00', '2026-11-18 08:00')).toBe(local('2026-11-20 06:59'));
    expect(last('2026-11-20 05:00', '2026-11-18 08:00')).toBe(local('2026-11-19 19:59'));
    expect(last('2026-11-22 23:59:59', '2026-11-18 08:00')).toBe(local('2026-11-20 19:59'));
    expect(last('2026-11-20 12:30', '2026-11-18 08:00', officeTime({ quiet: { from: '11:30', to: '13:00' } }))).toBe(
      local('2026-11-20 11:29'),
    );
  });

  test('is the limit itself when only that is left', () => {
    expect(last('2026-11-20 21:00', '2026-11-20 19:59:30')).toBe(local('2026-11-20 19:59:30'));
    expect(last('2026-11-19 10:00', '2026-11-19 09:59')).toBe(local('2026-11-19 09:59'));
  });

  test('is none when everything since the limit is quiet, or there is nothing between', () => {
    expect(last('2026-11-22 23:59:59', '2026-11-20 20:00')).toBeNull();
    expect(last('2026-11-19 10:00', '2026-11-19 10:00')).toBeNull();
    expect(last('2026-11-19 10:00', '2026-11-19 11:00')).toBeNull();
  });
});

test('in any office what is moved lands on an allowed moment of a working day, and moving it again changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const random = randomFrom(seed);
      const time = randomOffice(random);
      const at = randomInstant(random);
      const moved = whenAllowed(time, at);
      expect(moved).toBeGreaterThanOrEqual(at);
      expect(moved === at).toBe(!isQuiet(time, at));
      expect(isQuiet(time, moved)).toBe(false);
      expect(calendarOf(time).isWorkingDay(calendarOf(time).dateOf(moved))).toBe(true);
      expect(whenAllowed(time, moved)).toBe(moved);
    }),
  );
});
