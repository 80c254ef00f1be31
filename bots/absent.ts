// What waits for somebody and has no card in his private chat: it came when he could not be written to there, or stands on his other channel.
import { cardKeyText } from '../src/case/outgoing.ts';
import { waitingCard } from '../src/case/seen.ts';
import type { Subject } from '../src/conversation/situation.ts';
import type { Chat } from '../src/office/office.ts';
import type { Membership, Tx } from '../src/ports/store.ts';

/** Those of the open cases, in their order. A card that is on its way to this chat is no longer absent. */
export async function absentFrom(tx: Tx, chat: Chat, open: Subject[], memberships: Membership[], now: number): Promise<Subject[]> {
  const waiting = open.flatMap((subject) => {
    const { case: c, office, sop } = subject;
    const card = waitingCard(c, { now, office, sop });
    const mine = memberships.some((one) => one.office.id === office.id && card?.people.includes(one.person.id));
    return card && mine ? [{ subject, key: cardKeyText({ card: 'step', ...card.place }) }] : [];
  });
  if (waiting.length === 0) return [];
  const here = new Set(
    await tx.cardsIn(
      chat,
      waiting.map(({ key }) => key),
    ),
  );
  return waiting.filter(({ key }) => !here.has(key)).map(({ subject }) => subject);
}
