// Where cards stand or are about to: who of the people whose turn it is has none yet, and which of them a chat has.
import { sql } from 'drizzle-orm';
import type { Chat, PersonId } from '../src/office/office.ts';
import { type Session, within } from './session.ts';
import { json } from './values.ts';

export async function withoutCard(session: Session, office: string, key: string, people: PersonId[]): Promise<PersonId[]> {
  if (people.length === 0) return [];
  const rows = await within<{ person: string }>(
    session,
    office,
    sql`
      select distinct b.person from bindings b
      where b.office = ${office} and b.chat is not null and b.reachable and b.person in (select jsonb_array_elements_text(${json(people)}))
      and not exists (select from bindings o join cards c on c.channel = o.channel and c.chat = o.chat
        where o.office = b.office and o.person = b.person and c.key = ${key})
      and not exists (select from bindings o join outbox w on w.channel = o.channel and w.chat = o.chat
        where o.office = b.office and o.person = b.person and w.card_key = ${key} and w.kind = 'show' and w.ended_at is null)`,
  );
  return rows.map(({ person }) => person);
}

export async function cardsIn(session: Session, chat: Chat, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await session.run<{ key: string }>(sql`
    with wanted as (select jsonb_array_elements_text(${json(keys)}) as key)
    select w.key from wanted w
    where exists (select from cards c where c.channel = ${chat.channel} and c.chat = ${chat.id} and c.key = w.key)
    or exists (select from outbox o where o.channel = ${chat.channel} and o.chat = ${chat.id} and o.card_key = w.key and o.kind = 'show' and o.ended_at is null)`);
  return rows.map(({ key }) => key);
}
