// How an office's own timers are named, and which of two wishes stands.
import { expect, test } from 'vitest';
import { earlierOf, OFFICE_MATTERS, type OfficeTimer, officeTimerId, officeTimerOf } from '../../src/office/clock.ts';

test('an office timer is found again by its name, whatever the office is called', () => {
  for (const what of OFFICE_MATTERS)
    for (const office of ['dinas', 'dinas@kota', '']) expect(officeTimerOf(officeTimerId(office, what))).toEqual({ office, what });
});

test.each(['17', '', '@dinas', 'tidak-ada@dinas', 'deputies', 'a-case/periksa/1/remind'])('%j is the timer of no office', (id) => {
  expect(officeTimerOf(id)).toBeNull();
});

test('of two wishes the earlier stands, looking back to the earlier beginning', () => {
  const at = (when: number, since: number | null): OfficeTimer => ({ office: 'dinas', what: 'daily', at: when, since });
  expect(earlierOf(at(5, 2), at(7, 1))).toEqual(at(5, 1));
  expect(earlierOf(at(7, 1), at(5, 2))).toEqual(at(5, 1));
  expect(earlierOf(at(7, 1), at(5, null))).toEqual(at(5, null));
  expect(earlierOf(at(7, null), at(9, 1))).toEqual(at(7, null));
});
