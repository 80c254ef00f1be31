// Where the days of a time zone begin. Kept per zone, because every office of a zone shares them.
import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../time.ts';
import { DAY_MS, dateOfDayNumber, dayNumberOf } from './dates.ts';

export interface Zone {
  dateOf(at: Instant): LocalDate;
  /** The first instant of the day. */
  startOf(date: LocalDate): Instant;
}

interface ZoneDay {
  date: LocalDate;
  start: Instant;
}

/** Eleven years of days: more than any office looks at, so that dates made up by a visitor cannot fill the memory. */
export const DAYS_KEPT = 4096;

const zones = new Map<string, Zone>();

/** Throws RangeError on a zone that IANA does not know. */
export function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known) return known;
  const zone = compile(timezone);
  zones.set(timezone, zone);
  return zone;
}

function compile(timezone: string): Zone {
  const days = new Map<number, ZoneDay>();

  const dayAt = (number: number): ZoneDay => {
    const known = days.get(number);
    if (known) return known;
    if (days.size >= DAYS_KEPT) days.clear();
    const date = dateOfDayNumber(number);
    const day = { date, start: Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds };
    days.set(number, day);
    return day;
  };
  // An unknown zone fails here and is not kept.
  dayAt(0);

  return {
    dateOf(at) {
      // The local date is the UTC date or a neighbour of it.
      const number = Math.floor(at / DAY_MS);
      const next = dayAt(number + 1);
      if (at >= next.start) return next.date;
      const day = dayAt(number);
      return at >= day.start ? day.date : dayAt(number - 1).date;
    },
    startOf: (date) => dayAt(dayNumberOf(date)).start,
  };
}
