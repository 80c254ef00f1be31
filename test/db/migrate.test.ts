// The database comes to its shape once, however many starts want it at the same moment.
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';

const opened: FreshDatabase[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
});

async function empty(): Promise<FreshDatabase> {
  const database = await emptyDatabase();
  opened.push(database);
  return database;
}

const journal = JSON.parse(readFileSync(new URL('../../db/migrations/meta/_journal.json', import.meta.url), 'utf8')) as {
  entries: unknown[];
};

test('five starts at once migrate an empty database once', async () => {
  const { url } = await empty();
  await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ applied: number }[]>`select count(*)::int as applied from drizzle.__drizzle_migrations`;
  await sql.end();
  expect(row?.applied).toBe(journal.entries.length);
});

test('two databases of one cluster may be migrated at the same moment', async () => {
  const databases = [await empty(), await empty(), await empty()];
  await Promise.all(databases.map((database) => migrate(database.url)));
});

test('migrating again changes nothing', async () => {
  const { url } = await empty();
  await migrate(url);
  await migrate(url);
});

test('a user who may not create roles hears which statements an admin must run', async () => {
  const { url } = await empty();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  // The roles of this cluster exist already, so what is missing for him is the membership.
  await sql.unsafe(`create role weak_${process.pid} login password 'x'`);
  const weak = new URL(url);
  weak.username = `weak_${process.pid}`;
  weak.password = 'x';
  await expect(migrate(weak.href)).rejects.toThrow(/GRANT alur_app TO <pengguna>/);
  await sql.unsafe(`drop role weak_${process.pid}`);
  await sql.end();
});

test('a user who owns the database and may create roles is enough: no superuser is needed', async () => {
  const { url } = await empty();
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const role = `owner_${process.pid}`;
  await admin.unsafe(`create role ${role} login password 'x' createrole`);
  await admin.unsafe(`grant alur_app, alur_lookup to ${role}`);
  await admin.unsafe(`alter database ${new URL(url).pathname.slice(1)} owner to ${role}`);
  const own = new URL(url);
  own.username = role;
  own.password = 'x';
  await migrate(own.href);
  const app = postgres(own.href, { max: 1, connection: { role: 'alur_app', application_name: 'alur' } });
  const [who] = await app<{ me: string; login: string }[]>`select current_user as me, session_user as login`;
  expect(who).toEqual({ me: 'alur_app', login: role });
  await app.end();
  await admin.unsafe(`drop owned by ${role} cascade`).catch(() => {});
  await admin.end();
});
