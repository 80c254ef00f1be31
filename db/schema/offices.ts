// Offices, their SOPs, people, accounts and invitations.
import { sql } from 'drizzle-orm';
import { bigserial, boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { instant } from './columns.ts';

/** `before`: the office as it was when all was settled, with the deputies set in chats; `null` for a new one. `change`: which change it was. */
export interface Unsettled {
  before: Office | null;
  change: string;
}

export const offices = pgTable('offices', {
  office: text().primaryKey(),
  file: jsonb().$type<Office>().notNull(),
  /** Counts the changes: what a process remembers of an older one is worth nothing. */
  version: integer().notNull(),
  appliedAt: instant('applied_at').notNull(),
  active: boolean().notNull(),
  /** What the change of its file still asks for; gone once deputies were told and open cases looked at again. */
  unsettled: jsonb().$type<Unsettled>(),
});

/** Every version that ever began a case stays. Procedures are public: no office, no row-level security. */
export const sops = pgTable(
  'sops',
  { id: text().notNull(), version: text().notNull(), body: jsonb().$type<Sop>().notNull(), addedAt: instant('added_at').notNull() },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
);

export const officeSops = pgTable(
  'office_sops',
  {
    office: text()
      .notNull()
      .references(() => offices.office),
    position: integer().notNull(),
    sop: text().notNull(),
    version: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.office, t.position] }),
    foreignKey({ columns: [t.sop, t.version], foreignColumns: [sops.id, sops.version] }),
  ],
);

/** Who is gone stays as a row: history names him. */
export const people = pgTable(
  'people',
  {
    office: text()
      .notNull()
      .references(() => offices.office),
    person: text().notNull(),
    name: text().notNull(),
    roles: text().array().notNull(),
    goneAt: instant('gone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.office, t.person] }),
    check('people_gone_without_role', sql`${t.goneAt} is null or cardinality(${t.roles}) = 0`),
  ],
);

export const bindings = pgTable(
  'bindings',
  {
    office: text().notNull(),
    channel: text().notNull(),
    account: text().notNull(),
    person: text().notNull(),
    /** The private chat; unknown until the account has written, where the platform does not derive it from the account. */
    chat: text(),
    lastUsed: instant('last_used'),
    reachable: boolean().notNull(),
    by: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.office, t.channel, t.account] }),
    foreignKey({ columns: [t.office, t.person], foreignColumns: [people.office, people.person] }),
    index('bindings_of_account').on(t.channel, t.account),
    index('bindings_of_chat').on(t.channel, t.chat),
    index('bindings_of_person').on(t.office, t.person),
    check('bindings_by', sql`${t.by} in ('file', 'invitation')`),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    code: text().primaryKey(),
    office: text().notNull(),
    person: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    usedBy: text('used_by'),
  },
  (t) => [
    foreignKey({ columns: [t.office, t.person], foreignColumns: [people.office, people.person] }),
    uniqueIndex('invitations_one_open').on(t.office, t.person).where(sql`${t.usedAt} is null`),
    check('invitations_used', sql`(${t.usedAt} is null) = (${t.usedBy} is null)`),
  ],
);

/** Codes that were wrong, whoever's office was meant. */
export const invitationGuesses = pgTable(
  'invitation_guesses',
  { id: bigserial({ mode: 'bigint' }).primaryKey(), channel: text().notNull(), account: text().notNull(), at: instant().notNull() },
  (t) => [index('invitation_guesses_at').on(t.at)],
);
