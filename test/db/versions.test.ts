// Every earlier shape of the database, with the rows that its version of Alur had written, comes to the newest one: nothing is lost, and the
// work goes on. `versions/NNNN.json` holds those rows as they were from that migration on; it is carried on until a later file takes over.
// `versions/NNNN-what.json` holds rows of what came with that migration: they come on top of it, at that version and every later one.
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
import { openStore, type PgStore } from '../../db/store.ts';
import { act, caseId, NOW, office, seenOf } from '../support/case-world.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

interface Journal {
  entries: { idx: number; tag: string }[];
}
type Rows = Record<string, object[]>;

const ROWS = fileURLToPath(new URL('./versions', import.meta.url));
const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal;
const tags = journal.entries.map(({ tag }) => tag);

/** The newest rows that are not newer than this migration, and what came on top of them, layer by layer. */
function layersAt(tag: string): Rows[] {
  const known = readdirSync(ROWS)
    .sort()
    .filter((name) => name.slice(0, 4) <= tag.slice(0, 4));
  const whole = known.findLast((name) => /^\d+\.json$/.test(name));
  if (whole === undefined) throw new Error(`no rows for ${tag}`);
  const layers = [whole, ...known.filter((name) => !/^\d+\.json$/.test(name))];
  return layers.map((name) => JSON.parse(readFileSync(join(ROWS, name), 'utf8')) as Rows);
}

const tablesIn = (layers: Rows[]): string[] => [...new Set(layers.flatMap((rows) => Object.keys(rows)))];

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

async function fill(sql: postgres.Sql, layers: Rows[]): Promise<void> {
  await sql.begin(async (tx) => {
    for (const [table, list] of layers.flatMap((rows) => Object.entries(rows))) {
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
  for (const [table, list] of layersAt(tags[0] ?? '').flatMap((rows) => Object.entries(rows)))
    expect([table, list.length > 0]).toEqual([table, true]);
});

test('no table of the newest shape is without rows', async () => {
  const database = await freshDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    const there = await sql<
      { table: string }[]
    >`select relname as table from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    const filled = tablesIn(layersAt(tags.at(-1) ?? ''));
    expect(there.map(({ table }) => table).filter((table) => !filled.includes(table))).toEqual([]);
  } finally {
    await sql.end();
    await database.close();
  }
});

/** What the newest version makes of rows that came with later migrations, as far as there are any. */
async function expectNewer(store: PgStore, tables: string[]): Promise<void> {
  const has = (table: string, count: number) => (tables.includes(table) ? count : 0);
  const chat = { channel: 'whatsapp', id: '6281200000005@s.whatsapp.net' } as const;
  expect(await store.viewsOf(caseId(2))).toHaveLength(has('case_views', 1));
  expect(await store.whatsApp.readCreds('kantor')).toEqual(has('wa_creds', 1) ? Buffer.from('01a0ff', 'hex') : null);
  expect((await store.whatsApp.readKeys('kantor', 'session', ['6281200000005.0'])).size).toBe(has('wa_keys', 1));
  expect(await store.whatsApp.epoch('kantor')).toBe(has('wa_epochs', 3));
  expect((await store.whatsApp.condition('kantor'))?.state).toBe(has('wa_gateway', 1) ? 'open' : undefined);
  expect(await store.whatsApp.readSent('kantor', 'ALUR0001')).toEqual(has('wa_sent', 1) ? Buffer.from('03c2', 'hex') : null);
  await store.transaction(async (tx) => {
    expect(await tx.lockOfficeTimer(office.id, 'daily')).toEqual(has('office_timers', 1) ? expect.anything() : null);
    expect(await tx.identify('whatsapp', '9988776655@lid', null, NOW)).toBe(has('aliases', 1) ? chat.id : '9988776655@lid');
    expect(await tx.tellStranger('telegram', '99', NOW + 1)).toBe(has('strangers', 1) === 0);
    expect(await tx.offers(chat, { message: 'ALUR0001', number: null })).toHaveLength(has('choices', 1));
    expect((await tx.office(office.id))?.deputies ?? []).toHaveLength(has('deputies', 1));
  });
}

test.each(tags.slice(0, -1).map((tag, index) => [tag, index] as const))(
  'a database of %s with its rows comes to the newest shape, and its cases go on',
  async (tag, index) => {
    const database = await emptyDatabase();
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    try {
      const rows = layersAt(tag);
      const tables = tablesIn(rows);
      await migrateTo(sql, index);
      await fill(sql, rows);
      const before = await counts(sql, tables);
      await migrate(database.url);
      expect(await counts(sql, tables)).toEqual(before);
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
        await expectNewer(store, tables);
      } finally {
        await store.close();
      }
    } finally {
      await sql.end();
      await database.close();
    }
  },
);
