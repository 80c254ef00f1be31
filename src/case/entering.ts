// Moving on: what happens when a case leaves a step for the next one, or for an earlier one.
import type { PersonId } from '../office/office.ts';
import type { Step } from '../sop/sop.ts';
import type { By, Case, CaseEvent } from './case.ts';
import { dueOf, type Facts, indexOf, roundsOf, stepAt } from './facts.ts';

type Back = { person: PersonId; role: string; step: string; reason: string };

function entered(c: Case, step: Step, by: By, facts: Facts, back: Back | null): CaseEvent {
  const round = roundsOf(c, step.id) + 1;
  const status = step.kind === 'publish' ? 'approved' : 'running';
  return { type: 'entered', at: facts.now, by, step: step.id, role: step.role, round, status, dueAt: dueOf(c, step, round, facts), back };
}

/** To the makers of a later prepare step. `assigned`: to this one alone; else to whoever made it before, else to all of them. */
export function handingOn(c: Case, step: Step, by: By, facts: Facts, assigned?: PersonId): CaseEvent {
  const round = roundsOf(c, step.id) + 1;
  const to = assigned ?? c.makers?.[step.id]?.person ?? null;
  return { type: 'handed-on', at: facts.now, by, step: step.id, role: step.role, round, dueAt: dueOf(c, step, round, facts), assigned: to };
}

/** Into the step after `from`; after the last one the case is closed. */
export function entering(c: Case, from: string, by: By, facts: Facts): CaseEvent[] {
  const next = facts.sop.steps[indexOf(facts.sop, from) + 1];
  if (!next) return [{ type: 'closed', at: facts.now, by }];
  return [next.kind === 'prepare' ? handingOn(c, next, by, facts) : entered(c, next, by, facts, null)];
}

/** Back to an earlier step: to its maker with the draft open again, or to an earlier holder. */
export function goingBack(c: Case, to: string, back: Back, facts: Facts): CaseEvent {
  const step = stepAt(facts.sop, to);
  if (step.kind !== 'prepare') return entered(c, step, back.person, facts, back);
  const round = roundsOf(c, step.id) + 1;
  const { person, role, step: fromStep, reason } = back;
  const dueAt = dueOf(c, step, round, facts);
  return {
    type: 'returned',
    at: facts.now,
    by: person,
    step: step.id,
    role: step.role,
    round,
    dueAt,
    from: { role, step: fromStep },
    reason,
  };
}
