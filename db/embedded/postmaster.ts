// The server process itself: made, started, found again and stopped.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import { alive } from './lock.ts';
import { Unusable } from './unusable.ts';

export interface Place {
  /** Holds the database, its log, the lock and what we need to connect again. */
  home: string;
  cluster: string;
  account: Account | null;
  program: (name: string) => string;
}

export interface Running {
  pid: number;
  port: number;
}

const DURABLE = ['-c', 'max_connections=200', '-c', 'wal_compression=on'];
// Several whole services may run on it at once.
const THROWAWAY = [
  ...DURABLE,
  '-c',
  'max_connections=600',
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
];
const LOG_KEPT_BYTES = 5_000_000;

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { ...env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC', PGTZ: 'UTC' };
}

/** Makes the cluster under another name and renames it when it is whole: a kill in between leaves nothing that looks like one. */
export function initialise(place: Place, password: string, durable: boolean): void {
  const half = `${place.cluster}.new`;
  const secret = path.join(place.home, 'initdb.secret');
  rmSync(half, { recursive: true, force: true });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (place.account) chownSync(secret, place.account.uid, place.account.gid);
  const run = spawnSync(
    place.program('initdb'),
    // Without these the encoding follows LANG, and is SQL_ASCII where there is none.
    [
      '-D',
      half,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...place.account, env: environment(), cwd: place.account ? '/' : place.home, encoding: 'utf8' },
  );
  rmSync(secret, { force: true });
  if (run.status !== 0) {
    throw new Unusable(
      `PostgreSQL tertanam gagal disiapkan di ${place.home}: ${run.error?.message ?? `${run.stderr}${run.stdout}`.trim()}`,
      'Periksa ruang disk dan izin folder, atau isi DATABASE_URL.',
    );
  }
  renameSync(half, place.cluster);
}

/** The live server of this cluster, by its pid file. */
export function findRunning(place: Place): Running | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new Unusable(
        `Database tertanam di ${place.home} milik pengguna lain.`,
        'Jalankan Alur sebagai pengguna yang sama seperti sebelumnya.',
      );
    }
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 && alive(pid) && isPostgres(pid) ? { pid, port } : null;
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    // Where /proc does not say, the pid file is believed; connecting decides.
    return true;
  }
}

/** Above every system's highest pid: certainly nobody's. */
const NOBODYS_PID = '4194305';

/**
 * A dead server's pid that belongs to something else by now (or to a zombie) keeps the new one from starting. Only the pid is replaced:
 * the rest of the file lets PostgreSQL see whether orphans of the dead one still hold its memory, which must never be skipped.
 */
function disownPid(place: Place): void {
  const file = path.join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  try {
    process.kill(Number(lines[0]), 0);
  } catch {
    return;
  }
  writeFileSync(file, [NOBODYS_PID, ...lines.slice(1)].join('\n'));
}

/** Starts the server. `over`: it has given up; `lastWords` says why, from its log. */
export function launch(place: Place, port: number, durable: boolean): { pid: number; over: () => boolean; lastWords: () => string } {
  const logFile = path.join(place.home, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_KEPT_BYTES) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a', 0o600);
  const begun = statSync(logFile).size;
  disownPid(place);
  const child = spawn(
    place.program('postgres'),
    [
      '-D',
      place.cluster,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'log_destination=stderr',
      '-c',
      'logging_collector=off',
      ...(durable ? DURABLE : THROWAWAY),
    ],
    // Its own process group: Ctrl-C in the terminal reaches Alur only, which closes the database after itself. A throw-away one goes with its group.
    { ...place.account, env: environment(), cwd: place.account ? '/' : place.home, stdio: ['ignore', log, log], detached: durable },
  );
  closeSync(log);
  child.unref();
  let over = false;
  const end = () => {
    over = true;
  };
  child.on('error', end);
  child.on('exit', end);
  const lastWords = () => readFileSync(logFile).subarray(begun).toString('utf8').trim().slice(-800);
  return { pid: child.pid ?? 0, over: () => over, lastWords };
}

/** Fast shutdown; the hard one when it takes too long. */
export async function halt(pid: number, patienceMs: number): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // It is gone already.
    }
  };
  signal('SIGINT');
  const until = Date.now() + patienceMs;
  while (alive(pid)) {
    if (Date.now() > until) signal('SIGQUIT');
    await pause(10);
  }
}
