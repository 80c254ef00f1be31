// Stays connected: one socket after the other, as the code of each close says, until it is stopped or must not go on by itself.
import './quiet-libsignal.ts';
import type { ConnectionState, WASocket } from '@whiskeysockets/baileys';
import { afterClose, isBadSession, pauseMs, type StopReason } from './after-close.ts';
import type { Log } from './log.ts';
import { endSocket } from './open-socket.ts';

/** What a connection tells while it lives. */
export type LinkNews =
  | { link: 'connecting' }
  /** The socket can be used until the next news. */
  | { link: 'open'; socket: WASocket }
  /** WhatsApp lets this number write to nobody new until then (`null`: it does not say until when); existing chats go on. */
  | { link: 'timelocked'; until: number | null };

export interface ConnectionOptions {
  open(): WASocket;
  onNews(news: LinkNews): void;
  /** Ends the connection and the keeping of it. */
  signal: AbortSignal;
  /** Waits, or less when the signal is given. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A random number in [0, 1). */
  jitter(): number;
  log: Log;
}

export type ConnectionEnding = { ended: 'stopped' } | { ended: 'gave-up'; why: StopReason };

export interface Connection {
  ended: Promise<ConnectionEnding>;
  /** Breaks the present socket off at once, so that nothing more is acknowledged; it is opened anew after a pause. */
  breakOff(): void;
}

/** How a single socket closed. `opened`: it had been open before. */
interface Closed {
  code: number | null;
  opened: boolean;
}

export function keepConnected(options: ConnectionOptions): Connection {
  let present: WASocket | null = null;
  const run = async (): Promise<ConnectionEnding> => {
    let failures = 0;
    let badSessions = 0;
    while (!options.signal.aborted) {
      options.onNews({ link: 'connecting' });
      const closed = await untilClosed(options, (socket) => {
        present = socket;
      });
      present = null;
      if (options.signal.aborted) break;
      if (closed.opened) {
        failures = 0;
        badSessions = 0;
      }
      badSessions = isBadSession(closed.code) ? badSessions + 1 : 0;
      const then = afterClose(closed.code, badSessions);
      if (then.do === 'stop') return { ended: 'gave-up', why: then.why };
      if (then.do === 'at-once') continue;
      failures += 1;
      if (failures === 1) options.log.warn({ code: closed.code }, 'whatsapp: the connection is lost; it is tried again');
      options.onNews({ link: 'connecting' });
      await options.sleep(pauseMs(failures, options.jitter()), options.signal);
    }
    return { ended: 'stopped' };
  };
  return {
    ended: run(),
    breakOff: () => {
      if (present !== null) endSocket(present);
    },
  };
}

function untilClosed({ open, onNews, signal, log }: ConnectionOptions, hold: (socket: WASocket) => void): Promise<Closed> {
  return new Promise((resolve) => {
    const socket = open();
    hold(socket);
    let opened = false;
    const stop = (): void => endSocket(socket);
    signal.addEventListener('abort', stop, { once: true });
    socket.ev.on('connection.update', (update) => {
      if (update.connection === 'open') {
        opened = true;
        log.info({}, 'whatsapp: connected');
        onNews({ link: 'open', socket });
      }
      if (update.reachoutTimeLock?.isActive === true) {
        onNews({ link: 'timelocked', until: update.reachoutTimeLock.timeEnforcementEnds?.getTime() ?? null });
      }
      if (update.connection === 'close') {
        signal.removeEventListener('abort', stop);
        resolve({ code: closeCodeOf(update), opened });
      }
    });
  });
}

/** The number in Baileys' error; `null` when it has none, or the end was our own. */
export function closeCodeOf(update: Partial<ConnectionState>): number | null {
  const error: unknown = update.lastDisconnect?.error;
  if (typeof error !== 'object' || error === null || !('output' in error)) return null;
  const { output } = error;
  if (typeof output !== 'object' || output === null || !('statusCode' in output)) return null;
  return typeof output.statusCode === 'number' ? output.statusCode : null;
}
