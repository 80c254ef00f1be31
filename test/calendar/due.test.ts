import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { type Bases, dueAt } from '../../src/calendar/due.ts';
import type { Due } from '../../src/sop/sop.ts';
import { local, officeTime } from './local-time.ts';

const calendar = calendarOf(officeTime());
const always = calendarOf(officeTime({ hours: 'always', seasons: [] }));

const bases = (changes: Partial<Bases> = {}): Bases => ({
  event: null,
  handover: null,
  step: local('2026-11-19 09:00'),
  schedule: null,
  ...changes,
});
const days = (n: number, more: Partial<Extract<Due, { kind: 'days' }>> = {}): Due => ({
  kind: 'days',
  days: n,
  from: 'handover',
  calendar: false,
  at: 'office-close',
  ...more,
});
const within = (amount: number, unit: 'm' | 'h' | 'd'): Due => ({ kind: 'within', amount, unit, from: 'handover' });
const handedIn = (due: Due, at: string, on = calendar) => dueAt(due, bases({ handover: local(at) }), on);
const onEvent = (due: Due, event: string, on = calendar) => dueAt({ ...due, from: 'event' } as Due, bases({ event }), on);

describe('days at office closing', () => {
  test('none: the closing of the same day', () => {
    expect(handedIn(days(0), '2026-11-20 14:00')).toBe(local('2026-11-20 16:30'));
    expect(handedIn(days(0), '2026-11-20 05:00')).toBe(local('2026-11-20 16:30'));
  });

  test('none at the very closing is due at once, after it on the next working day', () => {
    expect(handedIn(days(0), '2026-11-20 16:30:00')).toBe(local('2026-11-20 16:30'));
    expect(handedIn(days(0), '2026-11-20 16:30:01')).toBe(local('2026-11-23 16:00'));
  });

  test('none on a free day is the next working day', () => {
    expect(handedIn(days(0), '2026-11-21 10:00')).toBe(local('2026-11-23 16:00'));
    expect(handedIn(days(0), '2026-11-21 22:00')).toBe(local('2026-11-23 16:00'));
  });

  test('one counts from the date, however late in the day it is', () => {
    expect(handedIn(days(1), '2026-11-19 22:00')).toBe(local('2026-11-20 16:30'));
  });

  test('several go over weekends', () => {
    expect(handedIn(days(5), '2026-11-19 09:00')).toBe(local('2026-11-26 16:00'));
  });

  test('counting every day, a free day at the end gives way to the next working day', () => {
    expect(handedIn(days(1, { calendar: true }), '2026-11-18 22:00')).toBe(local('2026-11-19 16:00'));
    expect(handedIn(days(1, { calendar: true }), '2026-11-20 09:00')).toBe(local('2026-11-23 16:00'));
    expect(handedIn(days(4, { calendar: true }), '2026-11-20 09:00')).toBe(local('2026-11-24 16:00'));
    expect(handedIn(days(0, { calendar: true }), '2026-11-19 17:00')).toBe(local('2026-11-20 16:30'));
  });
});

describe("days at the day's end", () => {
  test('none is that very day, free or late', () => {
    expect(handedIn(days(0, { at: 'day-end' }), '2026-11-20 22:00')).toBe(local('2026-11-20 23:59:59'));
    expect(handedIn(days(0, { at: 'day-end' }), '2026-11-22 09:00')).toBe(local('2026-11-22 23:59:59'));
  });

  test('one is the next working day, or the next day when every day counts', () => {
    expect(handedIn(days(1, { at: 'day-end' }), '2026-11-20 09:00')).toBe(local('2026-11-23 23:59:59'));
    expect(handedIn(days(1, { at: 'day-end', calendar: true }), '2026-11-20 09:00')).toBe(local('2026-11-21 23:59:59'));
  });
});

