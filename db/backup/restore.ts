// A back-up put into a database, in one transaction: either everything of it is there afterwards, as it was, or nothing has changed.
import { Readable } from 'node:stream';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';
import { verifyAudit } from '../history.ts';
import { runner } from '../line.ts';
import { MIGRATIONS, migrate } from '../migrate.ts';
import { seesEverything } from '../owner.ts';
import { ensureRoles } from '../roles.ts';
import { newSession } from '../session.ts';
import type { Vault } from '../vault.ts';
import { entriesOf, inspect } from './archive.ts';
import { fileName, type Manifest, partName } from './manifest.ts';
import { quoted, tablesOf } from './tables.ts';
import { NotAnArchive, type TarEntry } from './tar.ts';

export type Unrestored =
  /** Cut off, changed, or never a back-up. */
  | { refused: 'damaged'; why: string }
  /** Made by a version of Alur that this one does not know. */
  | { refused: 'newer' }
  /** Somebody works on that database. */
  | { refused: 'in-use' }
  | { refused: 'not-empty' }
  /** What was put in is not what the manifest says. */
  | { refused: 'different'; what: string };

export type Restored = { ok: true; manifest: Manifest } | ({ ok: false } & Unrestored);

export interface RestoreOptions {
  /** As the owner of the tables. */
  url: string;
  vault: Pick<Vault, 'keep'>;
  /** What the database holds is thrown away. */
  replace: boolean;
}

/** Kept through settings of the server's own: a start leaves its key there before anybody has handed in anything. */
const NOT_CONTENT = new Set(['settings']);
const LOCK_MS = 10_000;

class Refused extends Error {
  readonly why: Unrestored;
  constructor(why: Unrestored) {
    super(why.refused);
    this.why = why;
  }
}

/** Reads the archive twice: it is checked from end to end before anything is touched. */
export async function restore(path: string, options: RestoreOptions): Promise<Restored> {
  try {
    const manifest = await inspect(path);
    const migrations = knownMigrations(manifest);
    await put(path, manifest, migrations, options);
    await migrate(options.url);
    return { ok: true, manifest };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...error.why };
    if (error instanceof NotAnArchive) return { ok: false, refused: 'damaged', why: error.message };
    throw error;
  }
}

/** Those of ours that had made the tables of the back-up. */
function knownMigrations({ migrations }: Manifest): MigrationMeta[] {
  const ours = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const same = migrations.every(({ hash }, index) => ours[index]?.hash === hash);
  if (!same) throw new Refused({ refused: 'newer' });
  return ours.slice(0, migrations.length);
}

