// Every earlier shape of the database, with the rows that its version of Alur had written, comes to the newest one: nothing is lost, and the
// work goes on. `versions/NNNN.json` holds those rows as they were from that migration on; it is carried on until a later file takes over.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { lookAround } from '../../bin/service/watch.ts';
import { MIGRATIONS, migrate } from '../../db/migrate.ts';
import { openStore } from '../../db/store.ts';
import { act, caseId, NOW, office, seenOf } from '../support/case-world.ts';
import { emptyDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

interface Journal {
  entries: { idx: number; tag: string }[];
}
type Rows = Record<string, object[]>;

const ROWS = fileURLToPath(new URL('./versions', import.meta.url));
const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal;
const tags = journal.entries.map(({ tag }) => tag);

/** The newest rows that are not newer than this migration. */
function rowsAt(tag: string): Rows {
  const known = readdirSync(ROWS).sort();
  const file = known.findLast((name) => name.slice(0, 4) <= tag.slice(0, 4));
  if (file === undefined) throw new Error(`no rows for ${tag}`);
  return JSON.parse(readFileSync(join(ROWS, file), 'utf8')) as Rows;
}

/** As far as this migration and no farther. */
async function migrateTo(sql: postgres.Sql, last: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-versions-'));
  try {
    cpSync(MIGRATIONS, folder, { recursive: true });
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function counts(sql: postgres.Sql, tables: string[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const table of tables) counted[table] = (await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`)[0]?.n ?? -1;
  return counted;
}

async function fill(sql: postgres.Sql, rows: Rows): Promise<void> {
  await sql.begin(async (tx) => {
    for (const [table, list] of Object.entries(rows)) {
      // Columns that came later take what the database gives them.
      const columns = tx([...new Set(list.flatMap((row) => Object.keys(row)))]);
      await tx`insert into ${tx(table)} (${columns}) select ${columns} from json_populate_recordset(null::${tx(table)}, ${JSON.stringify(list)}::text::json)`;
    }
    // Whatever was counted had been counted farther.
    await tx`select setval(('public.' || quote_ident(sequencename))::regclass, 1000) from pg_sequences where schemaname = 'public'`;
  });
}

test('there are earlier versions, and the rows of each stand in every table that it had', () => {
  expect(tags.length).toBeGreaterThan(2);
  for (const [table, list] of Object.entries(rowsAt(tags[0] ?? ''))) expect([table, list.length > 0]).toEqual([table, true]);
});

test.each(tags.slice(0, -1).map((tag, index) => [tag, index] as const))(
  'a database of %s with its rows comes to the newest shape, and its cases go on',
  async (tag, index) => {
    const database = await emptyDatabase();
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    try {
      const rows = rowsAt(tag);
      await migrateTo(sql, index);
      await fill(sql, rows);
      const before = await counts(sql, Object.keys(rows));
      await migrate(database.url);
      expect(await counts(sql, Object.keys(rows))).toEqual(before);
      const store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
      try {
        expect(await store.verifyAudit()).toEqual({ ok: true, entries: before['events'] });
        const statuses = [1, 2, 3, 4].map(async (n) => (await store.readCase(caseId(n)))?.case.state.status);
        expect(await Promise.all(statuses)).toEqual(['draft', 'running', 'published', 'running']);
        expect(await store.transaction((tx) => tx.memberships('telegram', '1002'))).toHaveLength(1);
        const [due] = await store.dueTimers(NOW + 30 * 86_400_000, 100);
        expect(due).toBeDefined();
        const after = await store.transaction(async (tx) => {
          const c = await tx.lockCase(caseId(2));
          if (!c) throw new Error('no case');
          return (await act(tx, c.id, { type: 'receive', seen: seenOf(c), note: null, by: 'budi' }, NOW + 60_000)).after;
        });
        expect(after.state).toMatchObject({ status: 'running', step: 'periksa' });
        // Its old events still give the state that was saved: nothing is called broken by the running check.
        const look = { store, vault: { has: async () => true }, clock: { now: () => NOW } };
        expect((await lookAround(look)).filter(({ about }) => about.includes('-'))).toEqual([]);
        expect((await store.offices()).map(({ id }) => id)).toContain(office.id);
      } finally {
        await store.close();
      }
    } finally {
      await sql.end();
      await database.close();
    }
  },
);
