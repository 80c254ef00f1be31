// The audit trail: every event in one hash chain per office, and what was refused.
import { bigint, bigserial, foreignKey, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { instant } from './columns.ts';
import { offices } from './offices.ts';

export const events = pgTable(
  'events',
  {
    office: text().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    case: uuid().notNull(),
    type: text().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
    body: jsonb().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.office, t.seq] }),
    // A fork of the chain would need two entries after the same one.
    unique('events_no_fork').on(t.office, t.prevHash),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    index('events_of_case').on(t.case, t.seq),
  ],
);

export const chainHeads = pgTable('chain_heads', {
  office: text()
    .primaryKey()
    .references(() => offices.office),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
  /** The end that was last told to somebody outside the database. */
  toldSeq: bigint('told_seq', { mode: 'number' }).notNull().default(0),
});

/** `office` is null for strangers. */
export const refusals = pgTable(
  'refusals',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    office: text(),
    case: uuid(),
    account: text().notNull(),
    person: text(),
    refused: text().notNull(),
    wanted: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('refusals_at').on(t.office, t.at)],
);

/** Once per case and person the supervisors hear that he cannot be reached. `case` is empty where no case is concerned. */
export const unreachableTold = pgTable(
  'unreachable_told',
  { office: text().notNull(), case: text().notNull(), person: text().notNull() },
  (t) => [primaryKey({ columns: [t.office, t.case, t.person] })],
);
