// The outbox in memory: who is reached where, what collapses, what waits behind what, and who is told that somebody cannot be reached.
import { type CardKey, cardKeyText, type Notice, type Outgoing, type Recipient } from '../../src/case/outgoing.ts';
import { type Chat, personOf } from '../../src/office/office.ts';
import type { Delivered, Delivery } from '../../src/ports/store.ts';
import type { Instant } from '../../src/time.ts';
import { chatKey, type OutboxRow, sameChat, type Tables, type Work } from './memory-tables.ts';
import { cardSent } from './memory-views.ts';

type Said = Exclude<Outgoing, { out: 'refresh' }>;
interface Row {
  chat: Chat;
  key: string | null;
  out: Said;
}

/** The chat that the person used last, of those that can be reached. */
function chatOf(tables: Tables, office: string, person: string): Chat | null {
  const mine = tables.bindings.filter((one) => one.office === office && one.person === person && one.reachable);
  return mine.sort((a, b) => b.lastUsed - a.lastUsed)[0]?.chat ?? null;
}

function rowOf(out: Said, chat: Chat): Row {
  return { chat, key: out.out === 'show' || out.out === 'album' ? cardKeyText(out.key) : null, out };
}

/** Where a card stands, or is about to. */
function places(tables: Tables, key: CardKey): Row[] {
  const text = cardKeyText(key);
  const found = new Map<string, { chat: Chat; to: Recipient }>();
  for (const [place, { to }] of tables.cards) {
    const at = place.indexOf('|');
    if (place.slice(at + 1) !== text) continue;
    const [channel, ...id] = place.slice(0, at).split(':');
    found.set(place.slice(0, at), { chat: { channel: channel as Chat['channel'], id: id.join(':') }, to });
  }
  for (const row of tables.outbox.open()) {
    if (row.key === text && row.out.out === 'show' && !found.has(chatKey(row.chat)))
      found.set(chatKey(row.chat), { chat: row.chat, to: row.out.to });
  }
  return [...found.values()].map(({ chat, to }) => rowOf({ out: 'show', to, key }, chat));
}

/** One showing of a card per chat within a batch, the last: it comes after the album that it replies to. */
function collapse(rows: Row[]): Row[] {
  const kept: Row[] = [];
  const shown = new Map<string, Row>();
  for (const row of rows.toReversed()) {
    const later = row.out.out === 'show' ? shown.get(`${chatKey(row.chat)}|${row.key}`) : undefined;
    if (!later) {
      kept.push(row);
      if (row.out.out === 'show') shown.set(`${chatKey(row.chat)}|${row.key}`, row);
    } else if (row.out.out === 'show' && row.out.fresh && later.out.out === 'show' && !later.out.fresh) later.out = row.out;
  }
  return kept.reverse();
}

const isFresh = (out: Outgoing): boolean => out.out === 'show' && out.fresh === true;

/** A showing that waits and that nobody has leased since it was last settled will be made from the newest state: ours is left out. */
function waits(tables: Tables, { out, chat, key }: Row): boolean {
  if (out.out !== 'show') return false;
  for (const row of tables.outbox.open()) {
    if (row.key !== key || row.out.out !== 'show' || row.leasedUntil !== 0 || !sameChat(row.chat, chat)) continue;
    if (isFresh(row.out) || !isFresh(out)) return true;
  }
  return false;
}

function insert(work: Work, office: string | null, rows: Row[], at: Instant): void {
  const before = { ...work.tables };
  for (const row of rows) {
    if (waits(before, row)) continue;
    const id = work.id();
    const { chat, out, key } = row;
    work.write('outbox').set(id, {
      id,
      office,
      chat,
      out,
      key,
      lane: out.out === 'answer' ? `tap:${id}` : 'chat',
      attempts: 0,
      createdAt: at,
      notBefore: 0,
      leasedUntil: 0,
      heldSince: 0,
      endedAt: null,
      ending: null,
      endedBy: 0,
      messages: [],
      cause: work.cause,
      history: work.tables.history.length,
    });
  }
}

