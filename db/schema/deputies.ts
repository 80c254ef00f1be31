// Deputies that people have set in a chat; those of the office file stand in it. What was set stays: only its end is added.
import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { people } from './offices.ts';

export const deputies = pgTable(
  'deputies',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    kind: text().notNull(),
    deputy: text().notNull(),
    principal: text().notNull(),
    roles: text().array().notNull(),
    fromDay: date('from_day', { mode: 'string' }).notNull(),
    untilDay: date('until_day', { mode: 'string' }),
    setAt: instant('set_at').notNull(),
    endedAt: instant('ended_at'),
    /** A person, or `system` when its last day has passed or one of the two is gone. */
    endedBy: text('ended_by'),
  },
  (t) => [
    foreignKey({ columns: [t.office, t.deputy], foreignColumns: [people.office, people.person] }),
    foreignKey({ columns: [t.office, t.principal], foreignColumns: [people.office, people.person] }),
    index('deputies_in_force').on(t.office).where(sql`${t.endedAt} is null`),
    check('deputies_kind', sql`${t.kind} in ('plt', 'plh')`),
    check('deputies_of_another', sql`${t.deputy} <> ${t.principal}`),
    check('deputies_with_roles', sql`cardinality(${t.roles}) > 0`),
    check('deputies_in_order', sql`${t.untilDay} is null or ${t.fromDay} <= ${t.untilDay}`),
    check('deputies_ended', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
);
