// One process that looks into files, from its beginning to its end: how it is begun, held to its limits, and how it died.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Answer, type Job } from './words.ts';

export interface Limits {
  /** For one file. */
  lookMs: number;
  /** Of the whole process. */
  memoryBytes: number;
  /** Until it is there. */
  beginMs: number;
}

/** `time`, `memory`: ended by us. `crash`: it died by itself. `nonsense`: what it said was no answer, and it was ended for it. */
export type Death = 'time' | 'memory' | 'crash' | 'nonsense';

export interface Eye {
  look(job: Job): Promise<{ answer: Answer } | { died: Death }>;
  alive(): boolean;
  /** Bytes that it holds, `null` where nobody can say. */
  holds(): Promise<number | null>;
  end(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const WATCH_MS = 50;
const HEAP_MB = 96;

/** `entry` is another program in tests. `apart`: cut off from the network by the kernel, where it lets us. `null`: it did not begin. */
export async function openEye(limits: Limits, apart: boolean, entry = CHILD): Promise<Eye | null> {
  const loader = /\.m?ts$/.test(entry) ? ['--import', 'tsx'] : [];
  const node = [`--max-old-space-size=${HEAP_MB}`, ...loader, entry, String(limits.memoryBytes)];
  const [program, args] = apart ? ['unshare', ['-rn', process.execPath, ...node]] : [process.execPath, node];
  const child = spawn(program, args, {
    // The loader is found from here, whoever began the service and where.
    cwd: dirname(CHILD),
    // Of all that stands in our environment it needs nothing, and much of it is secret.
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: process.env['TMPDIR'] ?? '/tmp' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A Ctrl-C is meant for the service, which ends this process when it is done with it.
    detached: true,
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const began = await ready(child, gone, limits.beginMs);
  if (!began) {
    child.kill('SIGKILL');
    return null;
  }
  return eyeOf(child, gone, limits);
}

function ready(child: ChildProcess, gone: Promise<void>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const done = (began: boolean): void => {
      clearTimeout(timer);
      resolve(began);
    };
    child.once('message', (said) => done(said === 'ready'));
    void gone.then(() => done(false));
  });
}

function eyeOf(child: ChildProcess, gone: Promise<void>, limits: Limits): Eye {
  let living = true;
  void gone.then(() => {
    living = false;
  });
  return {
    alive: () => living,
    holds: () => residentBytes(child.pid),
    async end() {
      child.kill('SIGKILL');
      await gone;
    },
    look: (job) =>
      new Promise((resolve) => {
        let why: Death = 'crash';
        const kill = (because: Death): void => {
          why = because;
          child.kill('SIGKILL');
        };
        const timer = setTimeout(() => kill('time'), limits.lookMs);
        const watch = setInterval(() => {
          void residentBytes(child.pid).then((bytes) => {
            if (bytes !== null && bytes > limits.memoryBytes && living) kill('memory');
          });
        }, WATCH_MS);
        const done = (ending: { answer: Answer } | { died: Death }): void => {
          clearTimeout(timer);
          clearInterval(watch);
          child.off('message', hear);
          resolve(ending);
        };
        const hear = (said: unknown): void => {
          const answer = Answer.safeParse(said);
          if (answer.success) done({ answer: answer.data });
          else kill('nonsense');
        };
        child.on('message', hear);
        void gone.then(() => done({ died: why }));
        child.send(job, (error) => {
          if (error) kill('crash');
        });
      }),
  };
}

/** Linux says it of any process; elsewhere the process looks after itself. */
async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
