// Back-up and restore through the real commands and two real databases: nothing is missing afterwards, and nothing changes when it is refused.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { realChance } from '../../bin/service/ambient.ts';
import { MANIFEST } from '../../db/backup/manifest.ts';
import { ending } from '../../db/backup/snapshot.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { openVault } from '../../db/vault.ts';
import { act, caseId, fillingOf, finish, handIn, NOW, office, openDraft, otherOffice, seenOf, sop } from '../support/case-world.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts';
import { alur, scratchFolder } from './command-line.ts';

const folder = scratchFolder();
const home = join(folder.path, 'asal');
const archive = join(folder.path, 'cadangan.tar.gz');
/** More than one part of a table, and bytes that must be escaped. */
const LONG = `baris\n\\.\t${'narasi panjang '.repeat(200)}`;

let source: FreshDatabase;
let store: PgStore;
let sql: postgres.Sql;
const opened: { close(): Promise<void> }[] = [];

const envOf = (url: string, dataDir: string) => ({
  DATABASE_URL: url,
  DATA_DIR: dataDir,
  HTTP_PORT: '1',
  TELEGRAM_BOT_TOKEN: '1:x',
  TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
});

async function target(make = emptyDatabase): Promise<{ env: Record<string, string>; sql: postgres.Sql; dataDir: string }> {
  const database = await make();
  const own = postgres(database.url, { max: 1, onnotice: () => {} });
  const dataDir = join(folder.path, new URL(database.url).pathname.slice(1));
  opened.push({ close: () => own.end() }, database);
  return { env: envOf(database.url, dataDir), sql: own, dataDir };
}

