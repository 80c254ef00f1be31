// Who has seen which step's card, in memory.
import { cardKeyText } from '../../src/case/outgoing.ts';
import type { CardPlace, Seen, Viewing } from '../../src/case/viewing.ts';
import type { Chat } from '../../src/office/office.ts';
import type { Instant } from '../../src/time.ts';
import { chatKey, type OutboxRow, sameChat, type Tables, type Work } from './memory-tables.ts';

type Times = Omit<Viewing, 'person'>;
const NOTHING: Times = { sentAt: null, deliveredAt: null, openedAt: null };

const idOf = (place: CardPlace, person: string): string => `${cardKeyText({ card: 'step', ...place })} ${person}`;

/** The first time each. */
function note(work: Work, office: string, place: CardPlace, person: string, when: Partial<Times>): void {
  const id = idOf(place, person);
  const before = work.tables.views.get(id) ?? { ...place, office, person, ...NOTHING };
  const { sentAt, deliveredAt, openedAt } = { ...NOTHING, ...when };
  work.write('views').set(id, {
    ...before,
    sentAt: before.sentAt ?? sentAt,
    deliveredAt: before.deliveredAt ?? deliveredAt,
    openedAt: before.openedAt ?? openedAt,
  });
}

/** Whether it was a step's card. */
export function cardSent(work: Work, { out, chat }: OutboxRow, at: Instant): boolean {
  if (out.out !== 'show' || out.key.card !== 'step') return false;
  const office = work.tables.cases.get(out.key.case)?.office;
  const { case: id, step, round } = out.key;
  if (office === undefined) return true;
  const there = work.tables.bindings.filter((one) => one.office === office && sameChat(one.chat, chat)).map(({ person }) => person);
  for (const person of new Set([...there, ...('person' in out.to ? [out.to.person] : [])]))
    note(work, office, { case: id, step, round }, person, { sentAt: at });
  return true;
}

export function opened(work: Work, office: string, place: CardPlace, person: string, at: Instant): void {
  note(work, office, place, person, { openedAt: at });
}

export function delivered(work: Work, chat: Chat, messages: string[], at: Instant): void {
  for (const view of work.tables.views.values()) {
    const { case: id, step, round, person, office } = view;
    const card = work.tables.cards.get(`${chatKey(chat)}|${cardKeyText({ card: 'step', case: id, step, round })}`);
    const his = work.tables.bindings.some((one) => one.office === office && one.person === person && sameChat(one.chat, chat));
    if (card && his && messages.includes(card.message)) note(work, office, { case: id, step, round }, person, { deliveredAt: at });
  }
}

export function seen(tables: Tables, office: string, place: CardPlace, people: string[]): Seen[] {
  return people.map((person) => {
    const { sentAt, deliveredAt, openedAt } = tables.views.get(idOf(place, person)) ?? NOTHING;
    const mine = tables.bindings.filter((one) => one.office === office && one.person === person && one.chat.id !== '');
    const reach = mine.some(({ reachable }) => reachable) ? 'yes' : mine.length > 0 ? 'blocked' : 'unbound';
    return { person, sentAt, deliveredAt, openedAt, reach };
  });
}
