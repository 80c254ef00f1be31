import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { INFORMATION_CLASSES, readClass } from '../../src/draft/information-class.ts';
import { readSchedule, unusual } from '../../src/draft/schedule.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const calendar = calendarOf(sampleOffice());
const at = (text: string) => Date.parse(`${text}:00+07:00`);

describe('a schedule as people write it', () => {
  test.each([
    ['24-11-2026 09.00', '2026-11-24T09:00'],
    ['24 November 2026, pukul 9.05 WIB', '2026-11-24T09:05'],
    ['besok 09:00', '2026-11-21T09:00'],
    ['lusa jam 10.30', '2026-11-22T10:30'],
    ['Hari ini 15.30', '2026-11-20T15:30'],
    ['15.30', '2026-11-20T15:30'],
  ])('%s', (text, expected) => expect(readSchedule(text, FRIDAY_9, calendar.dateOf(FRIDAY_9), calendar)).toBe(at(expected)));

  test('now is now', () => expect(readSchedule(' Sekarang ', FRIDAY_9, calendar.dateOf(FRIDAY_9), calendar)).toBe(FRIDAY_9));

  test.each(['', 'besok', '31-02-2026 09.00', '24-11-2026 25.00', 'kapan saja 09.00'])('"%s" says no time', (text) => {
    expect(readSchedule(text, FRIDAY_9, calendar.dateOf(FRIDAY_9), calendar)).toBeNull();
  });
});

test('a free day, a holiday and a time outside office hours are pointed out, no other', () => {
  expect(unusual(at('2026-11-24T09:00'), calendar)).toBeNull();
  expect(unusual(at('2026-11-24T06:00'), calendar)).toEqual({ holiday: null, freeDay: false });
  expect(unusual(at('2026-11-24T18:00'), calendar)).toEqual({ holiday: null, freeDay: false });
  expect(unusual(at('2026-11-22T09:00'), calendar)).toEqual({ holiday: null, freeDay: true });
  expect(unusual(at('2026-12-25T09:00'), calendar)).toMatchObject({ holiday: expect.stringMatching(/Natal/), freeDay: true });
});

test('a class is known however it is written, and nothing else is one', () => {
  expect(['Berkala', 'informasi serta-merta', 'SETIAP SAAT', 'dikecualikan'].map(readClass)).toEqual([...INFORMATION_CLASSES]);
  expect(readClass('rahasia')).toBeNull();
});
