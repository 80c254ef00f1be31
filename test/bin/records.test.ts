// The commands that read and change what is remembered, on a database that others use at the same time.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadOffice } from '../../bin/office-file.ts';
import { realChance } from '../../bin/service/ambient.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { alur, OFFICE, scratchFolder } from './command-line.ts';
import { handIn } from './handed-in.ts';

const folder = scratchFolder();
const officeFile = folder.file('office.yaml', OFFICE);
const november = Date.parse('2026-11-20T02:00:00Z');
// 31 October in UTC, 1 November in the office's zone.
const midnight = Date.parse('2026-10-31T16:30:00Z');

let database: FreshDatabase;
let store: PgStore;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: realChance });
  env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    HTTP_PORT: '1',
    TELEGRAM_BOT_TOKEN: '1:x',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  };
  const loaded = loadOffice(officeFile);
  if (!loaded.ok) throw new Error('the sample office is broken');
  const sop = loaded.sops[0];
  if (!sop) throw new Error('the sample office has no SOP');
  await store.applyOffice(loaded.office, loaded.sops, midnight);
  await handIn(store, loaded.office, sop, Date.parse('2026-10-15T02:00:00Z'), '00000000-0000-4000-8000-000000000001');
  await handIn(store, loaded.office, sop, midnight, '00000000-0000-4000-8000-000000000002');
  await handIn(store, loaded.office, sop, november, '00000000-0000-4000-8000-000000000003');
});

afterAll(async () => {
  await store.close();
  await database.close();
});

test('office apply prints one invitation for each person who is not bound, and the same again', async () => {
  const first = await alur(['office', 'apply', officeFile], env);
  const lines = first.out.trimEnd().split('\n');
  expect(first.exit).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { person: 'budi', role: 'tim_pertimbangan', code: expect.stringMatching(/^[0-9A-Z]{8,}$/), telegram_link: null },
    { person: 'rahmat', role: 'atasan_ppid_pembantu, tim_pertimbangan', code: expect.any(String), telegram_link: null },
  ]);
  const again = await alur(['office', 'apply', '--json', officeFile], env);
  expect(again.out).toBe(`[\n${lines.join(',\n')}\n]\n`);
});

test('the invitation carries a link when the bot answers, and the token goes nowhere else', async () => {
  const asked: string[] = [];
  const bot: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result: { id: 1, is_bot: true, first_name: 'Alur', username: 'alur_contoh_bot' } }));
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const address = bot.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const ran = await alur(['office', 'apply', officeFile, '--json'], { ...env, TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` });
  bot.close();
  const [first] = JSON.parse(ran.out) as { code: string; telegram_link: string }[];
  expect(first?.telegram_link).toBe(`https://t.me/alur_contoh_bot?start=${first?.code}`);
  expect(asked).toEqual(['/bot1:x/getMe']);
});

test('office apply of a bad file changes nothing', async () => {
  const bad = await alur(['office', 'apply', folder.file('bad.yaml', OFFICE.replace('Asia/Makassar', 'x'))], env);
  expect(bad).toMatchObject({ exit: 1, out: '' });
  expect((await store.offices()).map(({ timezone }) => timezone)).toEqual(['Asia/Makassar']);
});

