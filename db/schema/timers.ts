// Everything that time must do. A case's row is wanted until it is told or deleted, an office's until it is cleared.
import { sql } from 'drizzle-orm';
import { bigserial, boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { instant } from './columns.ts';
import { offices } from './offices.ts';

export const timers = pgTable(
  'timers',
  {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    office: text().notNull(),
    case: uuid().notNull(),
    step: text().notNull(),
    round: integer().notNull(),
    rung: text().notNull(),
    at: instant().notNull(),
    due: instant().notNull(),
    toldAt: instant('told_at'),
    /** Told for a digest that has not gone out yet. */
    undigested: boolean().notNull().default(false),
  },
  (t) => [
    unique('timers_once').on(t.case, t.step, t.round, t.rung),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    index('timers_waiting').on(t.at, t.id).where(sql`${t.toldAt} is null`),
    index('timers_undigested').on(t.office).where(sql`${t.undigested}`),
  ],
);

/** What an office itself is woken for: few rows, one for each matter. */
export const officeTimers = pgTable(
  'office_timers',
  {
    office: text()
      .notNull()
      .references(() => offices.office),
    what: text().notNull(),
    at: instant().notNull(),
    since: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.office, t.what] }),
    check('office_timers_what', sql`${t.what} in ('deputies', 'catch-up', 'daily', 'calendar', 'chain-head')`),
  ],
);
