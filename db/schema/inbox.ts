// What was heard, kept before it is acknowledged, and where each chat stands. Keyed by chat, before anybody knows the office: no row-level security.
import { sql } from 'drizzle-orm';
import { bigserial, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Question } from '../../src/case/outgoing.ts';
import type { DeputyDraft } from '../../src/conversation/deputy-draft.ts';
import type { Piece } from '../../src/conversation/piece.ts';
import { instant } from './columns.ts';

export const inbox = pgTable(
  'inbox',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    channel: text().notNull(),
    account: text().notNull(),
    externalId: text('external_id').notNull(),
    lane: text().notNull(),
    tap: boolean().notNull(),
    body: jsonb().notNull(),
    receivedAt: instant('received_at').notNull(),
    attempts: integer().notNull().default(0),
    endedAt: instant('ended_at'),
    ending: text(),
  },
  (t) => [
    unique('inbox_once').on(t.channel, t.account, t.externalId),
    index('inbox_waiting').on(t.lane, t.id).where(sql`${t.endedAt} is null`),
    // Few among all that was ever heard; looked for by doctor, by aside, and whenever one more is set aside.
    index('inbox_dead').on(t.endedAt).where(sql`${t.ending} = 'dead'`),
    check('inbox_ending', sql`${t.ending} in ('done', 'ignored', 'dead')`),
    check('inbox_ended', sql`(${t.ending} is null) = (${t.endedAt} is null)`),
  ],
);

export const conversations = pgTable(
  'conversations',
  {
    channel: text().notNull(),
    chat: text().notNull(),
    account: text().notNull(),
    focus: uuid(),
    asking: jsonb().$type<Question>(),
    deputy: jsonb().$type<DeputyDraft>(),
    piece: jsonb().$type<Piece>(),
  },
  (t) => [primaryKey({ columns: [t.channel, t.chat, t.account] })],
);

export const settings = pgTable('settings', { key: text().primaryKey(), value: text().notNull() });
