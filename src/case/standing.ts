// What has been said of a revision and still holds: of itself, and of what a decider has only corrected on the way to it.
import type { Case, Decision } from './case.ts';

/** Corrected by whoever had it before him, without anybody having sent it back: what was said before holds on. */
function isCorrected(c: Case, revision: number): boolean {
  const rejected = c.decisions.some((decision) => decision.revision === revision - 1 && decision.verdict === 'reject');
  return c.revisions[revision - 1]?.repaired === true && !rejected;
}

/** In order. `revision`: 1, 2, …; 0 before the first hand-in. */
export function standingOn(c: Case, revision: number): Decision[] {
  let first = revision;
  while (isCorrected(c, first)) first -= 1;
  return c.decisions.filter((decision) => decision.revision >= first && decision.revision <= revision);
}
