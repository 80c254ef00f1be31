import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rungsOf } from '../../src/calendar/ladder.ts';
import { isQuiet } from '../../src/calendar/quiet.ts';
import type { Office } from '../../src/office/office.ts';
import type { Due } from '../../src/sop/sop.ts';
import { MINUTE_MS } from '../../src/time.ts';
import { randomDue, randomFrom, randomInstant, randomOffice } from '../support/random-office.ts';
import { local, office } from './local-time.ts';

const close: Due = { kind: 'days', days: 1, from: 'handover', calendar: false, at: 'office-close' };
const dayEnd: Due = { kind: 'days', days: 0, from: 'event', calendar: false, at: 'day-end' };
const within = (amount: number, unit: 'm' | 'h' | 'd' = 'm', from: 'step' | 'schedule' = 'step'): Due => ({
  kind: 'within',
  amount,
  unit,
  from,
});
const elapsed = (ms: number): Due => ({ kind: 'elapsed', ms, from: 'step' });
const usual = office();
const day = office({ hours: 'always', seasons: [], quiet: null });

const text = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, '');
const told = (due: Due, enteredAt: string, dueAt: string, at: Office = usual, urgent = false) =>
  Object.fromEntries(
    rungsOf({ due, enteredAt: local(enteredAt), dueAt: local(dueAt), office: at, urgent }).map((rung) => [
      rung.rung,
      rung.due === rung.at ? text(rung.at) : `${text(rung.due)} > ${text(rung.at)}`,
    ]),
  ) as { remind?: string; overdue?: string };

describe('office clocks', () => {
  test('remind when a quarter of the working time is left, then escalate after two, four and six working hours', () => {
    // Friday 14.00 to Monday 16.00 is 2 h 30 m and 7 h 30 m: a quarter of ten hours is two and a half.
    expect(told(close, '2026-11-20 14:00', '2026-11-23 16:00')).toEqual({
      remind: '2026-11-23 13:30',
      overdue: '2026-11-23 16:00',
      'escalate-1': '2026-11-24 09:30',
      'escalate-2': '2026-11-24 11:30',
      'escalate-3': '2026-11-24 14:30',
    });
  });

  test('remind five minutes before when a quarter is less', () => {
    expect(told(within(15), '2026-11-19 09:00', '2026-11-19 09:15').remind).toBe('2026-11-19 09:10');
    expect(told(within(20), '2026-11-19 09:00', '2026-11-19 09:20').remind).toBe('2026-11-19 09:15');
    expect(told(within(24), '2026-11-19 09:00', '2026-11-19 09:24').remind).toBe('2026-11-19 09:18');
  });

  test('remind at a quarter after all when the whole time is no longer than that', () => {
    expect(told(within(4), '2026-11-19 09:00', '2026-11-19 09:04').remind).toBe('2026-11-19 09:03');
    expect(told(within(5), '2026-11-19 09:00', '2026-11-19 09:05').remind).toBe('2026-11-19 09:03:45');
  });

  test('count the quarter back over break, night and free days', () => {
    expect(told(within(60), '2026-11-20 16:20', '2026-11-23 08:20').remind).toBe('2026-11-23 08:05');
    expect(told(within(60), '2026-11-19 12:30', '2026-11-19 14:00').remind).toBe('2026-11-19 13:45');
  });

  test("measure the step's own length when it was entered long before its clock began", () => {
    expect(told(within(15, 'm', 'schedule'), '2026-11-17 09:00', '2026-11-19 10:15').remind).toBe('2026-11-19 10:10');
    expect(told(within(4, 'h', 'schedule'), '2026-11-17 09:00', '2026-11-19 12:00').remind).toBe('2026-11-19 11:00');
  });

  test('measure what is left of days, however they are counted', () => {
    expect(told(within(1, 'd'), '2026-11-18 10:00', '2026-11-19 10:00').remind).toBe('2026-11-19 08:07:30');
  });

  test('of a date that a person chose for a tentative step are office time', () => {
    expect(told({ kind: 'tentative' }, '2026-11-19 08:00', '2026-11-19 12:00').remind).toBe('2026-11-19 11:00');
  });
});

describe("the day's end", () => {
  test('is reminded of by the wall clock and escalated in working time', () => {
    expect(told(dayEnd, '2026-11-19 11:59:59', '2026-11-19 23:59:59', office({ quiet: null }))).toEqual({
      remind: '2026-11-19 20:59:59',
      overdue: '2026-11-19 23:59:59',
      'escalate-1': '2026-11-20 09:30',
      'escalate-2': '2026-11-20 11:30',
      'escalate-3': '2026-11-20 15:00',
    });
  });

  test('is reminded of five minutes before at least', () => {
    expect(told(dayEnd, '2026-11-19 23:49:59', '2026-11-19 23:59:59', office({ quiet: null })).remind).toBe('2026-11-19 23:54:59');
  });

  test('on a working day is reminded of before the night falls, and its lateness told in the morning', () => {
    const rungs = told(dayEnd, '2026-11-19 14:00', '2026-11-19 23:59:59');
    expect(rungs.remind).toBe('2026-11-19 21:29:59 > 2026-11-19 19:59');
    expect(rungs.overdue).toBe('2026-11-19 23:59:59 > 2026-11-20 07:30');
  });

  test('on a free day is reminded of on the last working day when the step was open then', () => {
    expect(told(dayEnd, '2026-11-20 09:00', '2026-11-22 23:59:59').remind).toBe('2026-11-22 08:14:59 > 2026-11-20 19:59');
  });

  test('that began and ended within quiet days has no reminder', () => {
    expect(Object.keys(told(dayEnd, '2026-11-21 10:00', '2026-11-22 23:59:59'))).toEqual([
      'overdue',
      'escalate-1',
      'escalate-2',
      'escalate-3',
    ]);
  });
});

