// What the WhatsApp gateway must keep: its Signal keys and credentials, sealed outside the database; what it sent; and how it is.
import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** Who may write: a process takes the next epoch at its start, and what an earlier one still writes is refused. */
export const waEpochs = pgTable('wa_epochs', {
  gateway: text().primaryKey(),
  epoch: bigint({ mode: 'number' }).notNull(),
});

export const waCreds = pgTable('wa_creds', {
  gateway: text().primaryKey(),
  sealed: bytes().notNull(),
});

export const waKeys = pgTable(
  'wa_keys',
  {
    gateway: text().notNull(),
    type: text().notNull(),
    id: text().notNull(),
    sealed: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.gateway, t.type, t.id] })],
);

/** Kept for a while, because a phone that could not read a message asks for it again. */
export const waSent = pgTable(
  'wa_sent',
  {
    gateway: text().notNull(),
    id: text().notNull(),
    sealed: bytes().notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.gateway, t.id] }), index('wa_sent_age').on(t.sentAt)],
);

/** How the gateway is, by the database's own clock: several processes compare it, and one of them may run ahead on purpose. */
export const waGateway = pgTable(
  'wa_gateway',
  {
    gateway: text().primaryKey(),
    state: text().notNull(),
    why: text(),
    /** The linked number, `+62…`. */
    number: text(),
    since: instant().notNull(),
    beatAt: instant('beat_at').notNull(),
  },
  (t) => [check('wa_gateway_state', sql`${t.state} in ('open', 'connecting', 'unpaired', 'restricted')`)],
);
