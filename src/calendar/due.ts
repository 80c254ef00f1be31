// When a step is due: one rule for each kind of clock.
import type { Base, Due } from '../sop/sop.ts';
import { HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../time.ts';
import type { Calendar } from './calendar.ts';
import { addDays } from './dates.ts';
import { addWorking } from './working-time.ts';

/** What is known of the instants that clocks count from. */
export interface Bases {
  event: LocalDate | null;
  handover: Instant | null;
  step: Instant;
  schedule: Instant | null;
}

/** The event is a whole day and has no instant of its own; it counts from its start. */
interface Start {
  date: LocalDate;
  at: Instant;
}

/** `null` when the clock has no time of its own or its base is not known yet. */
export function dueAt(due: Due, bases: Bases, calendar: Calendar): Instant | null {
  if (due.kind === 'tentative') return null;
  const start = startOf(due.from, bases, calendar);
  if (!start) return null;
  switch (due.kind) {
    case 'days':
      return afterDays(due, start, calendar);
    case 'within':
      return due.unit === 'd'
        ? sameClockTime(due.amount, start, calendar)
        : addWorking(calendar, start.at, due.amount * (due.unit === 'h' ? HOUR_MS : MINUTE_MS));
    case 'elapsed':
      return start.at + due.ms;
  }
}

function startOf(base: Base, bases: Bases, calendar: Calendar): Start | null {
  if (base === 'event') {
    return bases.event === null ? null : { date: bases.event, at: calendar.instantOf(bases.event, '00:00') };
  }
  const at = bases[base];
  return at === null ? null : { date: calendar.dateOf(at), at };
}

/** A free day reached by `days: 0` or by counting every day gives way to the next working day, except at the day's end. */
function afterDays(due: Extract<Due, { kind: 'days' }>, start: Start, calendar: Calendar): Instant {
  const counted = due.calendar || due.days === 0 ? addDays(start.date, due.days) : calendar.nextDate(start.date, due.days);
  if (due.at === 'day-end') return calendar.instantOf(counted, '23:59:59');
  const day = calendar.workingDayFrom(counted);
  return start.at > day.closing ? calendar.workingDayFrom(addDays(counted, 1)).closing : day.closing;
}

/** Also before opening and in a break: the same clock time, the day's closing at the latest. */
function sameClockTime(days: number, start: Start, calendar: Calendar): Instant {
  const clock = start.at - calendar.instantOf(start.date, '00:00');
  const day = calendar.workingDayFrom(calendar.nextDate(start.date, days));
  return Math.min(calendar.instantOf(day.date, '00:00') + clock, day.closing);
}