/** Every row of every table that a back-up carries, as text. */
async function everything(of: postgres.Sql): Promise<Record<string, string[]>> {
  const tables = await of<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('wa_creds', 'wa_keys') order by relname`;
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    all[name] = (await of.unsafe<{ row: string }[]>(`select t::text as row from "${name}" t order by 1`)).map(({ row }) => row);
  }
  return all;
}

beforeAll(async () => {
  source = await freshDatabase();
  store = await openStore({ url: source.url, chance: realChance });
  sql = postgres(source.url, { max: 1, onnotice: () => {} });
  const other = otherOffice();
  await store.applyOffice(office, [sop], NOW);
  await store.applyOffice(other, [sop], NOW);
  const vault = await openVault(join(home, 'vault'));
  const bytes = [0, 1, 2, 3].map((n) => Buffer.from(`isi berkas ${n}`.repeat(1 + n * 10_000)));
  const hashes = await Promise.all(
    bytes.map(async (one) => {
      const kept = await vault.keep(Readable.from([one]), { max: 1e9 });
      return 'tooBig' in kept ? '' : kept.sha256;
    }),
  );
  // Files of their own for the one case; the others name files that were refused meanwhile.
  await openDraft(store, 1);
  await store.transaction(async (tx) => {
    let next = 0;
    for (const command of fillingOf(1)) {
      if (command.type === 'keep-media') {
        await act(tx, caseId(1), { ...command, sha256: hashes[next] ?? '', bytes: bytes[next]?.length ?? 0 });
        next += 1;
      } else await act(tx, caseId(1), command.type === 'narrate' ? { ...command, narrative: { text: LONG } } : command);
    }
    const handed = await act(tx, caseId(1), { type: 'hand-in', seen: { round: 1 }, by: 'sari' });
    await act(tx, caseId(1), { type: 'receive', seen: seenOf(handed.after), note: null, by: 'budi' }, NOW + 1000);
  });
  await openDraft(store, 2);
  await handIn(store, 3, other);
  await finish(store, 4);
  await sql`update media set state = 'refused' where "case" <> ${caseId(1)}`;
  await store.receive([{ channel: 'telegram', account: 'bot', externalId: '1', lane: 'l', body: { teks: LONG }, tap: false }], NOW);
  await store.transaction((tx) => tx.send(office.id, [{ out: 'say', to: { person: 'budi' }, notice: { notice: 'not-understood' } }], NOW));
  await store.buttonKey();
  await sql`insert into wa_keys (gateway, type, id, sealed) values ('utama', 'session', '1', ${Buffer.from('kunci perangkat')})`;
  await sql`insert into wa_sent (gateway, id, sealed, sent_at) values ('utama', '1', ${Buffer.from([0, 10, 92, 255])}, now())`;
  await sql`insert into invitation_guesses (channel, account, at) values ('telegram', '5', now())`;
  await sql`insert into outbox (channel, chat, kind, body, created_at) select 'telegram', 'lama', 'say', jsonb_build_object('panjang', repeat('x', 100000)), now() from generate_series(1, 60)`;
}, 60_000);

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(async () => {
  await store.close();
  await sql.end();
  await source.close();
});

describe('a back-up', () => {
  test('is made while others work on the database, for the owner alone, and says what is in it', async () => {
    const ran = await alur(['backup', '--out', archive, '--json'], envOf(source.url, home));
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({
      ok: true,
      file: archive,
      files: 4,
      missing: [],
      left_out: ['wa_keys'],
      tables: { cases: 4, offices: 2 },
    });
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(gunzipSync(readFileSync(archive)).includes(Buffer.from('kunci perangkat').toString('hex'))).toBe(false);
  });

  test('comes back into an empty database as it was: every row, every chain, every file', async () => {
    const { env, sql: restored, dataDir } = await target();
    const ran = await alur(['restore', archive], env);
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toContain('Jumlah, rantai riwayat, dan berkas cocok');
    expect(await everything(restored)).toEqual(await everything(sql));
    // A device's keys stay with the device.
    expect(ran.out).toContain('whatsapp pair');
    expect((await restored`select from wa_keys`).count).toBe(0);
    expect((await alur(['audit', 'verify'], env)).exit).toBe(0);
    const vault = await openVault(join(dataDir, 'vault'));
    const named = await restored<{ sha256: string }[]>`select sha256 from media where state = 'kept'`;
    expect(named).toHaveLength(4);
    for (const { sha256 } of named) expect(await vault.verify(sha256)).toBe(true);
  });

  test('lets the work go on: rows get new ids, numbers new serials, the guards stand', async () => {
    const { env, sql: restored } = await target();
    await alur(['restore', archive], env);
    const again = await openStore({ url: env['DATABASE_URL'] ?? '', chance: realChance });
    try {
      const c = await again.transaction((tx) => tx.lockCase(caseId(1)));
      if (!c) throw new Error('the case is not there');
      await again.transaction((tx) => act(tx, c.id, { type: 'accept', seen: seenOf(c), note: null, by: 'kartika' }, NOW + 2000));
      const { number } = await handIn(again, 9);
      expect(number?.serial).toBe(3);
      await again.receive([{ channel: 'telegram', account: 'bot', externalId: '2', lane: 'l', body: {}, tap: false }], NOW);
      expect(await again.verifyAudit()).toMatchObject({ ok: true });
      await expect(restored`delete from events`).rejects.toThrow('is never changed');
      const [forced] = await restored<{ n: number }[]>`select count(*)::int as n from pg_class where relforcerowsecurity`;
      const [before] = await sql<{ n: number }[]>`select count(*)::int as n from pg_class where relforcerowsecurity`;
      expect(forced).toEqual(before);
    } finally {
      await again.close();
    }
  });

  test('tells of a file that the vault has lost or changed, and is made all the same', async () => {
    const broken = join(folder.path, 'rusak');
    const [lost, changed] = await sql<{ sha256: string }[]>`select sha256 from media where state = 'kept' order by sha256 limit 2`;
    for (const { sha256 } of await sql<{ sha256: string }[]>`select sha256 from media where state = 'kept'`) {
      const place = join('vault', sha256.slice(0, 2), sha256);
      mkdirSync(join(broken, 'vault', sha256.slice(0, 2)), { recursive: true });
      if (sha256 !== lost?.sha256)
        writeFileSync(join(broken, place), sha256 === changed?.sha256 ? 'lain' : readFileSync(join(home, place)));
    }
    const out = join(folder.path, 'kurang.tar');
    const ran = await alur(['backup', '--out', out, '--json'], envOf(source.url, broken));
    expect(ran.exit).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ ok: false, files: 2, missing: [lost?.sha256, changed?.sha256] });
    expect(ran.err).toContain('2 berkas');
    const { env } = await target();
    expect((await alur(['restore', out], env)).exit).toBe(0);
  });

  test('is refused where there is nothing to save, or no place to write to', async () => {
    const { env } = await target();
    const out = join(folder.path, 'kosong.tar');
    expect(await alur(['backup', '--out', out], env)).toMatchObject({ exit: 1, err: expect.stringContaining('belum pernah dipakai') });
    expect(() => statSync(out)).toThrow();
    const nowhere = join(folder.path, 'tiada', 'x.tar');
    expect(await alur(['backup', '--out', nowhere], envOf(source.url, home))).toMatchObject({
      exit: 1,
      err: expect.stringContaining('foldernya tidak ada'),
    });
    expect((await alur(['backup', '--out', 'cadangan.zip'], envOf(source.url, home))).exit).toBe(2);
  });

  test('sees every office also when the owner of the tables is no superuser', async () => {
    const { env, sql: admin } = await target();
    const role = `pemilik_${process.pid}`;
    await admin.unsafe(`create role ${role} login password 'x' createrole`);
    await admin.unsafe(`grant alur_app, alur_lookup to ${role}`);
    const url = new URL(env['DATABASE_URL'] ?? '');
    await admin.unsafe(`alter database ${url.pathname.slice(1)} owner to ${role}`);
    url.username = role;
    url.password = 'x';
    const own = { ...env, DATABASE_URL: url.href };
    expect(await alur(['restore', archive], own)).toMatchObject({ exit: 0, err: '' });
    const again = join(folder.path, 'lagi.tar.gz');
    expect(await alur(['backup', '--out', again], own)).toMatchObject({ exit: 0, err: '' });
    const ours = postgres(url.href, { max: 1, onnotice: () => {} });
    expect((await ours<{ n: number }[]>`select count(*)::int as n from events`)[0]?.n).toBeGreaterThan(20);
    // The application still sees one office at a time, and nothing of others.
    await ours.unsafe('set role alur_app');
    expect((await ours<{ n: number }[]>`select count(*)::int as n from events`)[0]?.n).toBe(0);
    await ours.end();
    await admin.unsafe(`drop owned by ${role} cascade`);
  });
});

describe('a restore is refused, and changes nothing,', () => {
  let untouched: FreshDatabase;
  let env: Record<string, string>;
  let there: postgres.Sql;
  beforeAll(async () => {
    untouched = await emptyDatabase();
    env = envOf(untouched.url, join(folder.path, 'tetap'));
    there = postgres(untouched.url, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await there.end();
    await untouched.close();
  });

  test('into a database that holds something, unless that is to be replaced', async () => {
    const { env: used, sql: held } = await target(freshDatabase);
    const first = await openStore({ url: used['DATABASE_URL'] ?? '', chance: realChance, max: 2 });
    await first.applyOffice({ ...office, id: 'dinas-lama' }, [sop], NOW);
    expect(await alur(['restore', archive], used)).toMatchObject({ exit: 1, err: expect.stringContaining('sedang memakai') });
    await first.close();
    const before = await everything(held);
    expect(await alur(['restore', archive], used)).toMatchObject({ exit: 1, err: expect.stringContaining('--replace') });
    expect(await everything(held)).toEqual(before);
    expect(await alur(['restore', archive, '--replace'], used)).toMatchObject({ exit: 0 });
    expect(await everything(held)).toEqual(await everything(sql));
  });

  test('from an archive in which one byte is another, wherever it stands, or which is cut off', async () => {
    const whole = gunzipSync(readFileSync(archive));
    const named = ['tables/cases/000000.jsonl', 'vault/', MANIFEST].map((name) => whole.indexOf(name) + 512 + 5);
    const wrong = named.map((place) => {
      const copy = Buffer.from(whole);
      copy[place] = (copy[place] ?? 0) ^ 1;
      return copy;
    });
    const bad: [string, Buffer][] = [
      ...wrong.map((bytes, index): [string, Buffer] => [`byte ${named[index]}`, bytes]),
      ['cut off', whole.subarray(0, whole.length - 4096)],
      ['the end of the compressed one', readFileSync(archive).subarray(0, -100)],
      ['no archive', Buffer.from('bukan arsip')],
      ['nothing', Buffer.alloc(0)],
    ];
    for (const [what, bytes] of bad) {
      const file = join(folder.path, 'buruk.tar');
      writeFileSync(file, bytes);
      const { exit, err } = await alur(['restore', file], env);
      expect([what, exit, err.includes('rusak')]).toEqual([what, 1, true]);
    }
    expect(await everything(there)).toEqual({});
  });

  test('from an archive whose manifest tells another story than its rows, with its checksums in order', async () => {
    const tell = (change: (manifest: Record<string, unknown>) => object): string => {
      const bytes = gunzipSync(readFileSync(archive));
      const start = bytes.indexOf(`${MANIFEST}\0`);
      const size = Number.parseInt(bytes.toString('ascii', start + 124, start + 135), 8);
      const manifest = JSON.parse(bytes.toString('utf8', start + 512, start + 512 + size)) as Record<string, unknown>;
      const file = join(folder.path, 'lain.tar');
      writeFileSync(file, Buffer.concat([bytes.subarray(0, start), ...ending({ ...manifest, ...change(manifest) }, 0)]));
      return file;
    };
    const refusal = async (change: (manifest: Record<string, unknown>) => object) => (await alur(['restore', tell(change)], env)).err;
    const rows = (m: Record<string, unknown>) => m['tables'] as { name: string; rows: number }[];
    const sha = createHash('sha256').update('x').digest('hex');
    expect(await refusal((m) => ({ tables: rows(m).map((t) => (t.name === 'cases' ? { ...t, rows: 5 } : t)) }))).toContain('cases: 4 of 5');
    expect(await refusal((m) => ({ chains: (m['chains'] as object[]).map((chain) => ({ ...chain, hash: sha })) }))).toContain(
      'chain_heads',
    );
    expect(await refusal((m) => ({ migrations: [...(m['migrations'] as object[]), { hash: sha, at: 1 }] }))).toContain('lebih baru');
    expect(
      await refusal((m) => ({ tables: rows(m).map((t) => ({ ...t, name: t.name === 'cases' ? 'cases"; drop' : t.name })) })),
    ).toContain('rusak');
    expect(await everything(there)).toEqual({});
  });

  test('without a file, or with settings that are wrong', async () => {
    expect((await alur(['restore', join(folder.path, 'tiada.tar')], env)).exit).toBe(2);
    expect((await alur(['restore', archive], { ...env, DATABASE_URL: 'x' })).exit).toBe(2);
  });
});
