// Offices and SOPs as they were applied. A process remembers an office as long as its version stands.
import { sql } from 'drizzle-orm';
import { type Deputy, isOfTheOffice, type Office, personOf } from '../src/office/office.ts';
import type { Membership } from '../src/ports/store.ts';
import type { Sop } from '../src/sop/sop.ts';
import { chatDeputies } from './deputies.ts';
import { type Session, within } from './session.ts';

export async function readOffice(session: Session, id: string): Promise<Office | null> {
  const known = session.shared.offices.get(id);
  const [row] = await within<{ version: number; file: Office | null; deputies: Deputy[] | null }>(
    session,
    id,
    sql`
      select version, case when version = ${known?.version ?? 0}::int then null else file end as file,
        case when version = ${known?.version ?? 0}::int then null else ${chatDeputies} end as deputies
      from offices where office = ${id} and active`,
  );
  if (!row) return null;
  if (row.file === null) return known?.office ?? null;
  const office = row.deputies === null ? row.file : { ...row.file, deputies: [...(row.file.deputies ?? []), ...row.deputies] };
  session.shared.offices.set(id, { version: row.version, office });
  return office;
}

export async function memberships(session: Session, channel: string, account: string): Promise<Membership[]> {
  const bound = await session.run<{ office: string; person: string; version: number }>(
    sql`select office, person, version from alur_memberships(${channel}, ${account})`,
  );
  const found: Membership[] = [];
  for (const { office: id, person: personId, version } of bound) {
    const known = session.shared.offices.get(id);
    const office = known?.version === version ? known.office : await readOffice(session, id);
    const person = office ? personOf(office, personId) : undefined;
    if (office && person && isOfTheOffice(office, person)) found.push({ office, person });
  }
  return found;
}

export async function readSop(session: Session, id: string, version: string): Promise<Sop | null> {
  const key = `${id}@${version}`;
  const known = session.shared.sops.get(key);
  if (known) return known;
  const [row] = await session.run<{ body: Sop }>(sql`select body from sops where id = ${id} and version = ${version}`);
  if (!row) return null;
  session.shared.sops.set(key, row.body);
  return row.body;
}

export async function sopsOf(session: Session, office: string): Promise<Sop[]> {
  const rows = await within<{ sop: string; version: string }>(
    session,
    office,
    sql`select sop, version from office_sops where office = ${office} order by position`,
  );
  const found: Sop[] = [];
  for (const row of rows) {
    const sop = await readSop(session, row.sop, row.version);
    if (sop) found.push(sop);
  }
  return found;
}

/** Ids of all offices, whichever is served. */
export async function readOffices(session: Session): Promise<Office[]> {
  const found: Office[] = [];
  for (const id of await officeIds(session)) {
    const office = await readOffice(session, id);
    if (office) found.push(office);
  }
  return found;
}

export async function officeIds(session: Session): Promise<string[]> {
  const rows = await session.run<{ office: string }>(sql`select office from alur_offices() where active`);
  return rows.map((row) => row.office);
}
