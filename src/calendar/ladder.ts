// The rungs of a deadline: a reminder before it, overdue at it, escalations after it, each moved to a time when people may be told;
// and where a time was chosen, what is said shortly before it and at it.
import type { Ladder, Office } from '../office/office.ts';
import type { Due } from '../sop/sop.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../time.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { isQuiet, lastAllowedBefore, whenAllowed } from './quiet.ts';
import { addWorking, subtractWorking, workingBetween } from './working-time.ts';

export interface Rung {
  /** `soon`, `start`, `remind`, `overdue`, `escalate-1` … */
  rung: string;
  /** When it should be told by the ladder alone; lateness is proved by this one. */
  due: Instant;
  /** When it is told. */
  at: Instant;
}

export interface Deadline {
  due: Due;
  enteredAt: Instant;
  dueAt: Instant;
  office: Office;
  /** The time that was chosen for it. */
  startsAt?: Instant;
  /** Serta merta: nothing is held back. */
  urgent?: boolean;
}

/** In the order of `at`, every `at` different. */
export function rungsOf(deadline: Deadline): Rung[] {
  const { office, urgent } = deadline;
  const calendar = calendarOf(office);
  const place = (rung: string, due: Instant): Rung => ({ rung, due, at: urgent ? due : whenAllowed(office, due) });
  const overdueAt = Math.max(deadline.dueAt, deadline.enteredAt);
  const late = [overdueAt, ...escalationsOf(deadline, overdueAt, calendar)];
  const after = keepHighest(late.map((due, index) => place(index === 0 ? 'overdue' : `escalate-${index}`, due)));
  if (deadline.dueAt <= deadline.enteredAt) return after;
  const reminder = inTime(place('remind', reminderDue(deadline, calendar)), after, deadline);
  const rungs = reminder ? [reminder, ...after] : after;
  const before = appointmentOf(deadline).filter(({ at }) => after.every((late) => at < late.at) && at !== reminder?.at);
  return [...before, ...rungs].sort((a, b) => a.at - b.at);
}

/** So long before the chosen time it is announced. Milliseconds. */
const SOON_MS = 15 * MINUTE_MS;

/** At the chosen time the task itself is due, also at night, when it was chosen so; announced before it is only when people may be told. */
function appointmentOf({ startsAt, enteredAt, office, urgent }: Deadline): Rung[] {
  if (startsAt === undefined || startsAt <= enteredAt) return [];
  const soon = startsAt - SOON_MS;
  const announced = soon > enteredAt && (urgent === true || !isQuiet(office, soon));
  return [...(announced ? [{ rung: 'soon', due: soon, at: soon }] : []), { rung: 'start', due: startsAt, at: startsAt }];
}

function escalationsOf({ due, office }: Deadline, overdueAt: Instant, calendar: Calendar): Instant[] {
  return office.ladder.escalateAfterMs.map((ms, index) =>
    due.kind === 'elapsed' ? overdueAt + (index + 1) * due.ms : addWorking(calendar, overdueAt, ms),
  );
}

/** A rung that would be told no earlier than a higher one says nothing new. */
function keepHighest(rungs: Rung[]): Rung[] {
  return rungs.filter((rung, index) => rungs.slice(index + 1).every((higher) => rung.at < higher.at));
}

/** A reminder that would come with or after the bad news is told before the night or the free days instead, or not at all. */
function inTime(reminder: Rung, after: Rung[], { office, dueAt, enteredAt }: Deadline): Rung | null {
  if (after.every((rung) => reminder.at < rung.at)) return reminder;
  const at = lastAllowedBefore(office, dueAt, enteredAt);
  return at === null ? null : { ...reminder, at };
}

/**
 * A quarter of the step's time before the deadline. The step's time is what is left of it at its entry, but never more than the length
 * the SOP gives it: a quarter hour that runs from a schedule two days ahead is still a quarter hour.
 */
function reminderDue({ due, enteredAt, dueAt, office: { ladder } }: Deadline, calendar: Calendar): Instant {
  if (due.kind === 'elapsed') return dueAt - Math.round(Math.min(dueAt - enteredAt, due.ms) * ladder.remindAtPart);
  // 23:59:59 lies outside office hours, so the time until then is told by the wall clock.
  if (due.kind === 'days' && due.at === 'day-end') return dueAt - leadOf(dueAt - enteredAt, ladder);
  const left = workingBetween(calendar, enteredAt, dueAt);
  return subtractWorking(calendar, dueAt, leadOf(Math.min(left, lengthOf(due)), ladder));
}

function leadOf(total: number, { remindAtPart, remindMinMs }: Ladder): number {
  const part = Math.round(total * remindAtPart);
  return part < remindMinMs && remindMinMs < total ? remindMinMs : part;
}

function lengthOf(due: Due): number {
  if (due.kind !== 'within' || due.unit === 'd') return Number.POSITIVE_INFINITY;
  return due.amount * (due.unit === 'h' ? HOUR_MS : MINUTE_MS);
}
