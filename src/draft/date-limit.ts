// How far ahead an event may lie: a draft may be begun before its event, but a slip of the year must not go through.
import type { LocalDate } from '../time.ts';
import { daysBetween } from './date.ts';

export const EVENT_AHEAD_MAX_DAYS = 60;

/** `null` when the date is fine; otherwise the number of days that it may lie ahead at the most. */
export function tooFarAhead(eventDate: LocalDate, today: LocalDate): number | null {
  return daysBetween(today, eventDate) > EVENT_AHEAD_MAX_DAYS ? EVENT_AHEAD_MAX_DAYS : null;
}
