// The command line as a process of its own: its exit codes, and the embedded database that it shares with whoever runs.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embeddedRuns, startEmbedded } from '../../db/embedded.ts';
import { SAMPLE } from '../sop/sample.ts';
import { SOURCES } from '../support/program.ts';
import { OFFICE, type Ran, scratchFolder } from './command-line.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = scratchFolder();
// As root the database runs as another user, who must be able to reach it.
chmodSync(folder.path, 0o755);
const dataDir = join(folder.path, 'data');
folder.file('sop-kami.yaml', SAMPLE);
const officeFile = folder.file(
  'office.yaml',
  OFFICE.replace('sops: [', 'sops: [./sop-kami.yaml, ').replace(
    'roles: [tim_pelaksana]',
    'roles: [tim_pelaksana, pembuat, pemeriksa, admin]',
  ),
);

function run(args: string[], env: Record<string, string> = {}, program = SOURCES, cwd = ROOT): Promise<Ran> {
  const path = process.env['PATH'] ?? '';
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...program, ...args],
      { cwd, env: { PATH: path, DATA_DIR: dataDir, ...env } },
      (_error, out, err) => {
        resolve({ exit: child.exitCode ?? -1, out, err });
      },
    );
  });
}

test('a command that needs the database brings it along and stops it when it is the last', async () => {
  const applied = await run(['office', 'apply', officeFile]);
  expect(applied).toMatchObject({ exit: 0, err: expect.stringContaining('2 undangan') });
  expect(applied.out.trimEnd().split('\n')).toHaveLength(2);
  expect(embeddedRuns(dataDir)).toBe(false);
});

test('a command that only reads SOPs makes no database', async () => {
  const fresh = join(folder.path, 'fresh');
  const listed = await run(['sop', 'list', '--json'], { DATA_DIR: fresh });
  expect(listed).toMatchObject({ exit: 0, err: '' });
  expect(existsSync(fresh)).toBe(false);
});

test('an SOP of an office’s own is known while the service does not run', async () => {
  const [listed, explained, previewed] = [
    await run(['sop', 'list', '--json']),
    await run(['sop', 'explain', 'contoh']),
    await run(['sop', 'preview', 'contoh', '--event', '2026-11-20', '--handover', '2026-11-20T14:00+07:00']),
  ];
  expect(listed.out).toContain('dinas-contoh');
  expect(explained).toMatchObject({ exit: 0, out: expect.stringContaining('ALUR CONTOH') });
  expect(JSON.parse(previewed.out)).toHaveLength(5);
  expect(embeddedRuns(dataDir)).toBe(false);
});

test('commands share the database of a service that runs, and leave it running', async () => {
  const service = await startEmbedded({ dataDir });
  try {
    const [listed, verified, exported] = await Promise.all([
      run(['sop', 'list', '--json']),
      run(['audit', 'verify']),
      run(['register', 'export', '--format', 'json']),
    ]);
    expect(listed.out).toContain('dinas-contoh');
    expect(verified).toMatchObject({ exit: 0, err: '' });
    expect(exported).toMatchObject({ exit: 0, out: '[]\n' });
    expect(embeddedRuns(dataDir)).toBe(true);
  } finally {
    await service.stop();
  }
  expect(embeddedRuns(dataDir)).toBe(false);
});

test('the process ends with the command’s code', async () => {
  const codes = await Promise.all([
    run(['sop', 'list']),
    run(['case', 'show', '1'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' }),
    run(['terbang']),
    run(['doctor'], { HTTP_PORT: 'x' }),
  ]);
  expect(codes.map(({ exit }) => exit)).toEqual([0, 1, 2, 2]);
});

test('a database that does not answer is told in words, without its password', async () => {
  const ran = await run(['audit', 'verify'], { DATABASE_URL: 'postgres://alur:canary-pass@127.0.0.1:1/alur' });
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toContain('DATABASE_URL');
  expect(ran.err).not.toContain('canary-pass');
  expect(ran.err).not.toContain('    at ');
});

test('the installed command runs from any folder', async () => {
  const ran = await run(['sop', 'explain', 'kalteng-disdagperin-upload-medsos'], {}, [join(ROOT, 'bin/alur.js')], folder.path);
  expect(ran).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('ALUR UPLOAD KONTEN MEDIA SOSIAL') });
});
