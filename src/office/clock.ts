// What an office itself is woken for, beside the deadlines of its cases. One wanted instant for each matter.
import type { Instant } from '../time.ts';

/** `deputies`: a Plh or Plt begins or ends. `catch-up`: what an outage left unsaid. `chain-head`: the history's daily head. */
export const OFFICE_MATTERS = ['deputies', 'catch-up', 'daily', 'calendar', 'chain-head'] as const;
export type OfficeMatter = (typeof OFFICE_MATTERS)[number];

export interface OfficeTimer {
  office: string;
  what: OfficeMatter;
  at: Instant;
  /** From when on the ring has to look: the ring before, or what whoever set it says. `null`: from the beginning. */
  since: Instant | null;
}

/** How a job names an office's timer, beside the timers of cases. */
export function officeTimerId(office: string, what: OfficeMatter): string {
  return `${what}@${office}`;
}

/** `null`: a case's timer. */
export function officeTimerOf(id: string): { office: string; what: OfficeMatter } | null {
  const at = id.indexOf('@');
  const what = OFFICE_MATTERS.find((matter) => matter === id.slice(0, Math.max(0, at)));
  return what === undefined ? null : { what, office: id.slice(at + 1) };
}

/** What stands after somebody else wants the matter too: the earlier instant, looking back to the earlier beginning. */
export function earlierOf(one: OfficeTimer, other: OfficeTimer): OfficeTimer {
  const since = one.since === null || other.since === null ? null : Math.min(one.since, other.since);
  return { ...one, at: Math.min(one.at, other.at), since };
}
