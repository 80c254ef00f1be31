// The command line as such: its help, its codes and its words when something is written wrong.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { alur, OFFICE, scratchFolder } from './command-line.ts';

test('nothing at all is wrong usage, with the help', async () => {
  const ran = await alur([]);
  expect(ran).toMatchObject({ exit: 2, out: '' });
  expect(ran.err).toMatch(/Pemakaian:[\s\S]*belum lengkap/);
});

test.each([[['--help']], [['help']], [['sop', '--help']], [['help', 'sop']], [['register', 'export', '-h']]])(
  '%j shows help and is done',
  async (args) => {
    const ran = await alur(args);
    expect(ran.exit).toBe(0);
    expect(ran.out).toMatch(/Pemakaian:/);
    expect(ran.out).not.toMatch(/usage|option|command|choices|display help/i);
    expect(ran.err).toBe('');
  },
);

test.each<[string[], RegExp]>([
  [['terbang'], /Perintah "terbang" tidak dikenal/],
  [['sop', 'terbang'], /Perintah "terbang" tidak dikenal/],
  [['sop'], /belum lengkap/],
  [['sop', 'check'], /Argumen FILE belum diisi/],
  [['sop', 'list', '--warna'], /Pilihan "--warna" tidak dikenal/],
  [['sop', 'list', 'lebih'], /Terlalu banyak argumen/],
  [['sop', 'preview', 'x', '--event', '2026-11-20'], /--handover <waktu> wajib diisi/],
  [['register', 'export'], /--format <format> wajib diisi/],
  [['register', 'export', '--format'], /--format <format> memerlukan nilai/],
  [['register', 'export', '--format', 'docx'], /Nilai "docx" untuk --format <format> tidak dikenal; yang ada: json, csv, xlsx, pdf/],
  [['register', 'export', '--format', 'csv', '--month', '2026-13'], /--month: "2026-13" bukan bulan/],
  [['sop', 'preview', 'x', '--event', '2026-02-30', '--handover', '2026-11-20T14:00+07:00'], /--event: "2026-02-30" bukan tanggal/],
  [['sop', 'preview', 'x', '--event', '2026-11-20', '--handover', '2026-11-20T14:00'], /--handover: .* bukan waktu RFC 3339/],
  [['start', '--only', 'telegram,semua'], /--only: "semua" tidak dikenal/],
  [['whatsapp', 'pair', '--phone', '081200000005'], /--phone: "081200000005" bukan nomor telepon/],
])('%j is wrong usage', async (args, words) => {
  const ran = await alur(args);
  expect(ran).toMatchObject({ exit: 2, out: '' });
  expect(ran.err).toMatch(words);
});

test('start with wrong settings tells all of them and ends with 2', async () => {
  const ran = await alur(['start'], { HTTP_PORT: 'x', REDIS_URL: 'y', TELEGRAM_WEBHOOK_URL: 'https://alur.example/t' });
  expect(ran.exit).toBe(2);
  expect(ran.err.match(/^- /gm)).toHaveLength(4);
});

test('start with a broken office file lists its faults with their lines and ends with 2', async () => {
  const folder = scratchFolder();
  const first = folder.file('first.yaml', OFFICE.replace('Asia/Makassar', 'Asia/Atlantis'));
  const second = folder.file('second.yaml', OFFICE.replace('[admin_medsos]', '[admin_medsoz]'));
  const ran = await alur(['start'], { OFFICE_FILE: `${first},${second}`, DATA_DIR: folder.path });
  expect(ran).toMatchObject({ exit: 2, out: '' });
  expect(ran.err).toContain(`${first}:4:`);
  expect(ran.err).toContain('admin_medsoz');
});

test.each(['xlsx', 'pdf'])('the register as %s goes into no terminal', async (format) => {
  const ran = await alur(['register', 'export', '--format', format]);
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toContain(`tambahkan --out BERKAS.${format}`);
});

test('what is written wrong and what leads nowhere stand in one list', async () => {
  const folder = scratchFolder();
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const address = busy.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const ran = await alur(['start'], {
    LOG_LEVEL: 'keras',
    HTTP_PORT: port,
    REDIS_URL: 'redis://127.0.0.1:1',
    DATA_DIR: folder.path,
    OFFICE_FILE: folder.file('kosong.yaml', 'people: []\n'),
  });
  await new Promise((resolve) => busy.close(resolve));
  expect(ran).toMatchObject({ exit: 2, out: '' });
  const names = ran.err.split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2, line.indexOf(':'))] : []));
  expect(names).toEqual(['LOG_LEVEL', 'HTTP_PORT', 'REDIS_URL', 'OFFICE_FILE']);
  expect(ran.err).toMatch(/sudah dipakai program lain/);
  expect(ran.err).toMatch(/people/);
});

test('settings that lead nowhere stop the start with one list of all of them', async () => {
  const folder = scratchFolder();
  const ran = await alur(['start'], {
    DATABASE_URL: 'postgres://alur:canary-pass@127.0.0.1:1/alur',
    REDIS_URL: 'redis://127.0.0.1:1',
    DATA_DIR: folder.file('a-file', ''),
    OFFICE_FILE: folder.file('kosong.yaml', 'people: []\n'),
  });
  expect(ran).toMatchObject({ exit: 2, out: '' });
  const [head, ...lines] = ran.err.trimEnd().split('\n');
  expect(head).toBe('Pengaturan belum benar:');
  expect(lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2, line.indexOf(':')))).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'DATA_DIR',
    'OFFICE_FILE',
  ]);
  for (const line of lines.slice(0, 3)) expect(line).toMatch(/Periksa (DATABASE_URL|REDIS_URL|DATA_DIR)\.$/);
  expect(ran.err).not.toContain('canary-pass');
});
