// Deputies that people have set in a chat. Each change counts as one of the office: what processes remember of it is read anew.
import { sql } from 'drizzle-orm';
import type { PersonId } from '../src/office/office.ts';
import type { ChatDeputy, Waiting } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import { type Session, within } from './session.ts';
import { instantParam, isUuid, json, ms } from './values.ts';

/** Those that have not ended, as the rules know them; `null` when there are none. Within a statement on `offices`. */
export const chatDeputies = sql`(
  select jsonb_agg(jsonb_build_object('kind', d.kind, 'by', d.deputy, 'for', d.principal, 'roles', to_jsonb(d.roles),
    'from', d.from_day::text, 'to', d.until_day::text, 'chat', jsonb_build_object('id', d.id, 'at', ${ms('d.set_at')})) order by d.set_at, d.id)
  from deputies d where d.office = offices.office and d.ended_at is null)`;

function changed(session: Session, office: string): Promise<unknown> {
  return session.run(sql`update offices set version = version + 1 where office = ${office}`);
}

export async function setDeputy(session: Session, office: string, deputy: ChatDeputy): Promise<void> {
  const { kind, by, for: principal, roles, from, to, chat } = deputy;
  await Promise.all([
    within(
      session,
      office,
      sql`
        insert into deputies (id, office, kind, deputy, principal, roles, from_day, until_day, set_at)
        values (${chat.id}::uuid, ${office}, ${kind}, ${by}, ${principal}, array(select jsonb_array_elements_text(${json(roles)})),
          ${from}::date, ${to}::date, ${instantParam(chat.at)})
        on conflict (id) do nothing`,
    ),
    changed(session, office),
  ]);
}

export async function endDeputy(session: Session, office: string, id: string, by: PersonId | 'system', at: Instant): Promise<void> {
  if (!isUuid(id)) return;
  await Promise.all([
    within(
      session,
      office,
      sql`update deputies set ended_at = ${instantParam(at)}, ended_by = ${by} where office = ${office} and id = ${id}::uuid and ended_at is null`,
    ),
    changed(session, office),
  ]);
}

export async function waitingFor(session: Session, office: string, roles: string[]): Promise<Waiting[]> {
  if (roles.length === 0) return [];
  return within<Waiting>(
    session,
    office,
    sql`
      select id as "case", step, round, body #>> '{state,role}' as role from cases
      where office = ${office} and status in ('running', 'approved') and step is not null and body #>> '{state,taken}' is null
      and body #>> '{state,role}' in (select jsonb_array_elements_text(${json(roles)})) order by id`,
  );
}
