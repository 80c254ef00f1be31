// Plants a fault into a copy of the sources and lets the simulation look for it in a process of its own.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Edit, Planted } from './planted.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'bots', 'queues', 'sops', 'offices', 'test/support', 'test/simulation', 'package.json', 'tsconfig.json'];

export interface Found {
  /** `null`: no seed was broken. */
  seed: number | null;
  broken?: string;
}

/** However the formatter has broken the line, the words are the same. */
function patternOf(find: string): RegExp {
  const words = find.split(/\s+/).filter(Boolean);
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'g');
}

async function apply(folder: string, { file, find, replace }: Edit): Promise<void> {
  const place = path.join(folder, file);
  const text = await readFile(place, 'utf8');
  const times = text.match(patternOf(find))?.length ?? 0;
  if (times !== 1) throw new Error(`'${find}' stands ${times} times in ${file}`);
  await writeFile(
    place,
    text.replace(patternOf(find), () => replace),
  );
}

/** Those of its edits that do not stand exactly once in the sources as they are. */
export async function misplaced({ name, edits }: Planted): Promise<string[]> {
  const times = await Promise.all(
    edits.map(async ({ file, find }) => (await readFile(path.join(ROOT, file), 'utf8')).match(patternOf(find))?.length ?? 0),
  );
  return edits.filter((_, i) => times[i] !== 1).map(({ file, find }) => `${name}: ${file}: ${find}`);
}

/** `null` plants nothing. */
export async function findPlanted(planted: Planted | null, seeds: number): Promise<Found> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alur-planted-'));
  try {
    for (const part of COPIED) await cp(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const edit of planted?.edits ?? []) await apply(folder, edit);
    const script = ['--import', 'tsx', 'test/simulation/first-broken.ts', String(seeds)];
    const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: folder, timeout: Math.max(600_000, seeds * 3_000) });
    return JSON.parse(stdout) as Found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
