// What the change of an office's file still asks for: written in the commit of the change, taken away when all of it is done. Whoever is
// killed in between leaves it to the next start, or to the next who applies a file.
import { sql } from 'drizzle-orm';
import type { Office } from '../src/office/office.ts';
import { officeIds, readOffice } from './offices.ts';
import type { Unsettled } from './schema/offices.ts';
import { enter, type Session, within } from './session.ts';
import { json } from './values.ts';

export interface OfficeUnsettled extends Unsettled {
  office: string;
}

/**
 * Locks the office until the commit, and says how it is; `null` for one that is not there yet. As weakly as its change needs it: a new row that
 * names the office asks for a share of it.
 */
export async function lockOffice(session: Session, id: string): Promise<Office | null> {
  const rows = await within(session, id, sql`select from offices where office = ${id} for no key update`);
  return rows.length > 0 ? readOffice(session, id) : null;
}

/** What `before` is, unless an earlier change waits still: then both are settled as one. */
export function unsettledBy(before: Office | null, change: string) {
  const fresh = json({ before, change });
  return {
    ofNew: sql`${fresh}`,
    // The same file again asks for nothing more than what it may still be asking for.
    ofChanged: sql`case when offices.file is distinct from excluded.file or not offices.active
      then jsonb_set(coalesce(offices.unsettled, ${fresh}), '{change}', to_jsonb(${change}::text)) else offices.unsettled end`,
  };
}

export async function unsettledOf(session: Session): Promise<OfficeUnsettled[]> {
  const found: OfficeUnsettled[] = [];
  for (const office of await officeIds(session)) {
    const rows = await within<{ unsettled: Unsettled }>(
      session,
      office,
      sql`select unsettled from offices where office = ${office} and active and unsettled is not null`,
    );
    for (const { unsettled } of rows) found.push({ office, ...unsettled });
  }
  return found;
}

/** Nothing happens when the file was changed once more meanwhile. */
export async function settled(session: Session, { office, change }: OfficeUnsettled): Promise<void> {
  await enter(session, office);
  await session.run(sql`update offices set unsettled = null where office = ${office} and unsettled ->> 'change' = ${change}`);
}
