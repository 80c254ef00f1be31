// Whose card is waiting, and how far it has come with each of them.
import type { Instant } from '../time.ts';
import type { Case } from './case.ts';
import { isOpen } from './decide-collect.ts';
import { actorsOf, type Facts, personName, seatOf, stepAt } from './facts.ts';
import type { CardPlace, Seen, SeenLine } from './viewing.ts';

/** The card that the case waits for, and whose turn it is; `null` for a draft, which its maker has in hand, and after the end. */
export function waitingCard(c: Case, facts: Facts): { place: CardPlace; people: string[] } | null {
  if (!('step' in c.state) || isOpen(c)) return null;
  const { step, round } = c.state;
  return { place: { case: c.id, step, round }, people: actorsOf(c, stepAt(facts.sop, step), facts).map(({ id }) => id) };
}

function progress({ reach, sentAt, deliveredAt, openedAt }: Seen, decidedAt: Instant | undefined): Pick<SeenLine, 'is' | 'at'> {
  if (decidedAt !== undefined) return { is: 'decided', at: decidedAt };
  // Also without a chat of his own: he may have touched it in a group.
  if (openedAt !== null) return { is: 'opened', at: openedAt };
  if (deliveredAt !== null) return { is: 'delivered', at: deliveredAt };
  if (sentAt !== null) return { is: 'sent', at: sentAt };
  return { is: reach === 'yes' ? 'waiting' : reach, at: null };
}

/** One line for each of the people of `waitingCard`, in the order in which they are given. */
export function seenLines(c: Case, place: CardPlace, seen: Seen[], facts: Facts): SeenLine[] {
  const { kind, role } = stepAt(facts.sop, place.step);
  const made = c.decisions.filter(({ step, round }) => step === place.step && round === place.round);
  return seen.map((one) => ({
    person: personName(facts.office, one.person),
    // Decided by his deputy, it is decided for him as well.
    ...progress(one, made.find(({ person, onBehalfOf }) => (onBehalfOf ?? person) === seatOf(role, one.person, facts))?.at),
    kind,
  }));
}