describe('elapsed clocks', () => {
  test("count in the step's own length: a quarter before, at, and one, two, three lengths after", () => {
    expect(told(elapsed(4000), '2026-11-21 23:00:00', '2026-11-21 23:00:04', day)).toEqual({
      remind: '2026-11-21 23:00:03',
      overdue: '2026-11-21 23:00:04',
      'escalate-1': '2026-11-21 23:00:08',
      'escalate-2': '2026-11-21 23:00:12',
      'escalate-3': '2026-11-21 23:00:16',
    });
  });

  test('that ran before the step was entered are measured by what is left', () => {
    expect(told(elapsed(3600_000), '2026-11-19 09:40', '2026-11-19 10:00', day).remind).toBe('2026-11-19 09:55');
  });

  test('that begin after the step was entered are measured by their length', () => {
    expect(told(elapsed(3600_000), '2026-11-18 09:00', '2026-11-19 10:00', day).remind).toBe('2026-11-19 09:45');
  });
});

describe('a step that was entered late', () => {
  test('is overdue at its entry, without a reminder', () => {
    expect(told(close, '2026-11-19 10:00', '2026-11-18 16:00')).toEqual({
      overdue: '2026-11-19 10:00',
      'escalate-1': '2026-11-19 12:00',
      'escalate-2': '2026-11-19 15:00',
      'escalate-3': '2026-11-20 08:30',
    });
    expect(Object.keys(told(close, '2026-11-19 16:00', '2026-11-19 16:00'))[0]).toBe('overdue');
  });

  test('by the wall clock escalates from its entry', () => {
    expect(told(elapsed(60_000), '2026-11-19 10:00', '2026-11-19 09:00', day)).toEqual({
      overdue: '2026-11-19 10:00',
      'escalate-1': '2026-11-19 10:01',
      'escalate-2': '2026-11-19 10:02',
      'escalate-3': '2026-11-19 10:03',
    });
  });
});

describe('moved out of quiet hours', () => {
  test('rungs that fall together are told once, by the highest', () => {
    expect(told(elapsed(3600_000), '2026-11-20 21:00', '2026-11-20 22:00')).toEqual({
      'escalate-3': '2026-11-21 01:00 > 2026-11-23 07:30',
    });
  });

  test('a rung that would be told after a higher one is left out', () => {
    // Overdue at 05.50 would wait for the opening at 07.30, the first escalation at 06.20 need not wait.
    expect(told(elapsed(30 * MINUTE_MS), '2026-11-19 05:20', '2026-11-19 05:50')).toEqual({
      'escalate-1': '2026-11-19 06:20',
      'escalate-2': '2026-11-19 06:50',
      'escalate-3': '2026-11-19 07:20',
    });
  });

  test('nothing is moved when it is urgent', () => {
    expect(told(elapsed(3600_000), '2026-11-21 21:00', '2026-11-21 22:00', usual, true)).toEqual({
      remind: '2026-11-21 21:45',
      overdue: '2026-11-21 22:00',
      'escalate-1': '2026-11-21 23:00',
      'escalate-2': '2026-11-22 00:00',
      'escalate-3': '2026-11-22 01:00',
    });
  });
});

test("an office's own ladder counts instead", () => {
  const own = office({ ladder: { remindAtPart: 0.5, remindMinMs: 0, escalateAfterMs: [30 * MINUTE_MS] } });
  expect(told(within(60), '2026-11-19 09:00', '2026-11-19 10:00', own)).toEqual({
    remind: '2026-11-19 09:30',
    overdue: '2026-11-19 10:00',
    'escalate-1': '2026-11-19 10:30',
  });
});

test('in any office every rung has its own moment, in order, never early, never in quiet hours, and a reminder comes before the deadline', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const random = randomFrom(seed);
      const any = office(randomOffice(random));
      const enteredAt = randomInstant(random);
      const dueAt = enteredAt + random.int(-600, 6000) * MINUTE_MS;
      const rungs = rungsOf({ due: randomDue(random), enteredAt, dueAt, office: any });
      const highest = rungs.at(-1);
      expect(highest?.rung).toBe('escalate-3');
      rungs.forEach((rung, index) => {
        expect(isQuiet(any, rung.at)).toBe(rung.at === enteredAt && isQuiet(any, enteredAt));
        expect(rung.at).toBeGreaterThan(rungs[index - 1]?.at ?? 0);
        if (rung.rung === 'remind') {
          expect(rung.at).toBeGreaterThanOrEqual(enteredAt);
          expect(rung.at).toBeLessThan(dueAt);
        } else {
          expect(rung.at).toBeGreaterThanOrEqual(rung.due);
          expect(rung.due).toBeGreaterThanOrEqual(Math.max(dueAt, enteredAt));
        }
      });
    }),
    { numRuns: 1000 },
  );
});
