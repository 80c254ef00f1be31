// The alarms that a case wants now: a function of its state, saved by difference, never scheduled or cancelled by hand.
import { type Rung, rungsOf } from '../calendar/ladder.ts';
import { whenAllowed } from '../calendar/quiet.ts';
import type { Timer } from '../ports/store.ts';
import { type Instant, MINUTE_MS } from '../time.ts';
import type { Case, Told } from './case.ts';
import { type Facts, isUrgent, officeTimeOf, stepAt } from './facts.ts';

/** In the order in which they are to be told. */
export function wantedTimers(c: Case, facts: Pick<Facts, 'sop' | 'office'>): Timer[] {
  if (!('step' in c.state) || c.state.dueAt === null) return [];
  const { step, round, enteredAt, dueAt, status } = c.state;
  // A draft begun after its event's day is late from the start, and its maker knows it: nothing to be reminded of.
  if ((status === 'draft' || status === 'returned' || status === 'making') && dueAt <= enteredAt) return [];
  const { due, kind } = stepAt(facts.sop, step);
  const startsAt = kind === 'publish' && c.schedule !== undefined ? { startsAt: c.schedule } : {};
  // Told for a deadline that has been moved later since: what then lies ahead of that telling is wanted again.
  const told = (rung: Rung) =>
    c.told.some((one) => one.step === step && one.round === round && one.rung === rung.rung && !(dueAt > one.dueAt && isAhead(rung, one)));
  return rungsOf({ due, enteredAt, dueAt, office: officeTimeOf(c, facts.office), ...startsAt, ...(isUrgent(c) ? { urgent: true } : {}) })
    .filter((rung) => !told(rung))
    .map(({ rung, due: nominal, at }) => ({ step, round, rung, due: nominal, at }));
}

/** The database arms a told timer again by the same comparison. */
function isAhead({ due }: Rung, told: Told): boolean {
  return due > told.at && due > told.due;
}

/** A rung that is told within this time of its moment was on time, whatever hour has begun meanwhile. */
export const ON_TIME_MS = 10 * MINUTE_MS;

/**
 * Woken late, after an outage, in quiet hours or on a free day: that rung waits for the next opening. `null`: it may be told now, as
 * everything urgent (serta merta) may.
 */
export function heldTimers(c: Case, timer: Timer, facts: Facts): Timer[] | null {
  if (isUrgent(c)) return null;
  const { now, office } = facts;
  const opening = whenAllowed(office, now);
  if (opening <= now || now - timer.at <= ON_TIME_MS) return null;
  return wantedTimers(c, facts).map((wanted) => (wanted.at <= now ? { ...wanted, at: opening } : wanted));
}

/** What is said of the time that was chosen, not of the deadline. */
export function isAppointment(rung: string): boolean {
  return rung === 'soon' || rung === 'start';
}

/** Told so long after its moment that it does not go out by itself; what is urgent (serta merta), and what is to be done now, always does. */
export function isBelated(c: Case, timer: Timer, now: Instant): boolean {
  return now - timer.at > ON_TIME_MS && !isUrgent(c) && !isAppointment(timer.rung);
}
