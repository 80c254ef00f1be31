import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { dueAt } from '../../src/calendar/due.ts';
import { rfc3339 } from '../../src/calendar/rfc3339.ts';
import type { Due } from '../../src/sop/sop.ts';
import { local, officeTime, ZONES } from './local-time.ts';

const nextWorkingDay: Due = { kind: 'days', days: 1, from: 'handover', calendar: false, at: 'office-close' };
const minutes = (amount: number): Due => ({ kind: 'within', amount, unit: 'm', from: 'handover' });

const VECTORS: [what: string, due: Due, from: string, to: string][] = [
  ['H+1 from a Friday is Monday', nextWorkingDay, '2026-11-20 14:00', '2026-11-23T16:00:00'],
  ['H+1 from a Saturday is Monday', nextWorkingDay, '2026-11-21 10:00', '2026-11-23T16:00:00'],
  ['H+1 goes over Christmas and its cuti bersama', nextWorkingDay, '2026-12-23 15:59', '2026-12-28T16:00:00'],
  ['H+1 goes over Idulfitri 2026', nextWorkingDay, '2026-03-17 09:00', '2026-03-25T16:00:00'],
  ['H+1 goes over Easter 2027', nextWorkingDay, '2027-03-24 09:00', '2027-03-29T16:00:00'],
  ['H+1 goes over Iduladha and Waisak to a Friday', nextWorkingDay, '2027-05-14 09:00', '2027-05-21T16:30:00'],
  ['H+1 goes over Nyepi and Idulfitri 2027', nextWorkingDay, '2027-03-05 10:00', '2027-03-16T16:00:00'],
  ['60 minutes go over the lunch break', minutes(60), '2026-11-19 11:30', '2026-11-19T13:30:00'],
  ['60 minutes go over the weekend', minutes(60), '2026-11-20 16:00', '2026-11-23T08:00:00'],
  ['15 minutes go over the Friday break', minutes(15), '2026-11-20 11:20', '2026-11-20T13:05:00'],
  ['15 minutes from a Friday night begin on Monday', minutes(15), '2026-11-20 20:00', '2026-11-23T07:45:00'],
  ['360 minutes go over the long weekend of Christmas', minutes(360), '2026-12-23 14:00', '2026-12-28T11:30:00'],
  ['60 minutes in Ramadan end with the shorter day', minutes(60), '2027-02-18 14:30', '2027-02-19T08:30:00'],
  ['60 minutes in Ramadan go over the Friday break', minutes(60), '2027-02-19 11:00', '2027-02-19T13:00:00'],
  ['15 minutes go from Ramadan into ordinary hours', minutes(15), '2027-03-05 15:20', '2027-03-16T07:35:00'],
  ['10 minutes from a Sunday begin on Monday', minutes(10), '2026-11-22 09:00', '2026-11-23T07:40:00'],
];

describe.each(ZONES)('in $timezone', ({ timezone, offset }) => {
  const calendar = calendarOf(officeTime({ timezone }));

  test.each(VECTORS)('%s', (_what, due, from, to) => {
    const handover = local(from, offset);
    const at = dueAt(due, { event: null, handover, step: 0, schedule: null }, calendar);
    expect(at === null ? null : rfc3339(at, timezone)).toBe(`${to}${offset}`);
  });
});
