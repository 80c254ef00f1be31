// The real service as a process of its own, and how long it took until it was ready.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/free-port.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const READY_MS = 120_000;
const STOP_MS = 15_000;

export interface Running {
  readyMs: number;
  /** Resident memory in bytes, or `null` where /proc does not tell. */
  rss(): number | null;
  /** Processor time that it has used, in seconds; `null` where /proc does not tell. */
  cpu(): number | null;
  /** It is no longer there, whoever ended it. */
  ended(): boolean;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export interface Program {
  /** From the project's root, with its arguments. */
  args: string[];
  env: Record<string, string>;
  ready(): Promise<boolean>;
  /** Options of Node itself, for profiling. */
  nodeOptions?: string[];
}

/** Starts a program of the project and waits until it is ready. */
export async function run({ args, env, ready, nodeOptions = [] }: Program): Promise<Running> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-20_000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const until = startedAt + READY_MS;
  while (!(await ready())) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`${args.join(' ')} was not ready:\n${said}`);
    }
    await pause(10);
  }
  const readyMs = performance.now() - startedAt;
  return {
    readyMs,
    rss: () => rssOf(child),
    cpu: () => cpuOf(child),
    ended: () => child.exitCode !== null || child.signalCode !== null,
    signal: (name) => void child.kill(name),
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(force);
      if (process.env['BENCH_SHOW_LOG'] !== undefined) process.stderr.write(said);
    },
  };
}

/** The service; ready when /healthz answers 200. `BENCH_PROFILE=<folder>` writes a CPU profile of it at its end. */
export async function startService(env: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const profile = process.env['BENCH_PROFILE'];
  return run({
    args: ['bin/alur.ts', 'start'],
    env: { HTTP_PORT: String(port), LOG_LEVEL: process.env['BENCH_LOG'] ?? 'error', ...env },
    ready: async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.status === 200,
    nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
  });
}

function rssOf({ pid }: ChildProcess): number | null {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Number(line[1]) * 1024 : null;
  } catch {
    return null;
  }
}

/** In the clock ticks of every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

function cpuOf({ pid }: ChildProcess): number | null {
  try {
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
