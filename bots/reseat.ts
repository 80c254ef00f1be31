// After an office has changed: every open case is looked at once more. New holders get its card, a step without a holder is an alarm,
// deadlines follow the new calendar. Nothing that was done changes.
import type { CaseId } from '../src/case/case.ts';
import { isOpen } from '../src/case/decide-collect.ts';
import { actorsOf, stepAt } from '../src/case/facts.ts';
import { cardsFor, noHolder } from '../src/case/notices.ts';
import { cardKeyText, type Outgoing } from '../src/case/outgoing.ts';
import { timersOf, turn } from '../src/case/turn.ts';
import type { PersonId } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';

export interface ReseatDeps {
  store: Store & {
    openCases(office: string): Promise<CaseId[]>;
    withoutCard(office: string, key: string, people: PersonId[]): Promise<PersonId[]>;
  };
  clock: Clock;
}

/** `told`: steps without a holder are told of to the supervisors; a mere restart tells nobody again. */
export async function reseat(deps: ReseatDeps, office: string, told: boolean): Promise<{ cases: number; moved: number }> {
  let moved = 0;
  const ids = await deps.store.openCases(office);
  for (const id of ids) if (await reseatCase(deps, id, told)) moved += 1;
  return { cases: ids.length, moved };
}

async function reseatCase({ store, clock }: ReseatDeps, id: CaseId, told: boolean): Promise<boolean> {
  const known = await store.readCase(id);
  const waiting = known && !isOpen(known.case) && 'step' in known.case.state ? known.case.state : null;
  const key = waiting && cardKeyText({ card: 'step', case: id, step: waiting.step, round: waiting.round });
  const actors =
    known && waiting
      ? actorsOf(known.case, stepAt(known.sop, waiting.step), { now: clock.now(), office: known.office, sop: known.sop })
      : [];
  const without =
    known && key
      ? await store.withoutCard(
          known.office.id,
          key,
          actors.map((actor) => actor.id),
        )
      : [];
  return store.transaction(async (tx) => {
    const c = await tx.lockCase(id);
    const office = c && (await tx.office(c.office));
    const sop = c && (await tx.sop(c.sop.id, c.sop.version));
    if (!c || !office || !sop) return false;
    const facts = { now: clock.now(), office, sop, serial: 0 };
    const turned = turn(c, { type: 'reconsider' }, facts);
    if (!turned.ok || !turned.after) return false;
    const { after, events, outgoing } = turned;
    await tx.saveCase(c, after, events, timersOf(after, facts));
    const out: Outgoing[] = [...outgoing];
    // Only where the step is still the one that was looked at.
    if (waiting && 'step' in after.state && after.state.step === waiting.step && after.state.round === waiting.round) {
      for (const person of without) out.push(...cardsFor(after, { person }, facts));
      if (actors.length === 0 && told) out.push(...noHolder(after, stepAt(sop, waiting.step), facts));
    }
    await tx.send(office.id, out, facts.now);
    return events.length > 0;
  });
}