export function send(work: Work, office: string | null, outgoing: Outgoing[], at: Instant): void {
  const { tables } = work;
  const rows: Row[] = [];
  const without = new Map<string, { person: string; about: Outgoing }>();
  for (const out of outgoing) {
    if (out.out === 'refresh') rows.push(...places(tables, out.key));
    else if (out.out === 'answer') rows.push(rowOf(out, out.chat));
    else if ('chat' in out.to) rows.push(rowOf(out, out.to.chat));
    else {
      const chat = office === null ? null : chatOf(tables, office, out.to.person);
      if (chat) rows.push(rowOf(out, chat));
      else without.set(`${out.to.person} ${caseOf(out)}`, { person: out.to.person, about: out });
    }
  }
  if (office !== null) for (const { person, about } of without.values()) rows.push(...unreachable(work, office, person, about, null));
  insert(work, office, collapse(rows), at);
}

function namedOf(notice: Notice): string {
  return 'named' in notice ? (notice.named?.case ?? '') : '';
}

function caseOf(out: Outgoing): string {
  if (out.out === 'say') return namedOf(out.notice);
  if (out.out === 'show' || out.out === 'refresh') return out.key.case;
  return out.out === 'answer' ? '' : out.case;
}

/** To the supervisors, once for a case and person. */
function unreachable(
  work: Work,
  officeId: string,
  person: string,
  about: Outgoing,
  why: 'blocked' | 'failed' | null,
  instead?: Chat['channel'],
): Row[] {
  const { tables } = work;
  const office = tables.offices.get(officeId);
  if (!office || (about.out === 'say' && about.notice.notice === 'unreachable')) return [];
  const id = caseOf(about);
  const told = `${officeId} ${instead === undefined ? '' : `${instead}:`}${id} ${person}`;
  if (tables.toldUnreachable.has(told)) return [];
  work.write('toldUnreachable').set(told, true);
  const c = tables.cases.get(id);
  const mine = tables.bindings.filter((one) => one.office === officeId && one.person === person);
  const unknown = mine.length === 0 ? 'unbound' : mine.some(({ chat }) => chat.id !== '') ? 'blocked' : 'unwritten';
  const notice: Notice = {
    notice: 'unreachable',
    person: personOf(office, person)?.name ?? person,
    why: why ?? unknown,
    named: id === '' ? null : { case: id, number: c?.number?.text ?? null, title: c?.content.title ?? null, timezone: office.timezone },
    ...(instead === undefined ? {} : { instead }),
  };
  return [...new Set(office.supervisors.flat())]
    .filter((one) => one !== person)
    .flatMap((one) => {
      const chat = chatOf(tables, officeId, one);
      return chat ? [rowOf({ out: 'say', to: { person: one }, notice }, chat)] : [];
    });
}

/** The first waiting row of each lane of each chat: what is behind it must wait. */
export function heads(outbox: Tables['outbox']): OutboxRow[] {
  const first = new Map<string, OutboxRow>();
  for (const row of outbox.open()) {
    const lane = `${chatKey(row.chat)}|${row.lane}`;
    if (!first.has(lane)) first.set(lane, row);
  }
  return [...first.values()];
}

/** As PostgreSQL has it: well before the moment in which it was leased or paused, neither counts. */
export function isFree({ notBefore, leasedUntil, heldSince }: OutboxRow, now: Instant): boolean {
  return heldSince > now + 60_000 || (notBefore <= now && (leasedUntil === 0 || leasedUntil <= now));
}

export function lease(work: Work, chat: Chat, now: Instant, leaseMs: number): Delivery | null {
  const free = heads(work.tables.outbox).filter((row) => sameChat(row.chat, chat) && isFree(row, now));
  // Answers to taps wait for nobody.
  const row = free.find(({ out }) => out.out === 'answer') ?? free[0];
  if (!row) return null;
  const leased = { ...row, attempts: row.attempts + 1, notBefore: 0, leasedUntil: now + leaseMs, heldSince: now };
  work.write('outbox').set(row.id, leased);
  return leased;
}

export function extendLease(work: Work, delivery: Delivery, now: Instant, leaseMs: number): void {
  const row = work.tables.outbox.get(delivery.id);
  if (!row || row.endedAt !== null || row.attempts !== delivery.attempts || row.leasedUntil === 0) return;
  work.write('outbox').set(row.id, { ...row, leasedUntil: now + leaseMs, heldSince: now });
}

