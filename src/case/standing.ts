// What has been said of a revision and still holds: of itself, and of what a decider has only corrected on the way to it.
import type { Case, Decision } from './case.ts';

/** Corrected by whoever had it before him, without anybody having sent it back: what was said before holds on. */
function isCorrected(c: Case, revision: number): boolean {
  const rejected = c.decisions.some((decision) => decision.revision === revision - 1 && decision.verdict === 'reject');
  return c.revisions[revision - 1]?.repaired === true && !rejected;
}

/** The revision from which on everything said holds of this one. `revision`: 1, 2, …; 0 before the first hand-in. */
export function standsFrom(c: Case, revision: number): number {
  return isCorrected(c, revision) ? standsFrom(c, revision - 1) : revision;
}

/** In order. */
export function standingOn(c: Case, revision: number): Decision[] {
  const first = standsFrom(c, revision);
  return c.decisions.filter((decision) => decision.revision >= first && decision.revision <= revision);
}
