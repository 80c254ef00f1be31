// The whole database as it was at one moment, and the files it names, as one stream: a transaction that sees what was committed when it began,
// while the service goes on beside it. Files of the vault never change and are never deleted, so they may be copied afterwards.
import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import postgres from 'postgres';
import { hiddenTables } from '../owner.ts';
import type { Vault } from '../vault.ts';
import { fileName, MANIFEST, MANIFEST_SUM, type Manifest, partName } from './manifest.ts';
import { filesNamed, quoted, type Table, tablesOf } from './tables.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** A part of a table that is held in memory at a time. */
const PART_BYTES = 4 * 1024 * 1024;
const PAGE_ROWS = 200;

/** Nothing to save, or not all of it can be seen. `why`: Indonesian. */
export class CannotSave extends Error {}

export interface SnapshotOptions {
  /** As the owner of the tables. */
  url: string;
  vault: Pick<Vault, 'has' | 'open' | 'place'>;
  /** Called with the manifest once everything is in the stream. */
  done(manifest: Manifest): void;
}

/** Throws `CannotSave`, or what database and disk throw. */
export async function* snapshot(options: SnapshotOptions): AsyncGenerator<Uint8Array> {
  const pool = postgres(options.url, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connect_timeout: 10,
    connection: {
      application_name: 'alur backup',
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      statement_timeout: 0,
      idle_in_transaction_session_timeout: 0,
    },
  });
  let sql: postgres.ReservedSql | null = null;
  try {
    // A first connection can only be reserved once it stands; a server that cannot be reached says so here.
    await pool`select 1`;
    sql = await pool.reserve();
    yield* within(sql, options);
  } finally {
    sql?.release();
    // A transaction that only reads has nothing to lose.
    await pool.end({ timeout: 1 });
  }
}

async function* within(sql: postgres.ReservedSql, { vault, done }: SnapshotOptions): AsyncGenerator<Uint8Array> {
  await sql.unsafe('begin transaction isolation level repeatable read read only');
  // The driver connects again by itself when the line breaks, and would go on outside of the transaction: at the end this must still stand.
  const mark = randomUUID();
  await sql`select set_config('alur.backup', ${mark}, true)`;
  const [moment] = await sql<{ at: Date; migrated: boolean }[]>`
    select now() as at, to_regclass('drizzle.__drizzle_migrations') is not null as migrated`;
  if (!moment?.migrated) throw new CannotSave('Database ini belum pernah dipakai Alur; tidak ada yang dapat dicadangkan.');
  const hidden = await hiddenTables(sql);
  if (hidden.length > 0) {
    throw new CannotSave(
      `Pengguna pada DATABASE_URL tidak dapat membaca ${hidden.join(', ')}. Mulai layanan sekali dengan versi ini, lalu ulangi.`,
    );
  }
  const at = Math.floor(moment.at.getTime() / 1000);
  const { carried, leftOut: never } = await tablesOf(sql);
  const leftOut: string[] = [];
  for (const name of never) {
    const [row] = await sql.unsafe<{ filled: boolean }[]>(`select exists (select from "${name}") as filled`);
    if (row?.filled) leftOut.push(name);
  }
  const tables: Manifest['tables'] = [];
  for (const table of carried) tables.push(yield* tableOf(sql, table, at));
  const migrations = await sql<{ hash: string; at: number }[]>`
    select hash, created_at::float8 as at from drizzle.__drizzle_migrations order by created_at`;
  const chains = await sql<{ office: string; seq: number; hash: string }[]>`
    select office, seq::float8 as seq, hash from chain_heads order by office`;
  const named = await filesNamed(sql, carried);
  const { files, missing } = yield* filesOf(vault, named, at);
  // Last, because counters do not wait for transactions: what they say now is not behind any row above.
  const sequences = await sql<{ name: string; last: number }[]>`
    select sequencename as name, last_value::float8 as last from pg_sequences where schemaname = 'public' and last_value is not null order by 1`;
  const [still] = await sql<{ mark: string | null }[]>`select current_setting('alur.backup', true) as mark`;
  if (still?.mark !== mark) throw new Error('the connection was lost while the back-up was made');
  await sql.unsafe('commit');
  const manifest: Manifest = {
    format: 'alur-backup',
    version: 1,
    at: moment.at.toISOString(),
    migrations: [...migrations],
    tables,
    sequences: [...sequences],
    chains: [...chains],
    files,
    missing,
    leftOut,
  };
  yield* ending(manifest, at);
  done(manifest);
}

/** The manifest, its checksum, and the end of the archive. `at`: seconds since 1970. */
export function* ending(manifest: unknown, at: number): Generator<Uint8Array> {
  const body = Buffer.from(JSON.stringify(manifest));
  yield* entry(MANIFEST, body, at);
  yield* entry(MANIFEST_SUM, Buffer.from(createHash('sha256').update(body).digest('hex')), at);
  yield tarEnd();
}

function* entry(name: string, body: Uint8Array, at: number): Generator<Uint8Array> {
  yield tarHeader(name, body.length, at);
  yield body;
  yield tarPadding(body.length);
}

/** A line of JSON is a row. In parts, because an archive must say how long a file is before it comes. */
async function* tableOf(
  sql: postgres.ReservedSql,
  { name, columns }: Table,
  at: number,
): AsyncGenerator<Uint8Array, Manifest['tables'][number]> {
  const parts: { bytes: number; sha256: string }[] = [];
  let rows = 0;
  let waiting: string[] = [];
  let bytes = 0;
  const part = function* (): Generator<Uint8Array> {
    if (waiting.length === 0) return;
    const body = Buffer.from(`${waiting.join('\n')}\n`);
    yield* entry(partName(name, parts.length), body, at);
    parts.push({ bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') });
    waiting = [];
    bytes = 0;
  };
  // COPY would be faster, but the driver's stream of it can stop for good when the last of it comes while it holds the socket back.
  const pages = sql.unsafe<{ row: string }[]>(`select row_to_json(t)::text as row from (select ${quoted(columns)} from "${name}") as t`);
  for await (const page of pages.cursor(PAGE_ROWS)) {
    for (const { row } of page) {
      rows += 1;
      waiting.push(row);
      bytes += row.length;
      if (bytes >= PART_BYTES) yield* part();
    }
  }
  yield* part();
  return { name, columns, rows, parts };
}

async function* filesOf(
  vault: SnapshotOptions['vault'],
  named: readonly { sha256: string; needed: boolean }[],
  at: number,
): AsyncGenerator<Uint8Array, Pick<Manifest, 'files' | 'missing'>> {
  const files: Manifest['files'] = [];
  const missing: string[] = [];
  for (const { sha256, needed } of named) {
    if (!(await vault.has(sha256))) {
      if (needed) missing.push(sha256);
      continue;
    }
    const bytes = (await stat(vault.place(sha256))).size;
    yield tarHeader(fileName(sha256), bytes, at);
    const hash = createHash('sha256');
    for await (const chunk of vault.open(sha256) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
    yield tarPadding(bytes);
    // A file that no longer says what it is named after is no copy of anything.
    if (hash.digest('hex') === sha256) files.push({ sha256, bytes });
    else if (needed) missing.push(sha256);
  }
  return { files, missing };
}
