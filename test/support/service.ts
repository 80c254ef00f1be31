// The real service as a process of its own, against a simulated Telegram in the test: started, killed, started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { freshDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { PROGRAM } from './program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const TOKEN = '424242:TEST-token-of-the-journeys';
const READY_MS = 45_000;

export interface Trial {
  api: BotApi;
  http: number;
  env: Record<string, string>;
  /** Everything the service has printed, all starts together. */
  output(): string;
  start(): Promise<void>;
  /** Begun, and not waited for. */
  begin(): void;
  /** How the process ended: its code, or the signal's name. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>;
  running(): boolean;
  /** Sent, and nothing waited for. */
  signal(name: NodeJS.Signals): void;
  /** Resolves once it answers again; where it has ended meanwhile it is started, as whoever runs it would. */
  well(): Promise<void>;
  /** `kill -9` of the embedded PostgreSQL; its children notice and end. `false`: it was not running. */
  killPostgres(): boolean;
  /** The command line beside the service. */
  alur(...args: string[]): Promise<{ code: number | null; out: string; err: string }>;
  close(): Promise<void>;
}

function runAlur(program: string[], env: Record<string, string>, args: string[]): ChildProcess {
  return spawn(process.execPath, [...program, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export interface TrialOptions {
  /** The office file's text. */
  office: string;
  /** Files beside the office file, by name. */
  files?: Record<string, string>;
  hearing?: 'polling' | 'webhook';
  redisUrl?: string | undefined;
  /** The service brings its own PostgreSQL, as it does where nothing is configured: one that can be killed. */
  embedded?: boolean;
  clock?: { now(): number };
  more?: Record<string, string>;
  /** What Node is to run, where it is not what all tests run. */
  program?: string[];
}

export async function openTrial(options: TrialOptions): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-trial-'));
  const officeFile = join(folder, 'kantor.yaml');
  writeFileSync(officeFile, options.office);
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), text);
  const database = options.embedded ? null : await freshDatabase();
  // As root the database runs as another user, who must be able to reach it.
  if (options.embedded) chmodSync(folder, 0o755);
  const clock = options.clock ?? { now: () => Date.now() };
  const api = await startBotApi({ token: TOKEN, clock, webhookRetryMs: 50 });
  const http = await freePort();
  const webhook =
    options.hearing === 'webhook'
      ? { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${http}/telegram/masuk`, TELEGRAM_WEBHOOK_SECRET: 'rahasia-webhook-uji' }
      : {};
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? folder,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    DATA_DIR: join(folder, 'data'),
    HTTP_PORT: String(http),
    OFFICE_FILE: officeFile,
    LOG_LEVEL: 'warn',
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...webhook,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    ...options.more,
  };
  const program = options.program ?? PROGRAM;
  let child: ChildProcess | null = null;
  let ended: Promise<number | string | null> = Promise.resolve(null);
  let printed = '';

  const ready = async (): Promise<void> => {
    const until = Date.now() + READY_MS;
    while (Date.now() < until) {
      if (child === null) throw new Error(`the service ended with ${await ended}:\n${printed}`);
      const answer = await fetch(`http://127.0.0.1:${http}/healthz`).catch(() => null);
      if (answer?.status === 200) return;
      await pause(50);
    }
    throw new Error(`the service was not ready in time:\n${printed}`);
  };

  const killPostgres = (): boolean => {
    try {
      const [pid = ''] = readFileSync(join(folder, 'data', 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      return true;
    } catch {
      return false;
    }
  };

  const trial: Trial = {
    api,
    http,
    env,
    output: () => printed,
    running: () => child !== null,
    signal: (name) => void child?.kill(name),
    killPostgres,
    begin() {
      const started = runAlur(program, env, ['start']);
      child = started;
      started.stdout?.on('data', (data: Buffer) => {
        printed += data.toString();
      });
      started.stderr?.on('data', (data: Buffer) => {
        printed += data.toString();
      });
      ended = new Promise((resolve) => {
        started.once('exit', (code, signal) => {
          if (child === started) child = null;
          resolve(signal ?? code);
        });
      });
    },
    async start() {
      trial.begin();
      await ready();
    },
    async well() {
      const until = Date.now() + 2 * READY_MS;
      let said = '';
      while (Date.now() < until) {
        if (child === null) await trial.start();
        const answer = await fetch(`http://127.0.0.1:${http}/healthz`).catch(() => null);
        if (answer?.status === 200) return;
        said = (await answer?.text().catch(() => '')) ?? 'no answer';
        await pause(50);
      }
      throw new Error(`the service was not well in time: ${said}\n${printed}`);
    },
    async stop(signal = 'SIGTERM') {
      child?.kill(signal);
      return ended;
    },
    alur: (...args) =>
      new Promise((resolve) => {
        const process_ = runAlur(program, env, args);
        let out = '';
        let err = '';
        process_.stdout?.on('data', (data: Buffer) => {
          out += data.toString();
        });
        process_.stderr?.on('data', (data: Buffer) => {
          err += data.toString();
        });
        process_.once('close', (code) => resolve({ code, out, err }));
      }),
    async close() {
      child?.kill('SIGKILL');
      await ended;
      await api.close();
      if (database) await database.close();
      else killPostgres();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return trial;
}
