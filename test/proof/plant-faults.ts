// Plants one fault at a time into a copy of the tree and looks whether a test turns red. Writes docs/planted-faults.md.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FAULTS, type Fault } from './faults.ts';

const root = new URL('../../', import.meta.url).pathname;
const TREE = [
  'src',
  'bots',
  'queues',
  'db',
  'bin',
  'web',
  'test',
  'sops',
  'offices',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

interface Report {
  testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** The first test that turned red, or `null` when none did. */
async function redTest(copy: string, tests: string[]): Promise<string | null> {
  const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs');
  const out = join(copy, 'report.json');
  await rm(out, { force: true });
  // A red run ends with an exit code, which is what is hoped for.
  const args = [vitest, 'run', ...tests, '--config', 'planted.config.ts', '--reporter=json', `--outputFile=${out}`];
  await promisify(execFile)(process.execPath, args, { cwd: copy }).catch(() => null);
  const report = JSON.parse(await readFile(out, 'utf8')) as Report;
  for (const { name, message, assertionResults } of report.testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed) return `${name.replace(/^.*?(test\/)/, '$1')}: ${failed.fullName}`;
    if (message !== '') return `${name.replace(/^.*?(test\/)/, '$1')} does not load`;
  }
  return null;
}

async function plant(copy: string, fault: Fault): Promise<string | null> {
  const path = join(copy, fault.file);
  const sound = await readFile(path, 'utf8');
  if (sound.split(fault.find).length !== 2) throw new Error(`${fault.file}: must hold exactly once: ${fault.find}`);
  await writeFile(
    path,
    sound.replace(fault.find, () => fault.replace),
  );
  try {
    return await redTest(copy, fault.tests);
  } finally {
    await writeFile(path, sound);
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const copy = await mkdtemp(join(tmpdir(), 'planted-'));
try {
  for (const part of TREE) await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  // Rules need no database: no server is started for them.
  await writeFile(
    join(copy, 'planted.config.ts'),
    "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, bail: 1, isolate: false, maxWorkers: 2 } });\n",
  );
  const wanted = process.argv[2];
  const faults = wanted === undefined ? FAULTS : FAULTS.filter(({ file }) => file.includes(wanted));
  const sound = await redTest(copy, [...new Set(faults.flatMap(({ tests }) => tests))]);
  if (sound !== null) throw new Error(`red before anything was planted: ${sound}`);
  const rows: string[] = [];
  let unseen = 0;
  for (const fault of faults) {
    const red = await plant(copy, fault);
    if (red === null) unseen += 1;
    console.log(`${red === null ? 'NOT SEEN' : 'seen'}  ${fault.file}: ${fault.what}`);
    rows.push(`| \`${fault.file}\` | ${cell(fault.what)} | ${red === null ? '**none**' : cell(red)} |`);
  }
  const path = join(root, 'docs', 'planted-faults.md');
  // A run for some files alone leaves the rows of the others as they are.
  const old = wanted === undefined ? [] : (await readFile(path, 'utf8')).split('\n');
  const head = (row: string) => row.split(' | ').slice(0, 2).join();
  const all = FAULTS.flatMap(({ file, what }) => {
    const of = (row: string) => head(row) === `| \`${file}\`,${cell(what)}`;
    return rows.find(of) ?? old.find(of) ?? [];
  });
  const seen = all.filter((row) => !row.includes('**none**')).length;
  const title = `# Planted faults\n\nMade by \`npm run proof:planted\`: each fault was planted alone into a copy of the tree, and the tests of its rules were run. ${seen} of ${all.length} turned a test red.`;
  const table = '| file | what was changed | first test that turned red |\n|---|---|---|';
  await writeFile(path, `${title}\n\n${table}\n${all.join('\n')}\n`);
  process.exitCode = unseen === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}
