// What the offices themselves are woken for: a few rows for each office.
import { sql } from 'drizzle-orm';
import { type OfficeMatter, type OfficeTimer, officeTimerId } from '../src/office/clock.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';
import { type Session, within } from './session.ts';
import { instantParam, ms } from './values.ts';

export async function setOfficeTimer(
  session: Session,
  office: string,
  what: OfficeMatter,
  at: Instant,
  { since, replace = false }: { since?: Instant; replace?: boolean } = {},
): Promise<void> {
  const earlier = sql`at = least(office_timers.at, excluded.at),
    since = case when office_timers.since is null or excluded.since is null then null else least(office_timers.since, excluded.since) end`;
  const [row] = await within<{ at_ms: number }>(
    session,
    office,
    sql`
      insert into office_timers (office, what, at, since) values (${office}, ${what}, ${instantParam(at)}, ${instantParam(since ?? null)})
      on conflict (office, what) do update set ${replace ? sql`at = excluded.at, since = excluded.since` : earlier}
      returning ${ms('at')} as at_ms`,
  );
  if (row) session.rings.timers.push({ id: officeTimerId(office, what), at: row.at_ms });
}

export async function lockOfficeTimer(session: Session, office: string, what: OfficeMatter): Promise<OfficeTimer | null> {
  const [row] = await within<{ at_ms: number; since_ms: number | null }>(
    session,
    office,
    sql`select ${ms('at')} as at_ms, ${ms('since')} as since_ms from office_timers where office = ${office} and what = ${what} for update`,
  );
  return row ? { office, what, at: row.at_ms, since: row.since_ms } : null;
}

export async function clearOfficeTimer(session: Session, office: string, what: OfficeMatter): Promise<void> {
  await within(session, office, sql`delete from office_timers where office = ${office} and what = ${what}`);
}

/** Of all offices that are served, the earliest first. */
export async function readOfficeTimers(run: Run, limit: number): Promise<{ id: string; at: Instant }[]> {
  const rows = await run<{ office: string; what: OfficeMatter; at_ms: number }>(
    sql`select office, what, ${ms('at')} as at_ms from alur_office_timers(${limit}::int)`,
  );
  return rows.map((row) => ({ id: officeTimerId(row.office, row.what), at: row.at_ms }));
}
