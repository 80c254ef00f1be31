// Who has seen which step's card.
import { type SQL, sql } from 'drizzle-orm';
import type { CaseId } from '../src/case/case.ts';
import type { CardKey, Recipient } from '../src/case/outgoing.ts';
import type { CardPlace, Seen, Viewing } from '../src/case/viewing.ts';
import type { Chat, PersonId } from '../src/office/office.ts';
import type { Instant } from '../src/time.ts';
import { readCase } from './cases.ts';
import type { Run } from './line.ts';
import { type Session, within } from './session.ts';
import { instantParam, json, ms } from './values.ts';

/** An expression that writes down, in the same statement, that a step's card was sent: to whom it was for, and to those whose chat this is. */
export function cardSent(key: CardKey, to: Recipient, chat: Chat, at: Instant): SQL {
  if (key.card !== 'step') return sql`1`;
  const person = 'person' in to ? to.person : null;
  return sql`
    alur_card_sent(${key.case}::uuid, ${key.step}, ${key.round}::int, ${chat.channel}, ${chat.id}, ${person}::text, ${instantParam(at)})`;
}

export async function opened(session: Session, office: string, place: CardPlace, person: PersonId, at: Instant): Promise<void> {
  await within(
    session,
    office,
    sql`
      insert into case_views (office, "case", step, round, person, opened_at)
      values (${office}, ${place.case}::uuid, ${place.step}, ${place.round}::int, ${person}, ${instantParam(at)})
      on conflict ("case", step, round, person) do update set opened_at = excluded.opened_at where case_views.opened_at is null`,
  );
}

export async function delivered(run: Run, chat: Chat, messages: string[], at: Instant): Promise<void> {
  await run(sql`
    select alur_delivered(${chat.channel}, ${chat.id}, array(select jsonb_array_elements_text(${json(messages)})), ${instantParam(at)})`);
}

interface ViewRow {
  person: string;
  sent_ms: number | null;
  delivered_ms: number | null;
  opened_ms: number | null;
}

const TIMES = sql`${ms('v.sent_at')} as sent_ms, ${ms('v.delivered_at')} as delivered_ms, ${ms('v.opened_at')} as opened_ms`;

function viewingOf(row: ViewRow): Viewing {
  return { person: row.person, sentAt: row.sent_ms, deliveredAt: row.delivered_ms, openedAt: row.opened_ms };
}

/** One for each of the people, in their order. */
export async function seen(session: Session, office: string, place: CardPlace, people: PersonId[]): Promise<Seen[]> {
  if (people.length === 0) return [];
  const rows = await within<ViewRow & { chats: number; reached: number }>(
    session,
    office,
    sql`
      select w.person, ${TIMES}, count(b.chat)::int as chats, count(b.chat) filter (where b.reachable)::int as reached
      from jsonb_array_elements_text(${json(people)}) with ordinality as w(person, n)
      left join case_views v on v."case" = ${place.case}::uuid and v.step = ${place.step} and v.round = ${place.round}::int and v.person = w.person
      left join bindings b on b.office = ${office} and b.person = w.person
      group by w.person, w.n, v.sent_at, v.delivered_at, v.opened_at order by w.n`,
  );
  return rows.map((row) => ({ ...viewingOf(row), reach: row.reached > 0 ? 'yes' : row.chats > 0 ? 'blocked' : 'unbound' }));
}

/** All that is known of a case, in the order in which it became known. */
export async function viewsOf(session: Session, id: CaseId): Promise<(CardPlace & Viewing)[]> {
  if ((await readCase(session, id)) === null) return [];
  const rows = await session.run<ViewRow & { step: string; round: number }>(sql`
    select v.step, v.round, v.person, ${TIMES} from case_views v where v."case" = ${id}::uuid
    order by least(v.sent_at, v.delivered_at, v.opened_at), v.step, v.round, v.person`);
  return rows.map((row) => ({ case: id, step: row.step, round: row.round, ...viewingOf(row) }));
}
