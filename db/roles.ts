// The two roles of the cluster that Alur needs: what the application runs as, and what looks across offices for it. Neither logs in.
import type { Sql } from 'postgres';
import { Unusable } from './embedded/unusable.ts';

/** The application: neither owner nor superuser, held by row-level security. */
export const APP_ROLE = 'alur_app';
/** Owner of the few functions that find out which office something belongs to. */
export const LOOKUP_ROLE = 'alur_lookup';

const EXISTS_ALREADY = new Set(['42710', '23505']);
/** "tuple concurrently updated": another database's migration gives the same membership at this moment. */
const CONCURRENTLY = 'XX000';
const FORBIDDEN = '42501';

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

async function createRole(sql: Sql, role: string): Promise<void> {
  const [found] = await sql`select 1 from pg_roles where rolname = ${role}`;
  if (found) return;
  try {
    await sql.unsafe(`create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit`);
  } catch (error) {
    // Roles belong to the cluster: another database's migration may have been faster.
    if (EXISTS_ALREADY.has(codeOf(error))) return;
    if (codeOf(error) === FORBIDDEN) {
      throw new Unusable(
        `Pengguna pada DATABASE_URL tidak boleh membuat peran ${role}.`,
        `Jalankan sekali sebagai admin PostgreSQL: CREATE ROLE ${APP_ROLE} NOLOGIN; CREATE ROLE ${LOOKUP_ROLE} NOLOGIN; GRANT ${APP_ROLE}, ${LOOKUP_ROLE} TO <pengguna>;`,
      );
    }
    throw error;
  }
}

async function join(sql: Sql, role: string): Promise<void> {
  const [member] = await sql<{ yes: boolean }[]>`select pg_has_role(current_user, ${role}, 'MEMBER') as yes`;
  if (member?.yes) return;
  for (let tries = 0; ; tries += 1) {
    try {
      await sql.unsafe(`grant ${role} to current_user`);
      return;
    } catch (error) {
      if (codeOf(error) === CONCURRENTLY && tries < 20) continue;
      if (codeOf(error) === FORBIDDEN) {
        throw new Unusable(
          `Pengguna pada DATABASE_URL bukan anggota peran ${role}.`,
          `Jalankan sekali sebagai admin PostgreSQL: GRANT ${role} TO <pengguna>;`,
        );
      }
      throw error;
    }
  }
}

/** Makes the roles and lets the URL's user take them on. */
export async function ensureRoles(sql: Sql): Promise<void> {
  for (const role of [APP_ROLE, LOOKUP_ROLE]) {
    await createRole(sql, role);
    await join(sql, role);
  }
}
