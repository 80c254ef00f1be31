// What a supervisor taps on the notice of a late step. Whether he is one is looked up now, whatever chat the button stands in.
import { candidatesFor, maySupervise } from '../case/decide-supervise.ts';
import { type Facts, named, stepAt } from '../case/facts.ts';
import { materialFor } from '../case/material.ts';
import { givenAt } from '../case/stand-ins.ts';
import { rolesOf } from '../office/deputies.ts';
import { isSupervisor } from '../office/office.ts';
import { sayOne } from './lists.ts';
import { type Action, itemOf } from './reference.ts';
import type { Tapped } from './tapped.ts';

export const SUPERVISING: ReadonlySet<Action> = new Set<Action>(['nudge', 'reassign', 'reassignTo', 'show']);

/** A choice is bound to how often the step has been given away: of two supervisors with the same list before them the first chooses. */
function choiceOf(person: string, given: number): number {
  return itemOf(`${given} ${person}`);
}

function show({ talk, subject, seen }: Tapped): void {
  sayOne(talk, subject);
  talk.send(...materialFor(subject.case, { case: subject.case.id, ...seen }, { chat: talk.situation.heard.chat }));
  talk.answer({ notice: 'tap-taken', what: 'shown' });
}

function nudge({ talk, seen, by }: Tapped): void {
  const refusal = talk.act({ type: 'nudge', seen, by });
  if (refusal) return talk.sayRefusal(refusal);
  talk.answer({ notice: 'tap-taken', what: 'nudged' });
}

function reassign({ talk, subject, reference, seen, by }: Tapped): void {
  const { case: c, office, sop } = subject;
  const facts: Facts = { now: talk.situation.now, office, sop };
  const refusal = maySupervise(c, seen, by, facts);
  if (refusal) return talk.sayRefusal(talk.refused(refusal, 'reassign'));
  const given = givenAt(c, seen.step, seen.round);
  const last = given.at(-1);
  const people = candidatesFor(c, facts);
  const chosen = people.find(({ id }) => choiceOf(id, given.length) === reference.item);
  // Another copy of the notice, or of the list, has been used meanwhile.
  const stale = reference.action === 'reassign' ? reference.item !== given.length : !chosen;
  if (stale && last) return talk.sayRefusal(talk.refused({ refused: 'already-reassigned', ...last }, 'reassign'));
  if (reference.action === 'reassignTo') {
    const refused = talk.act({ type: 'reassign', seen, to: chosen?.id ?? '', by });
    return refused ? talk.sayRefusal(refused) : talk.answer({ notice: 'tap-taken', what: 'reassigned' });
  }
  if (people.length === 0) return talk.sayRefusal(talk.refused({ refused: 'nobody-there' }, 'reassign'));
  talk.say({
    notice: 'reassign',
    named: named(c, office),
    step: stepAt(sop, seen.step).activity,
    index: { step: reference.step, round: reference.round, revision: reference.revision },
    candidates: people.map(({ id, name }) => ({ item: choiceOf(id, given.length), name })),
  });
  talk.answer({ notice: 'tap-taken', what: 'asked' });
}

export function supervisorTap(tapped: Tapped): void {
  const { talk, subject, reference, by } = tapped;
  if (!isSupervisor(subject.office, by)) {
    const yours = rolesOf(subject.office, by, talk.situation.now);
    return talk.sayRefusal(talk.refused({ refused: 'not-your-role', needed: '', yours }, reference.action));
  }
  if (reference.action === 'show') return show(tapped);
  return reference.action === 'nudge' ? nudge(tapped) : reassign(tapped);
}
