// The second door: what time must do. The wanted set is saved by difference; a row that was told stays told, unless its deadline has moved later.
import { sql } from 'drizzle-orm';
import type { Case, CaseEvent } from '../src/case/case.ts';
import type { DueTimer, Timer, UndigestedTimer } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';
import { readOfficeTimers } from './office-timers.ts';
import { type Session, within } from './session.ts';
import { instantParam, iso, isSerial, json, ms } from './values.ts';

/** Starts the statements; the case's office must be entered. */
export function saveTimers(
  { run, rings }: Pick<Session, 'run' | 'rings'>,
  c: Case,
  events: CaseEvent[],
  timers: Timer[],
): Promise<unknown>[] {
  const told = events.flatMap((event) =>
    event.type === 'told'
      ? [
          run(sql`
            update timers set told_at = ${instantParam(event.at)}, undigested = ${event.digest === true}
            where "case" = ${c.id}::uuid and step = ${event.step} and round = ${event.round}::int and rung = ${event.rung} and told_at is null`),
        ]
      : [],
  );
  const wanted = timers.map((timer) => ({ ...timer, at: iso(timer.at), due: iso(timer.due) }));
  const saved = run<{ id: string; at_ms: number }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${json(wanted)}) as w(step text, round int, rung text, at timestamptz, due timestamptz)
    ), gone as (
      delete from timers t where t."case" = ${c.id}::uuid and t.told_at is null
      and not exists (select from wanted w where w.step = t.step and w.round = t.round and w.rung = t.rung)
    )
    insert into timers (office, "case", step, round, rung, at, due)
    select ${c.office}, ${c.id}::uuid, step, round, rung, at, due from wanted
    on conflict ("case", step, round, rung) do update set at = excluded.at, due = excluded.due, told_at = null, undigested = false
    where case when timers.told_at is null then (timers.at, timers.due) is distinct from (excluded.at, excluded.due)
      else excluded.due > timers.due and excluded.due > timers.told_at end
    returning id, ${ms('at')} as at_ms`).then((rows) => rings.timers.push(...rows.map((row) => ({ id: row.id, at: row.at_ms }))));
  return [...told, saved];
}

interface TimerRow {
  id: string;
  office: string;
  case: string;
  step: string;
  round: number;
  rung: string;
  at_ms: number;
  due_ms: number;
}

export async function lockTimer(session: Session, id: string): Promise<DueTimer | null> {
  if (!isSerial(id)) return null;
  const [[owner], , [row]] = await Promise.all([
    session.run<{ office: string }>(sql`select office, set_config('alur.office', office, true) from alur_case_of_timer(${id}::bigint)`),
    // The case first, as everybody does: a timer locked before its case would be waited for by whoever holds the case.
    session.run(sql`select from cases where id = (select "case" from timers where id = ${id}::bigint) for update`),
    session.run<TimerRow>(sql`
      select id, office, "case", step, round, rung, ${ms('at')} as at_ms, ${ms('due')} as due_ms
      from timers where id = ${id}::bigint and told_at is null for update`),
  ]);
  if (owner) session.office = owner.office;
  if (!owner || !row) return null;
  return {
    id: row.id,
    office: row.office,
    case: row.case,
    step: row.step,
    round: row.round,
    rung: row.rung,
    at: row.at_ms,
    due: row.due_ms,
  };
}

/** Locked, so that whoever ends them ends what he has read. No case is locked: whoever tells a rung holds its case and waits for nobody here. */
export async function undigested(session: Session, office: string): Promise<UndigestedTimer[]> {
  const rows = await within<{ id: string; case: string; step: string; round: number; rung: string; told_ms: number }>(
    session,
    office,
    sql`
      select id, "case", step, round, rung, ${ms('told_at')} as told_ms from timers
      where office = ${office} and undigested and told_at is not null order by id for update`,
  );
  return rows.map(({ told_ms: toldAt, ...row }) => ({ ...row, toldAt }));
}

export async function endDigest(session: Session, office: string, ids: string[]): Promise<void> {
  await within(
    session,
    office,
    sql`update timers set undigested = false where office = ${office} and id in (select jsonb_array_elements_text(${json(ids)})::bigint)`,
  );
}

export async function isBehind(session: Session, office: string, before: Instant): Promise<boolean> {
  const rows = await within(
    session,
    office,
    sql`select from timers where told_at is null and at < ${instantParam(before)} and office = ${office} limit 1`,
  );
  return rows.length > 0;
}

export async function dueTimers(run: Run, now: Instant, limit: number): Promise<string[]> {
  const [rows, ofOffices] = await Promise.all([
    run<{ id: string }>(sql`select id from alur_due_timers(${instantParam(now)}, ${limit}::int) as t(id)`),
    readOfficeTimers(run, limit),
  ]);
  return [...rows, ...ofOffices.filter(({ at }) => at <= now)].map((row) => row.id);
}
