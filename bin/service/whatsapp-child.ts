// The gateway as a process of its own beside the service: begun again when it dies, ended with the service.
import { type ChildProcess, spawn } from 'node:child_process';
import { pauseMs } from '../../bots/whatsapp/after-close.ts';
import type { Logger } from '../log.ts';

/** What ran so long was no failing start. */
const STEADY_MS = 60_000;
const STOP_MS = 8_000;

export interface Child {
  stop(): Promise<void>;
}

export function startWhatsAppChild(log: Logger): Child {
  let child: ChildProcess | null = null;
  let again: NodeJS.Timeout | null = null;
  let stopping = false;
  let failures = 0;
  const begin = (): void => {
    const begun = Date.now();
    // Its three lines for a person are the service's own; what goes wrong comes out with the service's log. The line in between tells it
    // when the service has died without a word.
    // Begun the way this process was: with its loader, by its own entry.
    const started = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'start', '--only', 'whatsapp'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    started.on('error', (error) => log.error({ err: error.message }, 'whatsapp: the gateway process could not be begun'));
    started.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      failures = Date.now() - begun > STEADY_MS ? 1 : failures + 1;
      const waitMs = pauseMs(failures, Math.random());
      log.error({ code, signal, waitMs }, 'whatsapp: the gateway process ended; it is begun again');
      again = setTimeout(begin, waitMs);
    });
  };
  begin();
  return {
    async stop() {
      stopping = true;
      if (again !== null) clearTimeout(again);
      const ending = child;
      if (ending === null) return;
      const ended = new Promise<void>((resolve) => {
        ending.once('exit', () => resolve());
      });
      ending.kill('SIGTERM');
      const force = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
