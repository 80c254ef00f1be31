// Cases: locked, found and saved. A save is one compare-and-swap with everything that follows from the events beside it.
import { type SQL, sql } from 'drizzle-orm';
import { type Case, type CaseEvent, type CaseId, statusOf, stepOf } from '../src/case/case.ts';
import type { Chat } from '../src/office/office.ts';
import type { CaseFilter, Timer } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import { derivedRows } from './case-rows.ts';
import type { Run } from './line.ts';
import { readSop } from './offices.ts';
import { enter, type Session, within } from './session.ts';
import { saveTimers } from './timers.ts';
import { instantParam, isSerial, isUuid, json } from './values.ts';

/** A list is for reading in a chat: nobody reads more. */
const LIST_MAX = 500;

interface CaseRow {
  body: Case;
  generation: number;
}

async function findCase(session: Session, id: CaseId, lock: SQL): Promise<CaseRow | null> {
  if (!isUuid(id)) return null;
  const [[entered], [row]] = await Promise.all([
    session.run<{ office: string | null }>(sql`
      select set_config('alur.office', coalesce(alur_office_of_case(${id}::uuid), ''), true) as office`),
    session.run<CaseRow>(sql`select body, generation from cases where id = ${id}::uuid ${lock}`),
  ]);
  session.office = entered?.office ?? null;
  return row ?? null;
}

export async function lockCase(session: Session, id: CaseId): Promise<Case | null> {
  const row = await findCase(session, id, sql`for update`);
  if (!row) return null;
  session.generations.set(row.body.id, row.generation);
  return row.body;
}

export async function readCase(session: Session, id: CaseId): Promise<Case | null> {
  return (await findCase(session, id, sql``))?.body ?? null;
}

export async function listCases(session: Session, filter: CaseFilter): Promise<Case[]> {
  const rows = await within<{ body: Case }>(
    session,
    filter.office,
    sql`
      select body from cases where office = ${filter.office}
      ${filter.open ? sql`and status in ('draft', 'returned', 'running', 'approved')` : sql``}
      ${filter.maker === undefined ? sql`` : sql`and maker = ${filter.maker}`}
      order by due_at nulls last, opened_at, id limit ${Math.min(filter.limit ?? LIST_MAX, LIST_MAX)}::int`,
  );
  return rows.map((row) => row.body);
}

export async function casesById(session: Session, office: string, ids: CaseId[]): Promise<Case[]> {
  const rows = await within<{ body: Case }>(
    session,
    office,
    sql`select body from cases where office = ${office} and id in (select jsonb_array_elements_text(${json(ids)})::uuid)`,
  );
  return rows.map((row) => row.body);
}

export async function handedIn(
  session: Session,
  office: string,
  { from, to }: { from: Instant; to: Instant },
  limit: number,
): Promise<{ cases: Case[]; total: number }> {
  const span = sql`office = ${office} and handed_in_at >= ${instantParam(from)} and handed_in_at < ${instantParam(to)}`;
  const rows = await within<{ body: Case; total: number }>(
    session,
    office,
    sql`
      select body, (select count(*)::int from cases where ${span}) as total from cases where ${span}
      order by handed_in_at desc, number_serial desc limit ${limit}::int`,
  );
  return { cases: rows.map((row) => row.body), total: rows[0]?.total ?? 0 };
}

/** The last event of a case is one step in its index: so the many that have long been closed are passed over without being read. */
export async function activeCases(
  session: Session,
  office: string,
  { from, to }: { from: Instant; to: Instant },
  limit: number,
): Promise<{ cases: Case[]; total: number }> {
  const rows = await within<{ body: Case; total: number }>(
    session,
    office,
    sql`
      with found as (
        select id, handed_in_at, number_serial from cases c
        where office = ${office} and handed_in_at is not null and opened_at < ${instantParam(to)}
          and (handed_in_at >= ${instantParam(from)}
            or (select at from events e where e."case" = c.id order by seq desc limit 1) >= ${instantParam(from)})
          and exists (select from events e where e."case" = c.id and e.at >= ${instantParam(from)} and e.at < ${instantParam(to)})
      )
      select body, (select count(*)::int from found) as total from cases
      where office = ${office} and id in (select id from found order by handed_in_at desc, number_serial desc limit ${limit}::int)
      order by handed_in_at desc, number_serial desc`,
  );
  return { cases: rows.map((row) => row.body), total: rows[0]?.total ?? 0 };
}

export async function openCases(session: Session, office: string): Promise<CaseId[]> {
  const rows = await within<{ id: CaseId }>(
    session,
    office,
    sql`select id from cases where office = ${office} and status in ('draft', 'returned', 'running', 'approved') order by opened_at, id`,
  );
  return rows.map(({ id }) => id);
}

