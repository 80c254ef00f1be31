// When people may be reminded: outside the quiet hours, and never on a free day.
import type { OfficeTime } from '../office/office.ts';
import { type Instant, MINUTE_MS } from '../time.ts';
import { calendarOf, type Stretch } from './calendar.ts';
import { addDays } from './dates.ts';

export function isQuiet(time: OfficeTime, at: Instant): boolean {
  const calendar = calendarOf(time);
  return quietStretchAt(time, at) !== null || !calendar.isWorkingDay(calendar.dateOf(at));
}

/** `at` itself when it is allowed; otherwise the first allowed instant after it, and not before the office opens on that day. */
export function whenAllowed(time: OfficeTime, at: Instant): Instant {
  const calendar = calendarOf(time);
  let allowed = at;
  for (;;) {
    const day = calendar.workingDayFrom(calendar.dateOf(allowed));
    const stretch = quietStretchAt(time, allowed);
    if (day.date !== calendar.dateOf(allowed)) allowed = calendar.instantOf(day.date, '00:00');
    else if (stretch) allowed = stretch.to;
    else if (allowed === at || day.opening <= allowed || isQuiet(time, day.opening)) return allowed;
    else return day.opening;
  }
}

/** The last allowed whole minute before `at`, or `notBefore` itself when that is later and allowed; `null` when there is none. */
export function lastAllowedBefore(time: OfficeTime, at: Instant, notBefore: Instant): Instant | null {
  const calendar = calendarOf(time);
  let candidate = minuteBefore(at);
  while (candidate > notBefore) {
    const date = calendar.dateOf(candidate);
    const stretch = quietStretchAt(time, candidate);
    if (!calendar.isWorkingDay(date)) candidate = minuteBefore(calendar.instantOf(date, '00:00'));
    else if (stretch) candidate = minuteBefore(stretch.from);
    else return candidate;
  }
  return notBefore < at && !isQuiet(time, notBefore) ? notBefore : null;
}

function minuteBefore(at: Instant): Instant {
  return Math.floor((at - 1) / MINUTE_MS) * MINUTE_MS;
}

/** The quiet stretch that holds `at`. Quiet hours that would never end are taken as none: deadlines must be heard of. */
function quietStretchAt(time: OfficeTime, at: Instant): Stretch | null {
  const { quiet } = time;
  if (!quiet || (quiet.from === '00:00' && quiet.to === '24:00')) return null;
  const calendar = calendarOf(time);
  const date = calendar.dateOf(at);
  const overMidnight = quiet.from > quiet.to;
  const evening = { from: calendar.instantOf(date, quiet.from), to: calendar.instantOf(overMidnight ? addDays(date, 1) : date, quiet.to) };
  if (evening.from <= at && at < evening.to) return evening;
  const morning = { from: calendar.instantOf(addDays(date, -1), quiet.from), to: calendar.instantOf(date, quiet.to) };
  return overMidnight && at < morning.to ? morning : null;
}
