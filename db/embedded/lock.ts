// One process at a time starts or stops the embedded database: a lock file with the holder's pid, broken when its holder is dead.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Unusable } from './unusable.ts';

const PATIENCE_MS = 60_000;
const held = new Set<string>();

/** When a process began, where the system says: a pid alone comes again after a restart of the machine. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; the 20th field after it is the start time.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    // A zombie that nobody has reaped is dead.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return true;
  }
}

function holderIsDead(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  const [pid = '', start = ''] = text.split(' ');
  // Empty: its maker is between making and writing, or died there; both are told apart by patience.
  if (pid === '') return false;
  return !alive(Number(pid)) || (start !== '' && startOf(Number(pid)) !== start);
}

export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${startOf(process.pid)}`;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    if (!held.has(file)) {
      try {
        writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
        held.add(file);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (holderIsDead(file)) rmSync(file, { force: true });
    }
    if (Date.now() > until)
      throw new Unusable(`Kunci ${file} masih dipegang proses lain.`, 'Bila tidak ada Alur lain yang berjalan, hapus berkas itu.');
    await pause(20 + Math.random() * 30);
  }
  try {
    return await work();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}
