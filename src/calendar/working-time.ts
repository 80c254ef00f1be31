// Counting in working time only: breaks, nights and free days stand still.
import type { Instant } from '../time.ts';
import type { Calendar } from './calendar.ts';
import { addDays } from './dates.ts';

/** The first instant by which `ms` of working time have passed since `from`; `from` itself for nothing. */
export function addWorking(calendar: Calendar, from: Instant, ms: number): Instant {
  if (ms <= 0) return from;
  let left = ms;
  let date = calendar.dateOf(from);
  for (;;) {
    for (const span of calendar.spansOf(date)) {
      const start = Math.max(span.from, from);
      const length = span.to - start;
      if (length <= 0) continue;
      if (left <= length) return start + left;
      left -= length;
    }
    date = calendar.nextDate(date);
  }
}

/** The last instant from which `ms` of working time remain until `from`; `from` itself for nothing. */
export function subtractWorking(calendar: Calendar, from: Instant, ms: number): Instant {
  if (ms <= 0) return from;
  let left = ms;
  let date = calendar.dateOf(from);
  for (;;) {
    for (const span of calendar.spansOf(date).toReversed()) {
      const end = Math.min(span.to, from);
      const length = end - span.from;
      if (length <= 0) continue;
      if (left <= length) return end - left;
      left -= length;
    }
    date = calendar.workingDayUntil(addDays(date, -1)).date;
  }
}

/** Milliseconds of working time between the two; 0 when `to` is not later. */
export function workingBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const last = calendar.dateOf(to);
  let total = 0;
  for (let date = calendar.dateOf(from); date <= last; date = addDays(date, 1)) {
    for (const span of calendar.spansOf(date)) {
      total += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
    }
  }
  return total;
}
