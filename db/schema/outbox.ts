// What must go out, and where cards stand. A chat is served in order whatever offices its rows come from, before any office is known: these
// tables are keyed by chat and carry no row-level security, which is why the office is called `sender` here. A row holds ids and notices for
// exactly this chat; what a card shows is read from the case, under the office's policy, when it is delivered.
import { sql } from 'drizzle-orm';
import { bigserial, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Outgoing, Recipient } from '../../src/case/outgoing.ts';
import { instant } from './columns.ts';

export const outbox = pgTable(
  'outbox',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    sender: text(),
    channel: text().notNull(),
    chat: text().notNull(),
    /** The `out` of the body. Answers to taps wait for nothing. */
    kind: text().notNull(),
    cardKey: text('card_key'),
    body: jsonb().$type<Outgoing>().notNull(),
    createdAt: instant('created_at').notNull(),
    notBefore: instant('not_before'),
    leasedUntil: instant('leased_until'),
    /** When the lease or the pause began. A clock that stands well before that was set back, and neither counts any more. */
    heldSince: instant('held_since'),
    attempts: integer().notNull().default(0),
    endedAt: instant('ended_at'),
    ending: text(),
    why: text(),
    /** The platform's ids of what was sent. */
    messages: text().array(),
  },
  (t) => [
    index('outbox_waiting').on(t.channel, t.chat, t.id).where(sql`${t.endedAt} is null`),
    index('outbox_waiting_cards').on(t.cardKey).where(sql`${t.endedAt} is null and ${t.cardKey} is not null`),
    check('outbox_kind', sql`${t.kind} in ('say', 'show', 'album', 'text', 'answer')`),
    check('outbox_card_with_key', sql`${t.kind} not in ('show', 'album') or ${t.cardKey} is not null`),
    check('outbox_ending', sql`${t.ending} in ('sent', 'needless', 'refused', 'unreachable')`),
    check('outbox_ended', sql`(${t.ending} is null) = (${t.endedAt} is null)`),
  ],
);

export const cards = pgTable(
  'cards',
  {
    channel: text().notNull(),
    chat: text().notNull(),
    key: text().notNull(),
    message: text().notNull(),
    hash: text().notNull(),
    /** For whom it was made: a private chat's card may show what only he has written. */
    recipient: jsonb().$type<Recipient>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.channel, t.chat, t.key] }), index('cards_by_key').on(t.key)],
);

export const albumMessages = pgTable(
  'album_messages',
  { channel: text().notNull(), chat: text().notNull(), key: text().notNull(), message: text().notNull() },
  (t) => [primaryKey({ columns: [t.channel, t.chat, t.key] })],
);
