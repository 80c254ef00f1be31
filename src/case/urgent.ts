// What must be announced at once (serta merta): everybody who will decide on it hears of it with the hand-in, not only when his turn comes.
import type { Step } from '../sop/sop.ts';
import type { Case, CaseEvent } from './case.ts';
import { actorsOf, type Facts, indexOf, isUrgent, named, personName, roleLabel, stepAt } from './facts.ts';
import type { Outgoing } from './outgoing.ts';

const KINDS: Step['kind'][] = ['receive', 'decide', 'schedule'];

/** `next`: what the hand-in leads to. To each once, for the first of his steps; whoever gets the card now, or has handed in, is left out. */
export function urgentAhead(c: Case, by: string, next: CaseEvent | undefined, facts: Facts): Outgoing[] {
  if (!isUrgent(c) || next?.type !== 'entered') return [];
  const { office, sop } = facts;
  const told = new Set([by, ...actorsOf(c, stepAt(sop, next.step), facts).map(({ id }) => id)]);
  const later = sop.steps.slice(indexOf(sop, next.step) + 1).filter(({ kind }) => KINDS.includes(kind));
  return later.flatMap((step) => {
    const people = actorsOf(c, step, facts).filter(({ id }) => !told.has(id));
    for (const { id } of people) told.add(id);
    const notice = {
      notice: 'urgent-ahead',
      named: named(c, office),
      maker: personName(office, by),
      now: roleLabel(sop, next.role),
      role: roleLabel(sop, step.role),
    } as const;
    return people.map(({ id }): Outgoing => ({ out: 'say', to: { person: id }, notice }));
  });
}
