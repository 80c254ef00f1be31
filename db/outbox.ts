// The third door, going in: what must go out, with people resolved to their chats and waiting updates of one card collapsed.
import { sql } from 'drizzle-orm';
import { cardKeyText, type Named, type Notice, type Outgoing, type Recipient } from '../src/case/outgoing.ts';
import { type Chat, type PersonId, personOf } from '../src/office/office.ts';
import type { Instant } from '../src/time.ts';
import { readOffice } from './offices.ts';
import { enter, type Session } from './session.ts';
import { instantParam, json } from './values.ts';

interface Row {
  channel: Chat['channel'];
  chat: string;
  kind: Exclude<Outgoing['out'], 'refresh'>;
  key: string | null;
  fresh: boolean;
  body: Outgoing;
}

interface Place {
  channel: Chat['channel'];
  chat: string;
  key: string;
  recipient: Recipient;
}

interface Resolved {
  chats: Map<PersonId, Chat>;
  places: Place[];
}

/** In order of the list; nothing is sent before the transaction commits. */
export async function send(session: Session, office: string | null, outgoing: Outgoing[], at: Instant): Promise<void> {
  if (outgoing.length === 0) return;
  const resolved = await resolve(session, office, outgoing);
  const rows: Row[] = [];
  const without = new Map<string, { person: PersonId; about: Outgoing }>();
  for (const out of outgoing) {
    if (out.out === 'refresh') rows.push(...refreshed(out, resolved.places));
    else if (out.out === 'answer') rows.push(rowOf(out, out.chat));
    else {
      const chat = 'chat' in out.to ? out.to.chat : resolved.chats.get(out.to.person);
      if (chat) rows.push(rowOf(out, chat));
      else if ('person' in out.to) without.set(`${out.to.person} ${caseOf(out)}`, { person: out.to.person, about: out });
    }
  }
  if (office !== null) {
    for (const { person, about } of without.values()) rows.push(...(await unreachableRows(session, office, person, about, null)));
  }
  await insertRows(session, office, collapse(rows), at);
}

/** Tells the supervisors that somebody cannot be reached; nothing when they were told. */
export async function tellUnreachable(
  session: Session,
  office: string,
  person: PersonId,
  about: Outgoing,
  why: 'blocked' | 'failed',
  at: Instant,
): Promise<void> {
  await insertRows(session, office, await unreachableRows(session, office, person, about, why), at);
}

/** Another channel on which this person can be reached. */
async function otherChat(session: Session, office: string, person: PersonId, than: Chat): Promise<Chat | null> {
  await enter(session, office);
  const [row] = await session.run<{ channel: Chat['channel']; chat: string }>(sql`
    select channel, chat from bindings
    where office = ${office} and person = ${person} and chat is not null and reachable and channel <> ${than.channel}
    order by last_used desc nulls last, channel, account limit 1`);
  return row ? { channel: row.channel, id: row.chat } : null;
}

/** What was for a person goes to the other channel that reaches him, and his supervisors hear of it once; `false` when there is none. */
export async function reroute(session: Session, office: string, about: Outgoing, from: Chat, at: Instant): Promise<boolean> {
  if (about.out === 'answer' || about.out === 'refresh' || !('person' in about.to)) return false;
  const { person } = about.to;
  const chat = await otherChat(session, office, person, from);
  if (!chat) return false;
  const told = await unreachableRows(session, office, person, about, 'failed', chat.channel);
  await insertRows(session, office, [rowOf(about, chat), ...told], at);
  return true;
}

async function resolve(session: Session, office: string | null, outgoing: Outgoing[]): Promise<Resolved> {
  const persons = new Set<PersonId>();
  const keys = new Set<string>();
  for (const out of outgoing) {
    if (out.out === 'refresh') keys.add(cardKeyText(out.key));
    else if (out.out !== 'answer' && 'person' in out.to) persons.add(out.to.person);
  }
  const [chats, places] = await Promise.all([
    office === null || persons.size === 0 ? new Map<PersonId, Chat>() : chatsOf(session, office, [...persons]),
    keys.size === 0 ? [] : placesOf(session, [...keys]),
  ]);
  return { chats, places };
}

/** The chat that each of them used last, of those that can be reached. */
async function chatsOf(session: Session, office: string, persons: PersonId[]): Promise<Map<PersonId, Chat>> {
  const [, rows] = await Promise.all([
    enter(session, office),
    session.run<{ person: string; channel: Chat['channel']; chat: string }>(sql`
      select distinct on (person) person, channel, chat from bindings
      where office = ${office} and chat is not null and reachable and person in (select jsonb_array_elements_text(${json(persons)}))
      order by person, last_used desc nulls last, channel, account`),
  ]);
  return new Map(rows.map((row) => [row.person, { channel: row.channel, id: row.chat }]));
}

/** Where these cards stand, or are about to. */
function placesOf(session: Session, keys: string[]): Promise<Place[]> {
  return session.run<Place>(sql`
    with wanted as (select jsonb_array_elements_text(${json(keys)}) as key)
    select distinct on (channel, chat, key) channel, chat, key, recipient from (
      select c.channel, c.chat, c.key, c.recipient, 0 as rank from cards c join wanted w on w.key = c.key
      union all
      select o.channel, o.chat, o.card_key, o.body -> 'to', 1 from outbox o join wanted w on w.key = o.card_key where o.kind = 'show' and o.ended_at is null
    ) as places order by channel, chat, key, rank`);
}

