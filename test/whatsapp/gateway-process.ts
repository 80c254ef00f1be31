// The command line as a process beside the test, with its output as it comes.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PROGRAM } from '../support/program.ts';
import { Trail } from '../support/whatsapp/trail.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface AlurProcess {
  child: ChildProcess;
  /** Lines of standard output. */
  lines: Trail<string>;
  /** Everything printed, on both outputs. */
  printed(): string;
  /** Its code, or the signal that ended it. */
  ended: Promise<number | string | null>;
  kill(signal: NodeJS.Signals): Promise<number | string | null>;
}

export function alur(env: Record<string, string>, ...args: string[]): AlurProcess {
  const child = spawn(process.execPath, [...PROGRAM, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = new Trail<string>();
  let printed = '';
  let rest = '';
  child.stdout.on('data', (data: Buffer) => {
    printed += data.toString();
    const parts = (rest + data.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) lines.push(line);
  });
  child.stderr.on('data', (data: Buffer) => {
    printed += data.toString();
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  return {
    child,
    lines,
    printed: () => printed,
    ended,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Links by the QR that `whatsapp pair --json` prints. */
export function pairing(env: Record<string, string>, scan: (qr: string) => void, ...more: string[]): AlurProcess {
  const running = alur(env, 'whatsapp', 'pair', '--json', ...more);
  const shown = (line: string): boolean => line.startsWith('{"qr"');
  running.lines.until(shown, 'a QR').then(
    (line) => scan((JSON.parse(line) as { qr: string }).qr),
    () => undefined,
  );
  return running;
}
