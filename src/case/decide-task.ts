// A task is given, taken, or done by its decider himself: who makes the content after the first step.
import { rolesOf } from '../office/deputies.ts';
import type { PersonId } from '../office/office.ts';
import { tidy } from '../text/tidy.ts';
import type { Case, CaseEvent, Revision } from './case.ts';
import type { Command } from './command.ts';
import { caption, isOpen, narrative } from './decide-collect.ts';
import { mayAct } from './decide-judge.ts';
import { handingOn } from './entering.ts';
import { actingIn, actorsOf, assignedStep, contentStep, type Facts, stepAt } from './facts.ts';
import { notReady } from './ready.ts';
import { repair } from './revision.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

/** The draft of a task is done: it goes to the person who was named. */
export function assign(c: Case, by: PersonId, facts: Facts): Ruling {
  const step = isOpen(c) ? stepAt(facts.sop, c.state.step) : null;
  if (step?.kind !== 'assign') return refused({ refused: 'not-now', status: c.state.status });
  const refusal = notReady(c, step, by, facts);
  if (refusal) return refused(refusal);
  return accepted(handingOn(c, assignedStep(facts.sop, step), by, facts, c.content.details?.assignee));
}

/** The first who takes it makes it. */
export function take(c: Case, command: Command & { type: 'take' }, facts: Facts): Ruling {
  const { seen, by, home } = command;
  const step = stepAt(facts.sop, seen.step);
  const here = c.state.status === 'making' && c.state.step === seen.step && c.state.round === seen.round ? c.state : null;
  const yours = rolesOf(facts.office, by, facts.now);
  if (!yours.includes(step.role)) return refused({ refused: 'not-your-role', needed: step.role, yours });
  if (!here) return refused({ refused: 'outdated', now: c.state.status });
  const person = here.taken ?? (actorsOf(c, step, facts).some(({ id }) => id === by) ? null : here.assigned);
  if (person !== null) return refused({ refused: 'already-taken', person });
  // Files that are still on their way came too late to be material.
  const late = here.kept ? [] : c.content.media.filter(({ state }) => state === 'pending');
  const dropped = late.map(({ id }): CaseEvent => ({ type: 'media-dropped', at: facts.now, by: 'system', media: id }));
  return accepted(...dropped, { type: 'taken', at: facts.now, by, step: step.id, round: seen.round, home });
}

/** What a decider may repair or correct: his text makes the next revision, and the decision is still his. */
export function repairContent(c: Case, command: Command & { type: 'repair' }, facts: Facts): Ruling {
  const { seen, by, part, text } = command;
  const step = mayAct(c, seen, by, facts);
  if ('refused' in step) return refused(step);
  if (!mayRepair(c, facts)) return refused({ refused: 'not-now', status: c.state.status });
  const { now: at } = facts;
  const max = contentStep(facts.sop).requires.caption?.max ?? null;
  const last = c.revisions.at(-1) as Revision;
  // Judged against what was handed in, with the rules of a draft.
  const shown = { ...c, content: { ...c.content, caption: asText(last.caption), narrative: asText(last.narrative) } };
  const ruling = part === 'caption' ? caption(shown, text, max, at, by) : narrative(shown, text, at, by);
  if (!ruling.ok || ruling.events.length === 0) return ruling;
  const revision = { ...repair(last, part, tidy(text.text), by, at), ...actingIn(step.role, by, facts) };
  return accepted({ type: 'repaired', at, by, step: step.id, round: seen.round, revision });
}

function asText(text: string | null): { text: string } | null {
  return text === null ? null : { text };
}

/** May what lies at this step now be repaired by its holder? */
export function mayRepair(c: Case, facts: Facts): boolean {
  if (c.state.status !== 'running') return false;
  const { step: at, round, back } = c.state;
  const step = stepAt(facts.sop, at);
  // Where several decide, what one of them has agreed to stays as it is until all have.
  if (step.kind !== 'decide' || c.decisions.some((made) => made.step === at && made.round === round)) return false;
  return step.mayCorrect === true || (step.mayRepair === true && back !== null);
}
