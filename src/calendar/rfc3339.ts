// Instants as text for other programs: RFC 3339 with the office's offset.
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../time.ts';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/** `2026-11-23T16:00:00+07:00`; parts of a second are left out. */
export function rfc3339(at: Instant, timezone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return zoned.toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

/** Seconds may be left out; `null` when it is no RFC 3339 text or no such day or time exists. */
export function parseInstant(text: string): Instant | null {
  if (!RFC_3339.test(text)) return null;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}
