// A month of the office's own calendar.
import type { Instant } from '../time.ts';
import { addDays } from './dates.ts';
import { zoneOf } from './zone.ts';

/** `2026-11`, of this century; `null` for anything else. */
export function readMonth(text: string): string | null {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** From its first instant to that of the next month. `month`: `YYYY-MM`. */
export function monthSpan(month: string, timezone: string): { from: Instant; to: Instant } {
  const zone = zoneOf(timezone);
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  return { from: zone.startOf(`${month}-01`), to: zone.startOf(`${next}-01`) };
}
