// What messages gave to choose from, and who an account is. Keyed by chat or account, before any office is known: no row-level security.
import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Named } from '../../src/case/outgoing.ts';
import type { Choice } from '../../src/conversation/offer.ts';
import { instant } from './columns.ts';

export const choices = pgTable(
  'choices',
  {
    channel: text().notNull(),
    chat: text().notNull(),
    message: text().notNull(),
    /** Later messages have larger places. */
    place: bigserial({ mode: 'bigint' }).notNull(),
    poll: text(),
    cardKey: text('card_key'),
    named: jsonb().$type<Named>().notNull(),
    serial: integer(),
    numbered: boolean().notNull(),
    standing: boolean().notNull(),
    /** The sealed references, exactly as a button would carry them. */
    choices: jsonb().$type<Choice[]>().notNull(),
    /** By account, the sender's time of the newest vote in the poll, epoch milliseconds. */
    votes: jsonb().$type<Record<string, number>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.channel, t.chat, t.message] }),
    index('choices_of_chat').on(t.channel, t.chat, t.place),
    index('choices_standing').on(t.channel, t.chat).where(sql`${t.standing}`),
  ],
);

/** Another id by which the platform names an account. */
export const aliases = pgTable(
  'aliases',
  { channel: text().notNull(), alias: text().notNull(), account: text().notNull(), learntAt: instant('learnt_at').notNull() },
  (t) => [primaryKey({ columns: [t.channel, t.alias] })],
);

/** When a stranger was last told that he is one. */
export const strangers = pgTable(
  'strangers',
  { channel: text().notNull(), account: text().notNull(), toldAt: instant('told_at').notNull() },
  (t) => [primaryKey({ columns: [t.channel, t.account] })],
);
