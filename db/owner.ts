// What the owner of the tables may see. Row-level security is forced, so that it holds even him unless he is a superuser; a back-up must see
// every row of every office, and reads as the owner.
import type { Sql } from 'postgres';

type Ask = Pick<Sql, 'unsafe'>;

/** A superuser, or one whom row-level security does not hold. */
export async function seesEverything(sql: Ask): Promise<boolean> {
  const [me] = await sql.unsafe<{ yes: boolean }[]>('select rolsuper or rolbypassrls as yes from pg_roles where rolname = current_user');
  return me?.yes ?? false;
}

/** Tables of row-level security whose rows this user would see only in part. */
export async function hiddenTables(sql: Ask): Promise<string[]> {
  if (await seesEverything(sql)) return [];
  const rows = await sql.unsafe<{ name: string }[]>(`
    select c.relname as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'read_by_the_owner')
    order by c.relname`);
  return rows.map(({ name }) => name);
}

/** Lets the user who owns the tables read them. He could let himself at any time; the application's role gains nothing. */
export async function letOwnerRead(sql: Ask): Promise<void> {
  for (const table of await hiddenTables(sql)) {
    await sql.unsafe(`create policy read_by_the_owner on "${table}" for select to current_user using (true)`);
  }
}