async function put(path: string, manifest: Manifest, migrations: MigrationMeta[], options: RestoreOptions): Promise<void> {
  const sql = postgres(options.url, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connect_timeout: 10,
    connection: { application_name: 'alur restore', TimeZone: 'UTC', DateStyle: 'ISO', statement_timeout: 0, lock_timeout: LOCK_MS },
  });
  try {
    await ensureRoles(sql);
    const free = await seesEverything(sql);
    await sql.begin(async (tx) => {
      await refuseOthers(tx);
      await makeRoom(tx, options.replace, free);
      await build(tx, migrations);
      if (!free) await force(tx, false);
      await fill(tx, path, manifest, options.vault);
      for (const { name, last } of manifest.sequences)
        await tx`select setval(${`public."${name}"`}::text::regclass, ${last}::float8::bigint)`;
      // Whatever waits for the commit is checked now: a table with checks outstanding cannot be altered.
      await tx.unsafe('set constraints all immediate');
      await compare(tx, manifest);
      if (!free) await force(tx, true);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseOthers(tx: postgres.TransactionSql): Promise<void> {
  const [others] = await tx<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and application_name in ('alur', 'alur-queues') and pid <> pg_backend_pid()`;
  if ((others?.n ?? 0) > 0) throw new Refused({ refused: 'in-use' });
}

/** Takes away the tables, empty or not wanted any more, and the functions beside them. What else lies in the database stays. */
async function makeRoom(tx: postgres.TransactionSql, replace: boolean, free: boolean): Promise<void> {
  const ours = readMigrationFiles({ migrationsFolder: MIGRATIONS }).flatMap(({ sql }) => sql);
  const made = (kind: RegExp) => new Set(ours.flatMap((statement) => [...statement.matchAll(kind)].flatMap(([, name]) => name ?? [])));
  const named = made(/CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/gi);
  const { carried, leftOut } = await tablesOf(tx);
  const there = [...carried.map(({ name }) => name), ...leftOut].filter((name) => named.has(name));
  if (!free) await force(tx, false, there);
  for (const name of there) {
    const [row] = await tx.unsafe<{ filled: boolean }[]>(`select exists (select from "${name}") as filled`);
    if (row?.filled && !NOT_CONTENT.has(name) && !replace) throw new Refused({ refused: 'not-empty' });
  }
  for (const name of there) await tx.unsafe(`drop table "${name}" cascade`);
  const functions = await tx<{ what: string }[]>`
    select p.oid::regprocedure::text as what from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and p.proname in (select jsonb_array_elements_text(${JSON.stringify([...made(/CREATE (?:OR REPLACE )?FUNCTION (\w+)/gi)])}::text::jsonb))`;
  for (const { what } of functions) await tx.unsafe(`drop function ${what} cascade`);
  await tx.unsafe('drop table if exists drizzle.__drizzle_migrations');
  // Jobs carry ids of rows that will be others; they are made again from the rows.
  await tx.unsafe('drop schema if exists bullmq cascade');
}

/** The tables as they were when the back-up was made, with the same note of it that a migration leaves. */
async function build(tx: postgres.TransactionSql, migrations: MigrationMeta[]): Promise<void> {
  await tx.unsafe('create schema if not exists drizzle');
  await tx.unsafe('create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)');
  for (const { sql, hash, folderMillis } of migrations) {
    for (const statement of sql) await tx.unsafe(statement);
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis}::float8::bigint)`;
  }
}

/** Row-level security holds the owner too, as long as it is forced. */
async function force(tx: postgres.TransactionSql, on: boolean, only?: string[]): Promise<void> {
  const rows = await tx<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relrowsecurity`;
  for (const { name } of rows) {
    if (only && !only.includes(name)) continue;
    await tx.unsafe(`alter table "${name}" ${on ? 'force' : 'no force'} row level security`);
  }
}

async function fill(tx: postgres.TransactionSql, path: string, manifest: Manifest, vault: RestoreOptions['vault']): Promise<void> {
  const known = new Map((await tablesOf(tx)).carried.map(({ name, columns }) => [name, new Set(columns)]));
  const targets = new Map<string, Manifest['tables'][number]>();
  for (const table of manifest.tables) {
    const columns = known.get(table.name);
    if (!columns || !table.columns.every((column) => columns.has(column)))
      throw new NotAnArchive(`there is no table ${table.name} like that`);
    table.parts.forEach((_, index) => {
      targets.set(partName(table.name, index), table);
    });
  }
  const files = new Map(manifest.files.map((file) => [fileName(file.sha256), file]));
  for await (const entry of entriesOf(path)) {
    const table = targets.get(entry.name);
    const file = files.get(entry.name);
    if (table) await insert(tx, table, entry);
    else if (file) {
      const kept = await vault.keep(Readable.from(entry.body), { max: file.bytes });
      if ('tooBig' in kept || kept.sha256 !== file.sha256) throw new NotAnArchive(`${entry.name} has changed meanwhile`);
    } else for await (const _ of entry.body);
  }
}

async function insert(tx: postgres.TransactionSql, table: { name: string; columns: string[] }, entry: TarEntry): Promise<void> {
  const parts: Uint8Array[] = [];
  for await (const part of entry.body) parts.push(part);
  const rows = Buffer.concat(parts).toString('utf8').trimEnd().split('\n').join(',');
  const columns = quoted(table.columns);
  await tx.unsafe(
    `insert into "${table.name}" (${columns}) select ${columns} from json_populate_recordset(null::"${table.name}", $1::text::json)`,
    [`[${rows}]`],
  );
}

/** Counts, chains and files, looked at in the database and the vault themselves. */
async function compare(tx: postgres.TransactionSql, manifest: Manifest): Promise<void> {
  const different = (what: string): never => {
    throw new Refused({ refused: 'different', what });
  };
  for (const { name, rows } of manifest.tables) {
    const [counted] = await tx.unsafe<{ n: number }[]>(`select count(*)::float8 as n from "${name}"`);
    if (counted?.n !== rows) different(`${name}: ${counted?.n ?? 0} of ${rows}`);
  }
  const heads = await tx<{ office: string; seq: number; hash: string }[]>`
    select office, seq::float8 as seq, hash from chain_heads order by office`;
  if (JSON.stringify(heads) !== JSON.stringify(manifest.chains)) different('chain_heads');
  const verified = await verifyAudit(newSession(runner(tx), { chance: NO_CHANCE, offices: new Map(), sops: new Map() }));
  if (!verified.ok) different(`audit ${verified.office} ${verified.seq}: ${verified.why}`);
}

/** Verifying needs none. */
const NO_CHANCE = {
  uuid: (): string => {
    throw new Error('verifying takes no chance');
  },
  bytes: (): Uint8Array => {
    throw new Error('verifying takes no chance');
  },
};