test('case show finds a case by its whole number and by its serial, with its whole history', async () => {
  const whole = await alur(['case', 'show', '0003/REG-KONTEN/CONTOH/XI/2026', '--json'], env);
  const shown = JSON.parse(whole.out) as { events: { seq: number; type: string; at: string; hash: string }[] };
  expect(shown).toMatchObject({
    number: '0003/REG-KONTEN/CONTOH/XI/2026',
    sop: 'kalteng-disdagperin-upload-medsos',
    title: '=Pasar murah',
    event_date: '2026-11-20',
    status: 'running',
    step: 'terima-berkas',
    round: 1,
    revision: 1,
    submitter: 'sari',
    submitted_at: '2026-11-20T10:00:00+08:00',
    due_at: '2026-11-23T16:00:00+08:00',
    late: false,
  });
  expect(shown.events.length).toBeGreaterThan(10);
  expect(shown.events[0]).toEqual({
    seq: expect.any(Number),
    type: 'opened',
    at: '2026-11-20T10:00:00+08:00',
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  for (const number of ['3', '0003'])
    expect((await alur(['case', 'show', number, '--json', '--office', 'dinas-contoh'], env)).out).toBe(whole.out);
});

test('case show tells who was sent and who has opened which card', async () => {
  const place = { case: '00000000-0000-4000-8000-000000000003', step: 'terima-berkas', round: 1 };
  await store.transaction((tx) => tx.opened('dinas-contoh', place, 'rahmat', november + 60_000));
  const { views } = JSON.parse((await alur(['case', 'show', '3', '--json'], env)).out) as { views: unknown[] };
  const rahmat = { step: 'terima-berkas', round: 1, person: 'rahmat', sent_at: null, delivered_at: null };
  expect(views).toEqual([{ ...rahmat, opened_at: '2026-11-20T10:01:00+08:00' }]);
  expect((await alur(['case', 'show', '3'], env)).out).toMatch(
    /Kartu\n +terima-berkas {2}Rahmat\S* {2}dibuka 2026-11-20T10:01:00\+08:00\n/,
  );
});

test('case show for a person is readable text', async () => {
  const ran = await alur(['case', 'show', '1'], env);
  expect(ran.exit).toBe(0);
  expect(ran.out).toMatch(/^Nomor register {4}: 0001\/REG-KONTEN/);
  expect(ran.out).toMatch(/Status +: berjalan, terlambat/);
});

test('with the simulator the office’s clock is the one that was moved on, with a real bot it is not', async () => {
  const { TELEGRAM_BOT_TOKEN: _token, TELEGRAM_API_ROOT: _root, ...simulator } = env;
  const late = async (environment: Record<string, string>) => {
    const ran = await alur(['case', 'show', '3', '--json'], environment, november);
    return (JSON.parse(ran.out) as { late: boolean }).late;
  };
  await store.setClockOffset(10 * 24 * 3_600_000);
  expect([await late(simulator), await late(env)]).toEqual([true, false]);
  await store.setClockOffset(0);
});

test('a number that does not exist is refused, and so is an unknown office', async () => {
  expect(await alur(['case', 'show', '77'], env)).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('tidak ditemukan') });
  expect(await alur(['case', 'show', '1', '--office', 'tiada'], env)).toMatchObject({ exit: 1 });
  expect(await alur(['register', 'export', '--format', 'json', '--office', 'tiada'], env)).toMatchObject({ exit: 1 });
});

test('the register as JSON is the cases with the register’s columns', async () => {
  const ran = await alur(['register', 'export', '--format', 'json'], env);
  const rows = JSON.parse(ran.out) as { number: string; submitter: string; photos: number }[];
  expect(rows.map(({ number }) => number.slice(0, 4))).toEqual(['0001', '0002', '0003']);
  expect(rows[0]).toMatchObject({ submitter: 'sari', photos: 4, status: 'running', late: true, decisions: [] });
  const [{ events }] = JSON.parse(ran.out) as [{ events: object[] }];
  const shown = JSON.parse((await alur(['case', 'show', '1', '--json'], env)).out) as { events: object[] };
  expect(events).toEqual(shown.events);
  expect(events.length).toBeGreaterThan(0);
});

test('a month is the office’s own month', async () => {
  const numbers = async (month: string) => {
    const ran = await alur(['register', 'export', '--format', 'json', '--month', month], env);
    return (JSON.parse(ran.out) as { number: string }[]).map(({ number }) => number.slice(0, 4));
  };
  expect(await numbers('2026-10')).toEqual(['0001']);
  expect(await numbers('2026-11')).toEqual(['0002', '0003']);
  expect(await numbers('2026-12')).toEqual([]);
});

test('the register as CSV goes into a file as a whole, with no cell a formula', async () => {
  const out = join(folder.path, 'register.csv');
  const ran = await alur(['register', 'export', '--format', 'csv', '--out', out], env);
  expect(ran).toMatchObject({ exit: 0, out: '' });
  const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain(",'=Pasar murah,");
  expect((await alur(['register', 'export', '--format', 'csv'], env)).out).toBe(readFileSync(out, 'utf8'));
});

