// What there is to be carried: the tables in an order in which they can be filled again, their columns, and where files are named.
import type { Sql } from 'postgres';

/** A linked WhatsApp device is one device: its keys on a second machine would break the first one's session, and whoever finds them is it. */
const NEVER_CARRIED = /^wa_(?:creds|keys)$/;

export interface Table {
  name: string;
  columns: string[];
}

export interface Tables {
  carried: Table[];
  leftOut: string[];
}

type Ask = Pick<Sql, 'unsafe'>;

/** As this user sees them; empty for a database that was never migrated. */
export async function tablesOf(sql: Ask): Promise<Tables> {
  const rows = await sql.unsafe<{ name: string; columns: string[]; needs: string[] }[]>(`
    select c.relname as name,
      (select jsonb_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select jsonb_agg(f.relname) from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '[]') as needs
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname`);
  const ordered: Table[] = [];
  const done = new Set<string>();
  while (ordered.length < rows.length) {
    const free = rows.filter(({ name, needs }) => !done.has(name) && needs.every((other) => done.has(other)));
    if (free.length === 0) throw new Error('tables refer to one another in a circle');
    for (const { name, columns } of free) {
      done.add(name);
      ordered.push({ name, columns });
    }
  }
  return {
    carried: ordered.filter(({ name }) => !NEVER_CARRIED.test(name)),
    leftOut: ordered.filter(({ name }) => NEVER_CARRIED.test(name)).map(({ name }) => name),
  };
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** Every hash under which rows name a file of the vault. `needed`: the row counts on it; what was dropped or refused may be gone. */
export async function filesNamed(sql: Ask, tables: readonly Table[]): Promise<{ sha256: string; needed: boolean }[]> {
  const places = tables.flatMap(({ name, columns }) =>
    columns
      .filter((column) => /(?:^|_)sha256$/.test(column))
      .map(
        (column) =>
          `select "${column}" as sha256, ${name === 'media' ? "state = 'kept'" : 'true'} as needed from "${name}" where "${column}" is not null`,
      ),
  );
  if (places.length === 0) return [];
  return sql.unsafe<{ sha256: string; needed: boolean }[]>(
    `select sha256, bool_or(needed) as needed from (${places.join(' union all ')}) as named group by sha256 order by sha256`,
  );
}
