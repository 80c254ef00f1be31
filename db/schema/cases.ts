// A case as it is now, and what belongs to it. The whole value lies in `body`; the columns beside it are what the database guards and finds by.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Case, FileRef } from '../../src/case/case.ts';
import { instant } from './columns.ts';
import { offices, people, sops } from './offices.ts';

export const cases = pgTable(
  'cases',
  {
    id: uuid().primaryKey(),
    office: text()
      .notNull()
      .references(() => offices.office),
    sop: text().notNull(),
    sopVersion: text('sop_version').notNull(),
    maker: text().notNull(),
    status: text().notNull(),
    step: text(),
    round: integer(),
    dueAt: instant('due_at'),
    number: text(),
    numberYear: integer('number_year'),
    numberSerial: integer('number_serial'),
    title: text(),
    eventDate: date('event_date', { mode: 'string' }),
    homeChannel: text('home_channel').notNull(),
    homeChat: text('home_chat').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** The first hand-in: the register's month. */
    handedInAt: instant('handed_in_at'),
    body: jsonb().$type<Case>().notNull(),
    /** Compare-and-swap: counts the saves. */
    generation: integer().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.sop, t.sopVersion], foreignColumns: [sops.id, sops.version] }),
    foreignKey({ columns: [t.office, t.maker], foreignColumns: [people.office, people.person] }),
    unique('cases_office_id').on(t.office, t.id),
    unique('cases_serial_once').on(t.office, t.numberYear, t.numberSerial),
    unique('cases_number_once').on(t.office, t.number),
    uniqueIndex('cases_one_draft_per_chat').on(t.homeChannel, t.homeChat).where(sql`${t.status} = 'draft'`),
    index('cases_open').on(t.office, t.dueAt).where(sql`${t.status} in ('draft', 'returned', 'running', 'approved')`),
    index('cases_of_maker').on(t.office, t.maker),
    index('cases_by_number').on(t.number),
    index('cases_register').on(t.office, t.handedInAt),
    check('cases_status', sql`${t.status} in ('draft', 'returned', 'running', 'approved', 'published', 'withdrawn')`),
    check(
      'cases_at_step',
      sql`(${t.status} in ('published', 'withdrawn')) = (${t.step} is null) and (${t.step} is null) = (${t.round} is null)`,
    ),
    check(
      'cases_number_whole',
      sql`(${t.number} is null) = (${t.numberYear} is null) and (${t.number} is null) = (${t.numberSerial} is null)`,
    ),
    check('cases_number_from_hand_in', sql`(${t.number} is null) = (${t.handedInAt} is null)`),
    check(
      'cases_number_of_status',
      sql`case ${t.status} when 'draft' then ${t.number} is null when 'withdrawn' then true when 'running' then ${t.number} is not null or ${t.body} #>> '{state,status}' = 'making' else ${t.number} is not null end`,
    ),
  ],
);

export const revisions = pgTable(
  'revisions',
  {
    office: text().notNull(),
    case: uuid().notNull(),
    revision: integer().notNull(),
    hash: text().notNull(),
    by: text().notNull(),
    at: instant().notNull(),
    body: jsonb().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.case, t.revision] }),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
  ],
);

export const decisions = pgTable(
  'decisions',
  {
    office: text().notNull(),
    case: uuid().notNull(),
    step: text().notNull(),
    round: integer().notNull(),
    revision: integer().notNull(),
    hash: text().notNull(),
    role: text().notNull(),
    person: text().notNull(),
    onBehalfOf: text('on_behalf_of'),
    verdict: text().notNull(),
    note: text().notNull(),
    at: instant().notNull(),
    /** The step needs one holder only: whoever decides, decides it. */
    sole: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.case, t.step, t.round, t.person] }),
    uniqueIndex('decisions_one_for_any').on(t.case, t.step, t.round).where(sql`${t.sole}`),
    uniqueIndex('decisions_one_rejection').on(t.case, t.step, t.round).where(sql`${t.verdict} = 'reject'`),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    foreignKey({ columns: [t.office, t.person], foreignColumns: [people.office, people.person] }),
    foreignKey({ columns: [t.case, t.revision], foreignColumns: [revisions.case, revisions.revision] }),
    check('decisions_verdict', sql`${t.verdict} in ('receive', 'accept', 'reject')`),
    check('decisions_rejection_with_reason', sql`${t.verdict} <> 'reject' or length(${t.note}) > 0`),
  ],
);

export const publications = pgTable(
  'publications',
  {
    office: text().notNull(),
    case: uuid().notNull(),
    step: text().notNull(),
    channel: text().notNull(),
    link: text(),
    proofSha256: text('proof_sha256'),
    proofBytes: bigint('proof_bytes', { mode: 'number' }),
    /** Why the channel was left out; then nothing proves it. */
    waived: text(),
    person: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.case, t.step, t.channel] }),
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    check('publications_proved', sql`${t.link} is not null or ${t.proofSha256} is not null or length(${t.waived}) > 0`),
  ],
);

export const media = pgTable(
  'media',
  {
    id: text().primaryKey(),
    office: text().notNull(),
    case: uuid().notNull(),
    kind: text().notNull(),
    state: text().notNull(),
    sha256: text(),
    bytes: bigint({ mode: 'number' }),
    mime: text(),
    file: jsonb().$type<FileRef>().notNull(),
    name: text(),
    at: instant().notNull(),
    attempts: integer().notNull().default(0),
    triedAt: instant('tried_at'),
  },
  (t) => [
    foreignKey({ columns: [t.office, t.case], foreignColumns: [cases.office, cases.id] }),
    index('media_of_case').on(t.case),
    index('media_waiting').on(t.at).where(sql`${t.state} = 'pending'`),
    check('media_state', sql`${t.state} in ('pending', 'kept', 'doubled', 'refused', 'dropped')`),
    check(
      'media_kept_with_hash',
      sql`${t.state} <> 'kept' or (${t.sha256} is not null and ${t.bytes} is not null and ${t.mime} is not null)`,
    ),
  ],
);

/** Albums and messages are found by their chat, before anybody knows the office: they name a case and nothing of it. */
export const albums = pgTable(
  'albums',
  { channel: text().notNull(), chat: text().notNull(), album: text().notNull(), case: uuid().notNull() },
  (t) => [primaryKey({ columns: [t.channel, t.chat, t.album] })],
);

export const textSources = pgTable(
  'text_sources',
  { channel: text().notNull(), chat: text().notNull(), message: text().notNull(), case: uuid().notNull() },
  (t) => [primaryKey({ columns: [t.channel, t.chat, t.message] })],
);

export const registerCounters = pgTable(
  'register_counters',
  { office: text().notNull(), year: integer().notNull(), last: integer().notNull() },
  (t) => [primaryKey({ columns: [t.office, t.year] })],
);