export async function publishedCount(session: Session, office: string): Promise<number> {
  const [row] = await within<{ n: number }>(
    session,
    office,
    sql`select count(*)::int as n from cases where office = ${office} and status = 'published'`,
  );
  return row?.n ?? 0;
}

async function one(found: Promise<{ case: CaseId }[]>): Promise<CaseId | null> {
  const [row] = await found;
  return row?.case ?? null;
}

export function caseOfAlbum(run: Run, chat: Chat, album: string): Promise<CaseId | null> {
  return one(run(sql`select "case" from albums where channel = ${chat.channel} and chat = ${chat.id} and album = ${album}`));
}

export function caseOfMessage(run: Run, chat: Chat, message: string): Promise<CaseId | null> {
  return one(run(sql`select "case" from text_sources where channel = ${chat.channel} and chat = ${chat.id} and message = ${message}`));
}

export function caseOfMedia(run: Run, media: string): Promise<CaseId | null> {
  return one(run(sql`select "case" from alur_case_of_media(${media})`));
}

/** A serial alone means the newest year that has it. */
export function caseOfNumber(session: Session, office: string, number: string): Promise<CaseId | null> {
  const text = number.trim();
  const serial = isSerial(text) && Number(text) <= 2_147_483_647 ? Number(text) : null;
  return one(
    within(
      session,
      office,
      sql`
        select id as "case" from cases
        where office = ${office} and (upper(number) = upper(${text}) or number_serial = ${serial}::int)
        order by number_year desc limit 1`,
    ),
  );
}

/** The row stays locked until the commit, so a number is given once and none is left out. */
export async function takeSerial(session: Session, office: string, year: number): Promise<number> {
  const [row] = await within<{ last: number }>(
    session,
    office,
    sql`
      insert into register_counters (office, year, last) values (${office}, ${year}::int, 1)
      on conflict (office, year) do update set last = register_counters.last + 1
      returning last`,
  );
  if (!row) throw new Error('no serial');
  return row.last;
}

function upsert(c: Case, generation: number | null): SQL {
  const { state, number } = c;
  const at = 'step' in state ? state : null;
  const values = sql`${c.sop.id}, ${c.sop.version}, ${statusOf(c)}, ${stepOf(c)}, ${at?.round ?? null}::int, ${instantParam(at?.dueAt ?? null)},
    ${number?.text ?? null}, ${number?.year ?? null}::int, ${number?.serial ?? null}::int, ${c.content.title}, ${c.content.eventDate}::date,
    ${instantParam(c.revisions[0]?.at ?? null)}, ${json(c)}`;
  const columns = sql.raw(
    'sop, sop_version, status, step, round, due_at, number, number_year, number_serial, title, event_date, handed_in_at, body',
  );
  if (generation === null) {
    return sql`insert into cases (id, office, maker, home_channel, home_chat, opened_at, generation, ${columns})
      values (${c.id}::uuid, ${c.office}, ${c.maker}, ${c.home.channel}, ${c.home.id}, ${instantParam(c.openedAt)}, 1, ${values}) returning generation`;
  }
  // The case goes from maker to maker in some SOPs.
  return sql`update cases set (${columns}) = (select ${values}), maker = ${c.maker}, home_channel = ${c.home.channel}, home_chat = ${c.home.id},
    generation = generation + 1 where id = ${c.id}::uuid and generation = ${generation}::int returning generation`;
}

/** `before` must have been locked in this transaction, or be `null` for a new case. */
export async function saveCase(session: Session, before: Case | null, after: Case, events: CaseEvent[], timers: Timer[]): Promise<void> {
  const generation = before === null ? null : session.generations.get(before.id);
  if (generation === undefined) throw new Error(`case ${after.id} is saved without having been locked`);
  // Which decisions stand alone is a matter of the SOP; it is nearly always in memory.
  const sop = events.some((event) => event.type === 'decided') ? await readSop(session, after.sop.id, after.sop.version) : null;

  const [, saved] = await Promise.all([
    enter(session, after.office),
    session.run<{ generation: number }>(upsert(after, generation)),
    ...derivedRows(session, after, events, sop),
    ...saveTimers(session, after, events, timers),
  ]);
  const [row] = saved;
  if (!row) throw new Error(`case ${after.id} was changed by somebody else`);
  session.generations.set(after.id, row.generation);

  for (const event of events) if (event.type === 'media-added') session.rings.media.add(event.media.id);
  const entries = session.entries.get(after.office) ?? [];
  for (const { type, at, by, ...body } of events) entries.push({ case: after.id, type, at, by, body });
  session.entries.set(after.office, entries);
}
