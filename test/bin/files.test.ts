// `office check` and `sop check`: good files, bad files, no files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadOffice } from '../../bin/office-file.ts';
import { alur, OFFICE, scratchFolder } from './command-line.ts';

const folder = scratchFolder();
const bundled = join(import.meta.dirname, '../../sops/kalteng-disdagperin-upload-medsos.yaml');

test('a good office file is called good, with a summary', async () => {
  const ran = await alur(['office', 'check', folder.file('good.yaml', OFFICE)]);
  expect(ran).toMatchObject({ exit: 0, err: '' });
  expect(ran.out).toMatch(/^Berkas instansi benar\.\nDinas Contoh \(dinas-contoh\), Asia\/Makassar\n5 pegawai/);
});

test('--json may stand anywhere', async () => {
  const path = folder.file('good.yaml', OFFICE);
  for (const args of [
    ['--json', 'office', 'check', path],
    ['office', '--json', 'check', path],
    ['office', 'check', path, '--json'],
  ]) {
    expect(JSON.parse((await alur(args)).out)).toMatchObject({ ok: true, id: 'dinas-contoh', people: 5, warnings: [] });
  }
});

test('the SOP’s qualifications are listed for everybody who holds a role: ticked, open, or never gone through', async () => {
  const path = join(import.meta.dirname, '../../offices/dpmptsp-contoh.yaml');
  const { out, err, exit } = await alur(['office', 'check', path]);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toMatch(
    /Kualifikasi pelaksana \(dicatat, bukan syarat\):\n {2}- Wening Astuti \(Tim Pelaksana\): 3 dari 4; belum: 4\. Mengetahui aplikasi .*\n {2}- Joko Purnomo \(.*\): belum dicatat\n/,
  );
  const id = 'gunungkidul-dpmptsp-upload-web-medsos';
  const all = folder.file('all.yaml', readFileSync(path, 'utf8').replace('[1, 2, 3]', '[4, 3, 2, 1]'));
  expect((await alur(['office', 'check', all])).out).toContain('- Wening Astuti (Tim Pelaksana): 4 dari 4\n');
  const { qualifications } = JSON.parse((await alur(['office', 'check', path, '--json'])).out);
  expect(qualifications[0]).toEqual({ sop: id, person: 'wening', roles: ['Tim Pelaksana'], noted: true, met: [1, 2, 3], open: [4] });
  expect(qualifications).toHaveLength(5);
});

test('a bad office file is refused with the line of every fault', async () => {
  const path = folder.file(
    'bad.yaml',
    OFFICE.replace('Asia/Makassar', 'Asia/Atlantis').replace('kalteng-disdagperin-upload-medsos', 'tiada'),
  );
  const ran = await alur(['office', 'check', path]);
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toContain(`${path}:4:`);
  expect(ran.err).toContain(`${path}:6:`);
});

test('the faults as JSON carry line, column, path and message', async () => {
  const path = folder.file('bad.yaml', OFFICE.replace('Asia/Makassar', 'Asia/Atlantis'));
  const ran = await alur(['office', 'check', path, '--json']);
  expect(ran.exit).toBe(1);
  expect(JSON.parse(ran.out)).toEqual({
    ok: false,
    faults: [{ line: 4, column: expect.any(Number), path: 'office.timezone', message: expect.any(String), file: path }],
  });
});

test('a role that nobody holds is a warning, not a fault', async () => {
  const ran = await alur(['office', 'check', folder.file('empty-role.yaml', OFFICE.replace('[admin_medsos]', '[tim_pelaksana]'))]);
  expect(ran.exit).toBe(0);
  expect(ran.err).toContain('admin_medsos');
});

test('an unknown role is refused', async () => {
  const ran = await alur(['office', 'check', folder.file('role.yaml', OFFICE.replace('[admin_medsos]', '[admin_medsoz]'))]);
  expect(ran.exit).toBe(1);
  expect(ran.err).toContain('admin_medsoz');
});

test('an office’s own SOP file stands beside the office file', () => {
  folder.file('own.yaml', readFileSync(bundled, 'utf8').replace('kalteng-disdagperin-upload-medsos', 'dinas-contoh-unggah'));
  const path = folder.file('with-own.yaml', OFFICE.replace('[kalteng-disdagperin-upload-medsos]', '[./own.yaml]'));
  const loaded = loadOffice(path);
  expect(loaded).toMatchObject({ ok: true, office: { sops: ['dinas-contoh-unggah'] } });
  if (loaded.ok) expect(loaded.sops.map(({ id }) => id)).toEqual(['dinas-contoh-unggah']);
});

test('a missing or broken SOP file is a fault of the office', async () => {
  folder.file('broken.yaml', 'id: x\nsteps: 5\n');
  const path = folder.file('with-broken.yaml', OFFICE.replace('[kalteng-disdagperin-upload-medsos]', '[./broken.yaml, ./none.yaml]'));
  const ran = await alur(['office', 'check', path]);
  expect(ran.exit).toBe(1);
  expect(ran.err).toMatch(/broken\.yaml:2:/);
  expect(ran.err).toMatch(/with-broken\.yaml:6:\d+: sops: Berkas .*none\.yaml" tidak ditemukan/);
});

test.each(['office', 'sop'])('%s check of a file that is not there, a folder or no text is refused', async (group) => {
  expect(await alur([group, 'check', join(folder.path, 'none.yaml')])).toMatchObject({
    exit: 1,
    err: expect.stringContaining('tidak ditemukan'),
  });
  expect(await alur([group, 'check', folder.path])).toMatchObject({ exit: 1, err: expect.stringContaining('folder') });
});

test('a good SOP file is called good, a bad one has its lines', async () => {
  const good = await alur(['sop', 'check', bundled]);
  expect(good).toMatchObject({ exit: 0, out: expect.stringMatching(/^Berkas SOP benar: kalteng-disdagperin-upload-medsos/) });
  const text = readFileSync(bundled, 'utf8');
  const line = text.split('\n').findIndex((one) => one.includes('kind: decide')) + 1;
  const bad = await alur(['sop', 'check', folder.file('bad-sop.yaml', text.replace('kind: decide', 'kind: decidee')), '--json']);
  expect(bad.exit).toBe(1);
  const { faults } = JSON.parse(bad.out) as { faults: { line: number }[] };
  expect(faults.map((fault) => fault.line)).toContain(line);
});