function rowOf(out: Exclude<Outgoing, { out: 'refresh' }>, chat: Chat): Row {
  const key = out.out === 'show' || out.out === 'album' ? cardKeyText(out.key) : null;
  return { channel: chat.channel, chat: chat.id, kind: out.out, key, fresh: out.out === 'show' && out.fresh === true, body: out };
}

function refreshed(out: Extract<Outgoing, { out: 'refresh' }>, places: Place[]): Row[] {
  const key = cardKeyText(out.key);
  return places
    .filter((place) => place.key === key)
    .map((place) => rowOf({ out: 'show', to: place.recipient, key: out.key }, { channel: place.channel, id: place.chat }));
}

/** One showing of a card per chat, the last: it will show the newest state anyhow, and comes after the album it replies to. */
function collapse(rows: Row[]): Row[] {
  const kept: Row[] = [];
  const shown = new Map<string, Row>();
  for (const row of rows.toReversed()) {
    const place = JSON.stringify([row.channel, row.chat, row.key]);
    const later = row.kind === 'show' ? shown.get(place) : undefined;
    if (!later) {
      kept.push(row);
      if (row.kind === 'show') shown.set(place, row);
    } else if (row.fresh && !later.fresh) {
      later.fresh = true;
      later.body = row.body;
    }
  }
  return kept.reverse();
}

/**
 * A showing that waits and that nobody has leased will be made from the state after our commit: it is held until then, so that it cannot be
 * leased in between, and ours is left out. One that is being leased at this moment is skipped over, and ours goes in; so it does beside one
 * whose lease has run out, because its slow holder may still settle it with what it looked like before.
 */
async function insertRows(session: Session, office: string | null, rows: Row[], at: Instant): Promise<void> {
  if (rows.length === 0) return;
  for (const { channel, chat, kind } of rows) ring(session, { channel, id: chat }, kind === 'answer');
  await session.run(sql`
    with wanted as (
      select * from jsonb_to_recordset(${json(rows.map((row, n) => ({ n, ...row })))})
      as w(n int, channel text, chat text, kind text, key text, fresh boolean, body jsonb)
    ), waiting as (
      select o.channel, o.chat, o.card_key, coalesce((o.body ->> 'fresh')::boolean, false) as fresh
      from outbox o join wanted w on w.kind = 'show' and w.channel = o.channel and w.chat = o.chat and w.key = o.card_key
      where o.ended_at is null and o.kind = 'show' and o.leased_until is null
      for update of o skip locked
    )
    insert into outbox (sender, channel, chat, kind, card_key, body, created_at)
    select ${office}, channel, chat, kind, key, body, ${instantParam(at)} from wanted w
    where w.kind <> 'show' or not exists (
      select from waiting v where v.channel = w.channel and v.chat = w.chat and v.card_key = w.key and (v.fresh or not w.fresh)
    )
    order by n`);
}

function ring({ rings }: Session, chat: Chat, answered: boolean): void {
  const key = `${chat.channel}:${chat.id}`;
  const one = rings.chats.get(key) ?? chat;
  rings.chats.set(key, one);
  if (answered) rings.answered.add(one);
}

function caseOf(out: Outgoing): string {
  switch (out.out) {
    case 'say':
      return namedOf(out.notice)?.case ?? '';
    case 'show':
    case 'refresh':
      return out.key.case;
    case 'album':
    case 'text':
      return out.case;
    case 'answer':
      return '';
  }
}

function namedOf(notice: Notice): Named | null {
  return 'named' in notice ? notice.named : null;
}

async function unreachableRows(
  session: Session,
  officeId: string,
  person: PersonId,
  about: Outgoing,
  why: 'blocked' | 'failed' | null,
  instead?: Chat['channel'],
): Promise<Row[]> {
  // Nobody is left to hear that those who should hear it cannot be reached.
  if (about.out === 'say' && about.notice.notice === 'unreachable') return [];
  const office = await readOffice(session, officeId);
  if (!office) return [];
  const caseId = caseOf(about);
  const told = await session.run<{ person: string }>(sql`
    insert into unreachable_told (office, "case", person) values (${officeId}, ${instead === undefined ? caseId : `${instead}:${caseId}`}, ${person}) on conflict do nothing returning person`);
  if (told.length === 0) return [];
  const supervisors = [...new Set(office.supervisors.flat())].filter((id) => id !== person);
  if (supervisors.length === 0) return [];
  const chats = await chatsOf(session, officeId, supervisors);
  const notice: Notice = {
    notice: 'unreachable',
    person: personOf(office, person)?.name ?? person,
    why: why ?? (await whyUnreachable(session, officeId, person)),
    named: await nameOfCase(session, caseId, office.timezone),
    ...(instead === undefined ? {} : { instead }),
  };
  return [...chats].map(([id, chat]) => rowOf({ out: 'say', to: { person: id }, notice }, chat));
}

async function whyUnreachable(session: Session, office: string, person: PersonId): Promise<'blocked' | 'unbound' | 'unwritten'> {
  const rows = await session.run<{ chat: string | null }>(sql`select chat from bindings where office = ${office} and person = ${person}`);
  if (rows.length === 0) return 'unbound';
  return rows.some(({ chat }) => chat !== null) ? 'blocked' : 'unwritten';
}

async function nameOfCase(session: Session, caseId: string, timezone: string): Promise<Named | null> {
  if (caseId === '') return null;
  const [row] = await session.run<{ number: string | null; title: string | null }>(
    sql`select number, title from cases where id = ${caseId}::uuid`,
  );
  return { case: caseId, number: row?.number ?? null, title: row?.title ?? null, timezone };
}