describe('from the event', () => {
  test('the day counts whole, whatever the time of the hand-in', () => {
    expect(onEvent(days(0), '2026-11-20')).toBe(local('2026-11-20 16:30'));
    expect(onEvent(days(0), '2026-11-22')).toBe(local('2026-11-23 16:00'));
    expect(onEvent(days(0, { at: 'day-end' }), '2026-11-22')).toBe(local('2026-11-22 23:59:59'));
    expect(onEvent(days(1), '2026-11-20')).toBe(local('2026-11-23 16:00'));
  });

  test('working and elapsed time run from the start of the day', () => {
    expect(onEvent(within(2, 'h'), '2026-11-20')).toBe(local('2026-11-20 09:30'));
    expect(onEvent({ kind: 'elapsed', ms: 3_600_000, from: 'event' }, '2026-11-20')).toBe(local('2026-11-20 01:00'));
  });
});

describe('within', () => {
  test('minutes and hours are working time', () => {
    expect(handedIn(within(15, 'm'), '2026-11-19 09:00')).toBe(local('2026-11-19 09:15'));
    expect(handedIn(within(6, 'h'), '2026-11-19 14:00')).toBe(local('2026-11-20 11:30'));
  });

  test('a day is the same clock time on the next working day', () => {
    expect(handedIn(within(1, 'd'), '2026-11-19 09:15:20')).toBe(local('2026-11-20 09:15:20'));
    expect(handedIn(within(2, 'd'), '2026-11-19 14:00')).toBe(local('2026-11-23 14:00'));
    expect(handedIn(within(1, 'd'), '2026-11-21 10:00')).toBe(local('2026-11-23 10:00'));
  });

  test('a day ends with the closing at the latest; before the opening the clock time stands', () => {
    expect(handedIn(within(1, 'd'), '2026-11-20 16:20')).toBe(local('2026-11-23 16:00'));
    expect(handedIn(within(1, 'd'), '2026-11-18 21:00')).toBe(local('2026-11-19 16:00'));
    expect(handedIn(within(1, 'd'), '2026-11-18 05:00')).toBe(local('2026-11-19 05:00'));
  });

  test('a clock time in the break stands', () => {
    expect(handedIn(within(1, 'd'), '2026-11-18 12:00')).toBe(local('2026-11-19 12:00'));
    expect(handedIn(within(1, 'd'), '2026-11-18 12:20')).toBe(local('2026-11-19 12:20'));
  });
});

test('elapsed time runs by the wall clock through nights and free days', () => {
  expect(handedIn({ kind: 'elapsed', ms: 3000, from: 'handover' }, '2026-11-21 23:59:58')).toBe(local('2026-11-22 00:00:01'));
});

describe('an office that is always open', () => {
  test('closes with the last second of each day and knows no free day', () => {
    expect(handedIn(days(0), '2026-11-21 22:00', always)).toBe(local('2026-11-21 23:59:59'));
    expect(handedIn(days(1), '2026-11-20 14:00', always)).toBe(local('2026-11-21 23:59:59'));
    expect(handedIn(within(15, 'm'), '2026-12-25 23:50', always)).toBe(local('2026-12-26 00:05'));
    expect(handedIn(within(1, 'd'), '2026-12-25 23:50', always)).toBe(local('2026-12-26 23:50'));
  });
});

describe('the bases', () => {
  const elapsed = (from: 'event' | 'handover' | 'step' | 'schedule'): Due => ({ kind: 'elapsed', ms: 1000, from });

  test('are the hand-in, the entry of the step and the chosen schedule', () => {
    const known = bases({ handover: 1000, step: 2000, schedule: 3000 });
    expect(dueAt(elapsed('handover'), known, calendar)).toBe(2000);
    expect(dueAt(elapsed('step'), known, calendar)).toBe(3000);
    expect(dueAt(elapsed('schedule'), known, calendar)).toBe(4000);
  });

  test('that are not known yet give no deadline, and neither does a tentative clock', () => {
    for (const from of ['event', 'handover', 'schedule'] as const) expect(dueAt(elapsed(from), bases(), calendar)).toBeNull();
    expect(dueAt({ kind: 'tentative' }, bases(), calendar)).toBeNull();
  });
});
