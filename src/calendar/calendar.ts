// The calendar of one office: which instants are working time. Every date is worked out once and kept.
import type { Hours, OfficeTime, Span } from '../office/office.ts';
import type { Instant, LocalDate, LocalTime } from '../time.ts';
import { addDays, timeOfDayMs, WEEKDAYS, weekdayOf } from './dates.ts';
import { nationalHolidayOn } from './national-holidays.ts';
import { zoneOf } from './zone.ts';

/** `from` belongs to it, `to` does not. */
export interface Stretch {
  from: Instant;
  to: Instant;
}

export interface WorkingDay {
  date: LocalDate;
  opening: Instant;
  /** The end of the last span; 23:59:59 on a day on which every minute counts. */
  closing: Instant;
}

export interface Calendar {
  timezone: string;
  /** Every minute of every day counts, unless a season says otherwise. */
  always: boolean;
  dateOf(at: Instant): LocalDate;
  /** `HH:MM` or `HH:MM:SS`, counted from the start of the day: Indonesian zones never change their clocks. */
  instantOf(date: LocalDate, time: LocalTime): Instant;
  /** The working spans of the date, in order; none on a free day. */
  spansOf(date: LocalDate): readonly Stretch[];
  isWorkingDay(date: LocalDate): boolean;
  /** The first working day on or after the date. RangeError when the office stays closed for ten years. */
  workingDayFrom(date: LocalDate): WorkingDay;
  /** The last working day on or before the date. RangeError as above. */
  workingDayUntil(date: LocalDate): WorkingDay;
  /** The n-th working day after the date; for 0 the first working day on or after it. */
  nextDate(date: LocalDate, n?: number): LocalDate;
  /** The first instant of working time at or after `at`. */
  openingAfter(at: Instant): Instant;
  /** What makes the date a free one, apart from the weekly pattern. */
  holidayName(date: LocalDate): string | null;
}

interface Day {
  spans: readonly Stretch[];
  working: WorkingDay | null;
  holiday: string | null;
}

const LAST_SECOND = timeOfDayMs('23:59:59');
const LONGEST_CLOSURE_DAYS = 3660;
/** Dates kept per office, for the same reason as in a zone. */
export const DATES_KEPT = 4096;

const compiled = new WeakMap<OfficeTime, Calendar>();

/** The same object gives the same calendar; a changed office is a new object. */
export function calendarOf(time: OfficeTime): Calendar {
  const known = compiled.get(time);
  if (known) return known;
  const calendar = compile(time);
  compiled.set(time, calendar);
  return calendar;
}

function compile(time: OfficeTime): Calendar {
  const zone = zoneOf(time.timezone);
  const planOf = plansOf(time);
  const days = new Map<LocalDate, Day>();

  const dayOf = (date: LocalDate): Day => {
    const known = days.get(date);
    if (known) return known;
    if (days.size >= DATES_KEPT) days.clear();
    const day = build(date, planOf(date), zone.startOf(date), zone.startOf(addDays(date, 1)));
    days.set(date, day);
    return day;
  };

  const seek = (date: LocalDate, direction: 1 | -1): WorkingDay => {
    let candidate = date;
    for (let days = 0; days < LONGEST_CLOSURE_DAYS; days++) {
      const { working } = dayOf(candidate);
      if (working) return working;
      candidate = addDays(candidate, direction);
    }
    throw new RangeError(`The office has no working day within ${LONGEST_CLOSURE_DAYS} days of ${date}`);
  };

  return {
    timezone: time.timezone,
    always: time.hours === 'always',
    dateOf: zone.dateOf,
    instantOf: (date, clock) => zone.startOf(date) + timeOfDayMs(clock),
    spansOf: (date) => dayOf(date).spans,
    isWorkingDay: (date) => dayOf(date).working !== null,
    workingDayFrom: (date) => seek(date, 1),
    workingDayUntil: (date) => seek(date, -1),
    nextDate(date, n = 1) {
      if (n === 0) return seek(date, 1).date;
      let current = date;
      for (let count = 0; count < n; count++) current = seek(addDays(current, 1), 1).date;
      return current;
    },
    openingAfter(at) {
      const date = zone.dateOf(at);
      const span = dayOf(date).spans.find((candidate) => at < candidate.to);
      return span ? Math.max(at, span.from) : seek(addDays(date, 1), 1).opening;
    },
    holidayName: (date) => dayOf(date).holiday,
  };
}

type Plan = { spans: 'always' | Span[]; holiday: string | null };

/** Which hours hold on a date: of seasons the first that covers it, of entries for one date the last. */
function plansOf(time: OfficeTime): (date: LocalDate) => Plan {
  const own = new Map(time.holidays.map((holiday) => [holiday.date, holiday]));
  return (date) => {
    const season = time.seasons.find(({ from, to }) => from <= date && date <= to);
    const hours = season ? season.hours : time.hours;
    if (hours === 'always') return { spans: 'always', holiday: null };
    const usual = hours[weekdayOf(date)] ?? [];
    const listed = own.get(date);
    if (listed?.open) return { spans: usual.length > 0 ? usual : weekdayHours(hours), holiday: null };
    const holiday = listed ?? nationalHolidayOn(date);
    return holiday ? { spans: [], holiday: holiday.name } : { spans: usual, holiday: null };
  };
}

/** The hours of an opened day that the week leaves closed: Monday's, or those of the first day that has any. */
function weekdayHours(hours: Exclude<Hours, 'always'>): Span[] {
  return WEEKDAYS.map((weekday) => hours[weekday] ?? []).find((spans) => spans.length > 0) ?? [];
}

function build(date: LocalDate, plan: Plan, start: Instant, end: Instant): Day {
  if (plan.spans === 'always') {
    return { spans: [{ from: start, to: end }], working: { date, opening: start, closing: start + LAST_SECOND }, holiday: null };
  }
  const spans = plan.spans.map(({ from, to }) => ({ from: start + timeOfDayMs(from), to: start + timeOfDayMs(to) }));
  const [first, last] = [spans[0], spans.at(-1)];
  const working = first && last ? { date, opening: first.from, closing: last.to } : null;
  return { spans, working, holiday: plan.holiday };
}
