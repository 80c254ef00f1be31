// The product as plain JavaScript in a folder of its own, compiled by the project's own compiler: a start without the loader takes half the work.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CODE = ['bin', 'bots', 'db', 'documents', 'queues', 'src', 'web'];
const BESIDE = ['offices', 'sops', 'package.json'];

export interface Built {
  /** To run with Node, from this folder. */
  program: string[];
  root: string;
  remove(): void;
}

/** Throws with the compiler's words when it does not compile. */
export function build(): Built {
  const root = mkdtempSync(join(tmpdir(), 'alur-built-'));
  chmodSync(root, 0o755);
  // Beside the code lie texts and pages that it reads; what it names as a .ts file of its own stays one.
  for (const name of [...CODE, ...BESIDE])
    cpSync(join(ROOT, name), join(root, name), { recursive: true, filter: (from) => from !== join(ROOT, 'bin', 'alur.js') });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const config = join(root, 'tsconfig.json');
  const compilerOptions = { noEmit: false, rewriteRelativeImportExtensions: true, rootDir: '.', noCheck: true };
  writeFileSync(config, JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: CODE }));
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the product was not built:\n${stdout}`);
  return { root, program: [join(root, 'bin', 'alur.js')], remove: () => rmSync(root, { recursive: true, force: true }) };
}
