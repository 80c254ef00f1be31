// Arithmetic on days and times of day that needs no zone and no office.
import type { Weekday } from '../office/office.ts';
import { HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS } from '../time.ts';

export const DAY_MS = 24 * HOUR_MS;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Days since 1970-01-01, a Thursday. */
export function dayNumberOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfDayNumber(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** `days` may be negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

export function weekdayOf(date: LocalDate): Weekday {
  const index = (((dayNumberOf(date) + 3) % 7) + 7) % 7;
  return WEEKDAYS[index as 0 | 1 | 2 | 3 | 4 | 5 | 6];
}

/** `HH:MM` or `HH:MM:SS` as milliseconds since midnight; `24:00` is the end of the day. */
export function timeOfDayMs(time: LocalTime): number {
  const [hours, minutes, seconds] = [time.slice(0, 2), time.slice(3, 5), time.slice(6, 8)].map(Number) as [number, number, number];
  return hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000;
}
