// A draft's number: the revision that it will become, one more once a task has been given out. One card stands for each, so that no
// two makers of a case ever share one.
import type { Sop } from '../sop/sop.ts';
import type { Case } from './case.ts';
import { indexOf } from './facts.ts';
import type { CardKey } from './outgoing.ts';

export type DraftKey = CardKey & { card: 'draft' };

/** Drafts before the first revision beside the one that becomes it: the task's. */
export function draftsAhead(sop: Sop): number {
  return sop.steps[0]?.kind === 'assign' ? 1 : 0;
}

/** `step`: position of the step at which it is collected. `revisions`: how many have been handed in by then. */
export function draftKeyOf(id: string, sop: Sop, step: number, revisions: number): DraftKey {
  return { card: 'draft', case: id, round: revisions + 1 + (step > 0 ? draftsAhead(sop) : 0) };
}

/** The draft that is open, or the one that would be. */
export function draftKey(c: Case, sop: Sop): DraftKey {
  return draftKeyOf(c.id, sop, 'step' in c.state ? indexOf(sop, c.state.step) : 0, c.revisions.length);
}
