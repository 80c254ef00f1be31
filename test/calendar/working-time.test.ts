import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { addWorking, subtractWorking, workingBetween } from '../../src/calendar/working-time.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/time.ts';
import { randomFrom, randomInstant, randomOffice } from '../support/random-office.ts';
import { local, officeTime } from './local-time.ts';

const calendar = calendarOf(officeTime());
const add = (from: string, minutes: number) => addWorking(calendar, local(from), minutes * MINUTE_MS);
const subtract = (from: string, minutes: number) => subtractWorking(calendar, local(from), minutes * MINUTE_MS);
const between = (from: string, to: string) => workingBetween(calendar, local(from), local(to)) / MINUTE_MS;

describe('adding', () => {
  test('stays within a span when it can, down to the second', () => {
    expect(add('2026-11-19 09:00', 45)).toBe(local('2026-11-19 09:45'));
    expect(add('2026-11-19 09:00:30', 1)).toBe(local('2026-11-19 09:01:30'));
  });

  test('that ends with a span ends there, not after the break or the night', () => {
    expect(add('2026-11-19 11:30', 30)).toBe(local('2026-11-19 12:00'));
    expect(add('2026-11-19 15:30', 30)).toBe(local('2026-11-19 16:00'));
  });

  test('goes over break, night, weekend and holidays', () => {
    expect(add('2026-11-19 11:30', 31)).toBe(local('2026-11-19 13:01'));
    expect(add('2026-12-23 15:59', 2)).toBe(local('2026-12-28 07:31'));
    expect(add('2026-11-21 10:00', 5)).toBe(local('2026-11-23 07:35'));
  });

  test('nothing changes nothing, even outside office hours', () => {
    expect(add('2026-11-21 10:00', 0)).toBe(local('2026-11-21 10:00'));
  });
});

describe('subtracting', () => {
  test('stays within a span when it can', () => {
    expect(subtract('2026-11-19 09:45', 45)).toBe(local('2026-11-19 09:00'));
  });

  test('that reaches the beginning of a span stays there', () => {
    expect(subtract('2026-11-23 08:00', 30)).toBe(local('2026-11-23 07:30'));
    expect(subtract('2026-11-19 13:30', 30)).toBe(local('2026-11-19 13:00'));
  });

  test('goes back over break, night, weekend and holidays', () => {
    expect(subtract('2026-11-19 13:30', 31)).toBe(local('2026-11-19 11:59'));
    expect(subtract('2026-12-28 07:31', 2)).toBe(local('2026-12-23 15:59'));
    expect(subtract('2026-11-22 10:00', 5)).toBe(local('2026-11-20 16:25'));
  });

  test('nothing changes nothing', () => {
    expect(subtract('2026-11-21 10:00', 0)).toBe(local('2026-11-21 10:00'));
  });
});

describe('between', () => {
  test('counts office hours only', () => {
    expect(between('2026-11-19 09:00', '2026-11-19 10:00')).toBe(60);
    expect(between('2026-11-19 11:30', '2026-11-19 13:30')).toBe(60);
    expect(between('2026-11-20 16:00', '2026-11-23 08:00')).toBe(60);
    expect(between('2026-11-21 09:00', '2026-11-22 09:00')).toBe(0);
    expect(between('2026-11-16 00:00', '2026-11-23 00:00')).toBe(37.5 * 60);
  });

  test('is never negative', () => {
    expect(between('2026-11-19 10:00', '2026-11-19 09:00')).toBe(0);
    expect(between('2026-11-19 10:00', '2026-11-19 10:00')).toBe(0);
  });
});

describe('in any office', () => {
  const anywhere = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((seed) => {
    const random = randomFrom(seed);
    return { calendar: calendarOf(randomOffice(random)), at: randomInstant(random), ms: random.int(1, 40 * HOUR_MS) };
  });

  test('what was added lies between, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(anywhere, ({ calendar: any, at, ms }) => {
        const end = addWorking(any, at, ms);
        expect(workingBetween(any, at, end)).toBe(ms);
        expect(workingBetween(any, at, end - 1)).toBe(ms - 1);
      }),
    );
  });

  test('what was subtracted lies between, and not a millisecond later', () => {
    fc.assert(
      fc.property(anywhere, ({ calendar: any, at, ms }) => {
        const start = subtractWorking(any, at, ms);
        expect(workingBetween(any, start, at)).toBe(ms);
        expect(workingBetween(any, start + 1, at)).toBe(ms - 1);
      }),
    );
  });

  test('two stretches of working time add up', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 20 * HOUR_MS }), ({ calendar: any, at, ms }, more) => {
        expect(addWorking(any, addWorking(any, at, ms), more)).toBe(addWorking(any, at, ms + more));
      }),
    );
  });
});