export function settle(work: Work, delivery: Delivery, delivered: Delivered, now: Instant): void {
  const row = work.tables.outbox.get(delivery.id);
  if (!row || row.endedAt !== null) return;
  // The fence: whoever holds an older lease changes nothing.
  if (row.attempts !== delivery.attempts) return;
  const set = (more: Partial<OutboxRow>): void => void work.write('outbox').set(row.id, { ...row, ...more, leasedUntil: 0 });
  if (delivered.ended === 'later') return set({ notBefore: now + delivered.afterMs, heldSince: now });
  if (delivered.ended === 'moved') {
    set({});
    return moveChat(work, row.chat, { channel: row.chat.channel, id: delivered.to });
  }
  if (delivered.ended === 'unreachable') {
    if (!delivered.whole) reachable(work, row.chat, false);
    const other = otherChat(work.tables, row);
    if (other === null && delivered.whole) return set({ notBefore: now + 30_000, heldSince: now });
    set({ endedAt: now, ending: 'unreachable', endedBy: delivery.attempts, messages: [] });
    return other === null ? tellOfChat(work, row, 'blocked', now) : reroute(work, row, other, now);
  }
  const messages = delivered.ended === 'sent' ? delivered.messages : [];
  set({ endedAt: now, ending: delivered.ended, endedBy: delivery.attempts, messages });
  if (delivered.ended === 'refused' && row.out.out !== 'answer') tellOfChat(work, row, 'failed', now);
  if (delivered.ended !== 'sent') return;
  const place = `${chatKey(row.chat)}|${row.key}`;
  if (row.out.out === 'show') {
    // An edit leaves the message where it is.
    const message = messages[0] ?? work.tables.cards.get(place)?.message;
    if (message !== undefined) work.write('cards').set(place, { message, hash: delivered.cardHash ?? '', to: row.out.to });
    if (message !== undefined && cardSent(work, row, now)) reachable(work, row.chat, true);
  } else if (row.out.out === 'album' && messages[0] !== undefined) work.write('albums').set(place, messages[0]);
}

function otherChat(tables: Tables, { office, out, chat }: OutboxRow): Chat | null {
  if (out.out === 'answer' || out.out === 'refresh' || !('person' in out.to)) return null;
  const { person } = out.to;
  const mine = tables.bindings.filter(
    (one) => one.office === office && one.person === person && one.reachable && one.chat.channel !== chat.channel,
  );
  return mine.sort((a, b) => b.lastUsed - a.lastUsed)[0]?.chat ?? null;
}

/** What was for a person goes to the other channel that reaches him, and his supervisors hear of it once. */
function reroute(work: Work, { office, out }: OutboxRow, chat: Chat, now: Instant): void {
  if (office === null || out.out === 'answer' || out.out === 'refresh' || !('person' in out.to)) return;
  insert(work, office, [rowOf(out, chat), ...unreachable(work, office, out.to.person, out, 'failed', chat.channel)], now);
}

function tellOfChat(work: Work, row: OutboxRow, why: 'blocked' | 'failed', now: Instant): void {
  const { office } = row;
  if (office === null) return;
  const people = work.tables.bindings.filter((one) => one.office === office && sameChat(one.chat, row.chat)).map(({ person }) => person);
  for (const person of new Set(people)) insert(work, office, unreachable(work, office, person, row.out, why), now);
}

export function reachable(work: Work, chat: Chat, can: boolean): void {
  work.tables.bindings = work.write('bindings').map((one) => (sameChat(one.chat, chat) ? { ...one, reachable: can } : one));
}

/** A group lives on under another id: everything that names it follows; what stands under the new id already is newer. */
export function moveChat(work: Work, from: Chat, to: Chat): void {
  const [old, young] = [`${chatKey(from)}|`, `${chatKey(to)}|`];
  for (const name of ['conversations', 'cards', 'albums', 'albumCases', 'sources', 'offers'] as const) {
    const table: Map<string, unknown> = work.write(name);
    for (const [key, row] of [...table]) {
      if (!key.startsWith(old)) continue;
      const moved = young + key.slice(old.length);
      table.delete(key);
      if (!table.has(moved)) table.set(moved, row);
    }
  }
  for (const row of [...work.tables.outbox.open()]) if (sameChat(row.chat, from)) work.write('outbox').set(row.id, { ...row, chat: to });
  for (const [id, office] of work.tables.offices) {
    if (!office.groups.some(({ chat }) => sameChat(chat, from))) continue;
    const groups = office.groups.map((group) => (sameChat(group.chat, from) ? { ...group, chat: to } : group));
    work.write('offices').set(id, { ...office, groups });
  }
  for (const [id, c] of work.tables.cases) if (sameChat(c.home, from)) work.write('cases').set(id, { ...c, home: to });
}
