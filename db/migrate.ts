// Brings the database to this version's shape: under a lock, so that several starts at once do it once.
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Unusable } from './embedded/unusable.ts';
import { letOwnerRead } from './owner.ts';
import { ensureRoles } from './roles.ts';

export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any number, the same for every Alur: held while migrations run. */
const LOCK = 4_127_001;
const OLDEST = 150_000;

/** As the URL's user, who owns the tables. Throws `Unusable` with the repair when that user may not. */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'alur migrate' } });
  try {
    const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
    if ((server?.version ?? 0) < OLDEST) throw new Unusable('PostgreSQL terlalu lama.', 'Pakai PostgreSQL 15 atau lebih baru.');
    await sql`select pg_advisory_lock(${LOCK})`;
    await ensureRoles(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await letOwnerRead(sql);
  } finally {
    // Ends the session, and with it the lock.
    await sql.end({ timeout: 5 });
  }
}
