// Reading what one office may see in a single round trip: the transaction's begin, its statements and its commit travel together.
import { sql } from 'drizzle-orm';
import type { Case, CaseId } from '../src/case/case.ts';
import type { Chat, Office } from '../src/office/office.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Run } from './line.ts';
import type { Pool } from './pool.ts';
import type { Shared } from './session.ts';
import { isUuid } from './values.ts';

/** `statements` start their statements at once, without waiting for one another. */
function glimpse<T>(pool: Pool, statements: (run: Run) => Promise<T>): Promise<T> {
  return pool.alone(async (run) => {
    // After a failed statement the commit is a rollback: the connection is clean either way. All are waited for before it is given back.
    const [began, seen] = await Promise.allSettled([run(sql`begin read only`), statements(run), run(sql`commit`)]);
    // Outside a transaction no office would be visible: an answer of nothing then would be a lie.
    if (began.status === 'rejected') throw began.reason;
    if (seen.status === 'rejected') throw seen.reason;
    return seen.value;
  });
}

/** The case with its office and SOP, or `'unknown'` when this process does not remember the newest of these. */
export async function glimpseCase(
  pool: Pool,
  shared: Shared,
  id: CaseId,
): Promise<{ case: Case; sop: Sop; office: Office } | null | 'unknown'> {
  if (!isUuid(id)) return null;
  const [, [row], offices] = await glimpse(pool, (run) =>
    Promise.all([
      run(sql`select set_config('alur.office', coalesce(alur_office_of_case(${id}::uuid), ''), true)`),
      run<{ body: Case }>(sql`select body from cases where id = ${id}::uuid`),
      run<{ office: string; version: number }>(sql`select office, version from offices where active`),
    ]),
  );
  if (!row) return null;
  const found = row.body;
  const version = offices.find(({ office }) => office === found.office)?.version;
  const known = shared.offices.get(found.office);
  const sop = shared.sops.get(`${found.sop.id}@${found.sop.version}`);
  return known && sop && known.version === version ? { case: found, sop, office: known.office } : 'unknown';
}

/** Names of those whose private chat this is, in this office. */
export async function glimpsePeopleAt(pool: Pool, office: string, chat: Chat): Promise<string[]> {
  const [, rows] = await glimpse(pool, (run) =>
    Promise.all([
      run(sql`select set_config('alur.office', ${office}, true)`),
      run<{ person: string }>(
        sql`select distinct person from bindings where office = ${office} and channel = ${chat.channel} and chat = ${chat.id}`,
      ),
    ]),
  );
  return rows.map(({ person }) => person);
}
