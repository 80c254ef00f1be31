// Everything that time must do. A row is wanted until it is told or deleted.
import { sql } from 'drizzle-orm';
import { bigserial, foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { instant } from './columns.ts';

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
  },
  (t) => [
    unique('timers_once').on(t.case, t.step, t.round, t.rung),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    index('timers_waiting').on(t.at, t.id).where(sql`${t.toldAt} is null`),
  ],
);