test('the report on punctuality names what was planned and taken, and who acted, as JSON and as CSV', async () => {
  const ran = await alur(['report', 'punctuality', '--format', 'json', '--month', '2026-11'], env);
  expect(JSON.parse(ran.out)).toEqual([
    expect.objectContaining({
      office: 'dinas-contoh',
      month: '2026-11',
      sop: 'kalteng-disdagperin-upload-medsos',
      step: 'serahkan',
      role: 'tim_pelaksana',
      cases: 2,
      stays: 2,
      actual_minutes: 0,
      persons: ['Sari Dewi'],
      waived: [],
    }),
  ]);
  const csv = (await alur(['report', 'punctuality', '--format', 'csv', '--month', '2026-11'], env)).out.split('\r\n');
  expect(csv[0]).toMatch(/^Instansi,Bulan,SOP,Langkah,Peran,Konten,.*,Petugas,"Kanal dilewati, alasan, dan petugasnya"$/);
  expect(csv[1]).toMatch(/^dinas-contoh,2026-11,.*,serahkan,tim_pelaksana,2,2,1,0,.*,Sari Dewi,$/);
});

test('the report on warnings has a line for each channel of each SOP, as JSON and as CSV; an unknown office is refused', async () => {
  const ran = await alur(['report', 'warnings', '--format', 'json'], env);
  expect(JSON.parse(ran.out)).toEqual([
    {
      office: 'dinas-contoh',
      sop: 'kalteng-disdagperin-upload-medsos',
      warnings: null,
      cases: 3,
      late: expect.any(Number),
      channel: 'media_sosial',
      published: 0,
      waived: 0,
      last_published_at: null,
      days_since: null,
    },
  ]);
  const csv = (await alur(['report', 'warnings', '--format', 'csv', '--office', 'dinas-contoh'], env)).out.split('\r\n');
  expect(csv[0]).toBe(
    'Instansi,SOP,Peringatan dalam SOP,Konten,Konten terlambat,Kanal,Tayang di kanal ini,Dilewati di kanal ini,Terakhir tayang,Hari sejak tayang terakhir',
  );
  expect(csv[1]).toMatch(/^dinas-contoh,kalteng-disdagperin-upload-medsos,,3,\d,media_sosial,0,0,,$/);
  expect(await alur(['report', 'warnings', '--format', 'csv', '--office', 'lain'], env)).toMatchObject({
    exit: 1,
    err: 'Instansi "lain" tidak dikenal.\n',
  });
});

test('a file that cannot be written is refused and leaves nothing behind', async () => {
  const ran = await alur(['register', 'export', '--format', 'csv', '--out', join(folder.path, 'none', 'r.csv')], env);
  expect(ran).toMatchObject({ exit: 1, err: expect.stringContaining('foldernya tidak ada') });
});

test('sop list names the offices that use an SOP, sop preview takes an office’s own zone', async () => {
  const list = JSON.parse((await alur(['sop', 'list', '--json'], env)).out) as { id: string; offices: string[] }[];
  expect(list.find(({ id }) => id === 'kalteng-disdagperin-upload-medsos')?.offices).toEqual(['dinas-contoh']);
  const args = ['sop', 'preview', 'kalteng-disdagperin-upload-medsos', '--event', '2026-11-20', '--handover', '2026-11-20T14:00+07:00'];
  const own = JSON.parse((await alur([...args, '--office', 'dinas-contoh'], env)).out) as unknown[];
  expect(own[1]).toEqual({ step: 'terima-berkas', role: 'tim_pertimbangan', due: '2026-11-23T16:00:00+08:00' });
  expect((await alur([...args, '--office', 'tiada'], env)).exit).toBe(1);
});

