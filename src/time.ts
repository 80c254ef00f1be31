// The two words for time that the rules use. Time always comes in as a value; nothing in src/ reads a clock.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A day of the office's own calendar, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A time of day of the office, `HH:MM`. */
export type LocalTime = string;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
