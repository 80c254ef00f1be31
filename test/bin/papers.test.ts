// The approval sheet and the register as files, from the command line.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadOffice } from '../../bin/office-file.ts';
import { runCommandLine } from '../../bin/program.ts';
import { realChance } from '../../bin/service/ambient.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { cellsOf, unzip } from '../documents/unzip.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { alur, OFFICE, scratchFolder } from './command-line.ts';
import { handIn } from './handed-in.ts';

const folder = scratchFolder();
const november = Date.parse('2026-11-20T02:00:00Z');
const file = (name: string) => join(folder.path, name);

let database: FreshDatabase;
let store: PgStore;
let env: Record<string, string>;
let office: Office;
let sop: Sop;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: realChance });
  env = { DATABASE_URL: database.url, DATA_DIR: folder.path, TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_API_ROOT: 'http://127.0.0.1:9' };
  const loaded = loadOffice(folder.file('office.yaml', OFFICE));
  const [first] = loaded.ok ? loaded.sops : [];
  if (!loaded.ok || !first) throw new Error('the sample office is broken');
  [office, sop] = [loaded.office, first];
  await store.applyOffice(office, loaded.sops, november);
  await handIn(store, office, sop, november, '00000000-0000-4000-8000-000000000001');
  await handIn(store, office, sop, Date.parse('2026-12-02T02:00:00Z'), '00000000-0000-4000-8000-000000000002');
});

afterAll(async () => {
  await store.close();
  await database.close();
});

describe('case sheet', () => {
  test('writes the sheet of a case, the same bytes each time', async () => {
    const ran = await alur(['case', 'sheet', '1', '--out', file('one.pdf'), '--json'], env);
    const pdf = readFileSync(file('one.pdf'));
    expect(ran.exit).toBe(0);
    expect(JSON.parse(ran.out)).toEqual({
      number: '0001/REG-KONTEN/CONTOH/XI/2026',
      revision: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: pdf.length,
      out: file('one.pdf'),
    });
    expect(pdf.toString('latin1', 0, 8)).toBe('%PDF-1.7');
    const later = await alur(['case', 'sheet', '0001/REG-KONTEN/CONTOH/XI/2026', '--out', file('again.pdf')], env, november + 86_400_000);
    expect(later).toMatchObject({ exit: 0, out: '', err: expect.stringContaining('0001/REG-KONTEN/CONTOH/XI/2026 ditulis ke') });
    expect(readFileSync(file('again.pdf')).equals(pdf)).toBe(true);
  });

  test('shows the photos that lie in the vault, and a file that is no picture is named all the same', async () => {
    // The invented hash of the first file.
    const hash = '011'.padStart(64, '0');
    mkdirSync(file(`vault/${hash.slice(0, 2)}`), { recursive: true });
    const jpeg = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer();
    writeFileSync(file(`vault/${hash.slice(0, 2)}/${hash}`), jpeg);
    writeFileSync(file(`vault/${hash.slice(0, 2)}/${'012'.padStart(64, '0')}`), 'tidak ada gambar');
    await alur(['case', 'sheet', '1', '--out', file('photo.pdf')], env);
    expect(
      readFileSync(file('photo.pdf'))
        .toString('latin1')
        .match(/\/Subtype \/Image/g),
    ).toHaveLength(1);
  });

  test('is refused for what was not handed in, and says since when there is one', async () => {
    const ran = await alur(['case', 'sheet', '77', '--out', file('none.pdf')], env);
    expect(ran).toMatchObject({ exit: 1, out: '' });
    expect(ran.err).toMatch(/tidak ditemukan[\s\S]*setelah konten diserahkan/);
    expect((await alur(['case', 'sheet', '1'], env)).exit).toBe(2);
    expect((await alur(['case', 'sheet', '1', '--out', file('none/x.pdf')], env)).err).toContain('foldernya tidak ada');
  });
});

describe('register export', () => {
  test('as XLSX has the columns of the CSV, times as times and no formula', async () => {
    expect(await alur(['register', 'export', '--format', 'xlsx', '--out', file('r.xlsx')], env)).toMatchObject({ exit: 0, out: '' });
    const files = unzip(readFileSync(file('r.xlsx')));
    const cells = cellsOf(files, 1);
    const head = (await alur(['register', 'export', '--format', 'csv'], env)).out.split('\r\n')[0] ?? '';
    const titles = [...cells.entries()].filter(([place]) => /^[A-Z]+1$/.test(place)).map(([, { value }]) => value);
    expect(titles).toEqual(head.split(','));
    expect(cells.get('A2')).toMatchObject({ type: 's', value: '0001/REG-KONTEN/CONTOH/XI/2026' });
    // 20 November 2026, 10.00 in the office's zone.
    expect(Number(cells.get('B2')?.value)).toBeCloseTo(46346 + 10 / 24, 6);
    expect(cells.get('C2')).toMatchObject({ type: 's', value: '=Pasar murah', formula: false });
    expect([...cells.values()].some(({ formula }) => formula)).toBe(false);
    expect(cells.get('A3')?.value).toBe('0002/REG-KONTEN/CONTOH/XII/2026');
  });

  test('of a month has that month only', async () => {
    await alur(['register', 'export', '--format', 'xlsx', '--month', '2026-12', '--out', file('dec.xlsx')], env);
    const cells = cellsOf(unzip(readFileSync(file('dec.xlsx'))), 1);
    expect([cells.get('A2')?.value, cells.has('A3')]).toEqual(['0002/REG-KONTEN/CONTOH/XII/2026', false]);
  });

  test('as PDF is a file, or bytes for whoever takes them', async () => {
    expect(await alur(['register', 'export', '--format', 'pdf', '--out', file('r.pdf')], env)).toMatchObject({ exit: 0, out: '' });
    const parts: Uint8Array[] = [];
    const silent = { env, out: () => {}, err: () => {}, now: () => november };
    const exit = await runCommandLine(['register', 'export', '--format', 'pdf'], { ...silent, outBytes: (bytes) => parts.push(bytes) });
    expect([exit, Buffer.concat(parts).equals(readFileSync(file('r.pdf')))]).toEqual([0, true]);
    expect(Buffer.concat(parts).toString('latin1', 0, 8)).toBe('%PDF-1.7');
  });
});