test('doctor tells what is well, what deserves a look and what is wrong', async () => {
  const sick = await alur(['doctor', '--json'], env);
  const { ok, findings } = JSON.parse(sick.out) as { ok: boolean; findings: { what: string; state: string; detail: string }[] };
  expect([sick.exit, ok]).toEqual([1, false]);
  const states = Object.fromEntries(findings.map(({ what, state }) => [what, state]));
  expect(states).toMatchObject({ telegram: 'wrong', layanan: 'note', database: 'ok', penyimpanan: 'ok', antrean: 'ok' });
  expect(sick.out).not.toContain('1:x');
  const { TELEGRAM_BOT_TOKEN: _token, TELEGRAM_API_ROOT: _root, ...simulator } = env;
  const well = await alur(['doctor'], simulator);
  expect(well.exit).toBe(0);
  expect(well.out).toMatch(/catatan {2}instansi dinas-contoh: belum terhubung ke obrolan: budi, rahmat/);
});

test('doctor calls a role that nobody holds wrong, and a Redis that does not answer', async () => {
  const without = folder.file(
    'without.yaml',
    OFFICE.replace('id: dinas-contoh', 'id: dinas-lain')
      .replace('[admin_medsos]', '[tim_pelaksana]')
      .replaceAll(', telegram: 100', ', telegram: 200'),
  );
  expect((await alur(['office', 'apply', without], env)).exit).toBe(0);
  const ran = await alur(['doctor'], { ...env, REDIS_URL: 'redis://:canary-pass@127.0.0.1:9' });
  expect(ran.out).toMatch(/SALAH {4}instansi dinas-lain: .*admin_medsos/);
  expect(ran.out).toMatch(/SALAH {4}redis: tidak terjangkau/);
  expect(ran.out).not.toContain('canary-pass');
});

test('a serial that several offices have is refused with the list, and found with --office', async () => {
  const other = (await store.offices()).find(({ id }) => id === 'dinas-lain');
  const [sop] = await store.transaction((tx) => tx.sopsOf('dinas-lain'));
  if (!other || !sop) throw new Error('the second office was not applied');
  await handIn(store, other, sop, november, '00000000-0000-4000-8000-000000000004');
  const ran = await alur(['case', 'show', '1'], env);
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toMatch(/\(dinas-contoh\)[\s\S]*\(dinas-lain\)/);
  expect((await alur(['case', 'show', '1', '--office', 'dinas-lain'], env)).out).toContain('/XI/2026');
});

test('audit verify finds that the tail was cut off, against an end that somebody kept', async () => {
  const head = await store.transaction((tx) => tx.takeChainHead('dinas-lain'));
  if (!head) throw new Error('no head');
  const kept = `${head.seq}:${head.hash.slice(0, 16)}`;
  const held = (head: string) => alur(['audit', 'verify', '--head', head, '--office', 'dinas-lain', '--json'], env);
  expect((await held(kept)).exit).toBe(0);
  expect((await held(kept.toUpperCase())).exit).toBe(0);
  expect((await held(`${head.seq}:${'f'.repeat(16)}`)).exit).toBe(1);
  expect((await held('abc')).exit).toBe(2);
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    alter table events disable trigger all;
    delete from events where office = 'dinas-lain' and seq = ${head.seq};
    alter table events enable trigger all;
    update chain_heads h set seq = e.seq, hash = e.hash from events e where h.office = 'dinas-lain' and e.office = h.office and e.seq = ${head.seq - 1}`);
  await owner.end();
  // The chain by itself holds: whoever cut it has mended its remembered head.
  expect((await alur(['audit', 'verify'], env)).exit).toBe(0);
  const cut = await held(kept);
  expect([cut.exit, JSON.parse(cut.out)]).toMatchObject([1, { ok: false, seq: head.seq }]);
});

test('audit verify holds, and names the first entry that was tampered with', async () => {
  const whole = await alur(['audit', 'verify', '--json'], env);
  expect(whole.exit).toBe(0);
  expect(JSON.parse(whole.out)).toMatchObject({ ok: true, entries: expect.any(Number) });
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await owner.unsafe(
    `alter table events disable trigger all; update events set by = 'palsu' where office = 'dinas-contoh' and seq = 5; alter table events enable trigger all`,
  );
  await owner.end();
  const broken = await alur(['audit', 'verify'], env);
  expect(broken).toMatchObject({ exit: 1, out: '' });
  expect(broken.err).toContain('catatan ke-5');
});
