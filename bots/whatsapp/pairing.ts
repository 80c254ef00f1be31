// Linking a number: by the QR code that its phone scans, or by the code of eight characters that is typed into it.
import './quiet-libsignal.ts';
import type { WASocket } from '@whiskeysockets/baileys';
import { type Auth, numberOf } from './auth-state.ts';
import { closeCodeOf } from './connection.ts';
import { endSocket } from './open-socket.ts';

export interface PairingOptions {
  auth: Auth;
  open(): WASocket;
  /** `+62…`: by code; `null`: by QR. */
  phone: string | null;
  /** A QR code to show; each replaces the one before. */
  onQr(text: string): void;
  onCode(code: string): void;
  signal: AbortSignal;
}

export type Paired =
  | { paired: 'yes'; number: string }
  /** `expired`: nobody linked in time. `code`: WhatsApp's own, when it closed the line. */
  | { paired: 'no'; why: 'expired' | 'refused' | 'unreachable' | 'stopped'; code: number | null }
  /** A running gateway, or another pairing, holds the number's place. */
  | { paired: 'no'; why: 'held'; code: null }
  | { paired: 'no'; why: 'linked'; code: null; number: string };

const RESTART = 515;
const TIMED_OUT = 408;
const REFUSALS = [401, 403, 405, 411, 419, 440];

type Ended = { open: true } | { open: false; code: number | null; shown: boolean };

/** Credentials that come to nothing are forgotten: a code alone already names an account that is not linked. */
export async function pair(options: PairingOptions): Promise<Paired> {
  const paired = await attempt(options);
  if (paired.paired === 'no') await options.auth.reset();
  await options.auth.flush();
  return paired;
}

async function attempt(options: PairingOptions): Promise<Paired> {
  const { auth, signal } = options;
  const { creds } = auth.state;
  for (let last: number | null = RESTART; last === RESTART; ) {
    if (signal.aborted) return { paired: 'no', why: 'stopped', code: null };
    const ended = await oneSocket(options);
    const number = numberOf(creds);
    if (ended.open && number !== null) return { paired: 'yes', number };
    last = ended.open ? null : ended.code;
    // The restart after a linking is WhatsApp's own wish; anything else ends the attempt.
    if (last !== RESTART) return { paired: 'no', why: whyNot(ended, signal), code: last };
  }
  return { paired: 'no', why: 'unreachable', code: null };
}

function whyNot(ended: Ended, signal: AbortSignal): 'expired' | 'refused' | 'unreachable' | 'stopped' {
  if (signal.aborted) return 'stopped';
  if (ended.open || ended.code === null) return 'unreachable';
  // Baileys gives the same number to a network that does not answer.
  if (ended.code === TIMED_OUT) return ended.shown ? 'expired' : 'unreachable';
  return REFUSALS.includes(ended.code) ? 'refused' : 'unreachable';
}

function oneSocket({ open, phone, onQr, onCode, signal }: PairingOptions): Promise<Ended> {
  return new Promise((resolve) => {
    const socket = open();
    let asked = false;
    let shown = false;
    const stop = (): void => endSocket(socket);
    const settle = (ended: Ended): void => {
      signal.removeEventListener('abort', stop);
      resolve(ended);
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.ev.on('connection.update', (update) => {
      if (update.qr !== undefined) {
        shown = true;
        if (phone === null) onQr(update.qr);
        else if (!asked) {
          asked = true;
          socket.requestPairingCode(phone.replace(/\D/g, '')).then(onCode, () => endSocket(socket));
        }
      }
      if (update.connection === 'open') {
        settle({ open: true });
        endSocket(socket);
      }
      if (update.connection === 'close') settle({ open: false, code: closeCodeOf(update), shown });
    });
  });
}
