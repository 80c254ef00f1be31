// What has been said of a revision and still holds: of itself, and of what a decider has only corrected on the way to it.
import type { Sop } from '../sop/sop.ts';
import type { Case, Decision } from './case.ts';
import { stepAt } from './facts.ts';

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

/** What the SOP calls what has been accepted at this step. */
export function acceptedAs(sop: Sop, step: string): { as?: string } {
  const at = stepAt(sop, step);
  return at.kind === 'decide' && at.acceptedAs !== undefined ? { as: at.acceptedAs } : {};
}

/** What the content has become by what was accepted of it, in order, each once. */
export function become(c: Case, sop: Sop): string[] {
  const accepted = standingOn(c, c.revisions.length).filter(({ verdict }) => verdict === 'accept');
  return [...new Set(accepted.flatMap(({ step }) => acceptedAs(sop, step).as ?? []))];
}
