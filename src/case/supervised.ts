// What goes out when a supervisor reminds somebody or gives a case to somebody else.
import type { Case, CaseEvent } from './case.ts';
import { isOpen } from './decide-collect.ts';
import { heldBefore, nudgedBy } from './decide-supervise.ts';
import { draftKey } from './draft-key.ts';
import { type Facts, named, personName, stepAt } from './facts.ts';
import type { Notice, Outgoing } from './outgoing.ts';
import { ladderFact } from './told.ts';

function stepFact(c: Case, at: string, facts: Facts) {
  const fact = ladderFact(c, 'nudge', facts);
  const step = stepAt(facts.sop, at).activity;
  return { named: named(c, facts.office), step, dueAt: fact?.dueAt ?? null, lateMs: fact?.lateMs ?? 0, now: facts.now };
}

export function nudged(c: Case, event: CaseEvent & { type: 'nudged' }, facts: Facts): Outgoing[] {
  const notice: Notice = { notice: 'nudged', ...stepFact(c, event.step, facts), person: personName(facts.office, event.by) };
  return nudgedBy(c, event.by, facts).map((person): Outgoing => ({ out: 'say', to: isOpen(c) ? { chat: c.home } : { person }, notice }));
}

/** The new one gets the files and the card (`cards`), those before him keep theirs and are told. */
export function reassigned(before: Case, c: Case, event: CaseEvent & { type: 'reassigned' }, cards: Outgoing[], facts: Facts): Outgoing[] {
  const { to, by } = event;
  const fact = {
    notice: 'reassigned',
    ...stepFact(c, event.step, facts),
    by: personName(facts.office, by),
    person: personName(facts.office, to),
  } as const;
  const wasDraft = isOpen(before);
  const old = heldBefore(before, to, by, facts).map(
    (person): Outgoing => ({ out: 'say', to: wasDraft ? { chat: before.home } : { person }, notice: { ...fact, to: 'old' } }),
  );
  const fresh = cards.map((out): Outgoing => (out.out === 'show' ? { ...out, fresh: true } : out));
  const draft: Outgoing[] = wasDraft ? [{ out: 'refresh', key: draftKey(before, facts.sop) }] : [];
  return [{ out: 'say', to: { person: to }, notice: { ...fact, to: 'new' } }, ...fresh, ...old, ...draft];
}
