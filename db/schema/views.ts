// Who has seen which step's card: sent to his own chat, delivered where the platform tells, opened when he touched it.
import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { people } from './offices.ts';

export const caseViews = pgTable(
  'case_views',
  {
    office: text().notNull(),
    case: uuid().notNull(),
    step: text().notNull(),
    round: integer().notNull(),
    person: text().notNull(),
    /** The first time each; a card that is brought up to date is still the same card. */
    sentAt: instant('sent_at'),
    deliveredAt: instant('delivered_at'),
    openedAt: instant('opened_at'),
  },
  // No reference to the case: a delivery that is settled would wait for whoever has the case locked, and he for the row that it has written.
  (t) => [
    primaryKey({ columns: [t.case, t.step, t.round, t.person] }),
    foreignKey({ columns: [t.office, t.person], foreignColumns: [people.office, people.person] }),
    check('case_views_something', sql`coalesce(${t.sentAt}, ${t.deliveredAt}, ${t.openedAt}) is not null`),
  ],
);
