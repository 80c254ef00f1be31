// Links a number to this Alur: alone, under the lock that a running gateway holds, with credentials that nobody has used before.
import './quiet-libsignal.ts';
import type { WAVersion } from '@whiskeysockets/baileys';
import type { WhatsAppRows } from '../../db/whatsapp.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import { isLinked, numberOf, openAuth } from './auth-state.ts';
import type { Held } from './gateway.ts';
import { openJournal } from './journal.ts';
import type { Log } from './log.ts';
import { GATEWAY, LOCK } from './names.ts';
import { openSocket } from './open-socket.ts';
import { type Paired, pair } from './pairing.ts';
import type { Sealer } from './seal.ts';
import { openSent } from './sent.ts';

export interface LinkNumberOptions {
  rows: WhatsAppRows;
  holdLock(name: string): Promise<Held | null>;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  url: string | null;
  version: WAVersion | null;
  /** `+62…`: by code; `null`: by QR. */
  phone: string | null;
  /** A number that is linked already is forgotten here; on its phone it stays listed until its owner removes it. */
  replace: boolean;
  onQr(text: string): void;
  onCode(code: string): void;
  signal: AbortSignal;
}

/** What was heard while it was linked stands in the inbox, like everything that a gateway hears. */
export async function linkNumber(options: LinkNumberOptions): Promise<Paired> {
  const { rows, holdLock, sealer, clock, log, url, version, signal } = options;
  const held = await holdLock(LOCK);
  if (held === null) return { paired: 'no', why: 'held', code: null };
  const broken = new AbortController();
  try {
    const epoch = await rows.beginEpoch(GATEWAY);
    // Also what cannot be opened any more, because its key is lost.
    if (options.replace) await rows.forget(GATEWAY, epoch);
    const auth = await openAuth({ rows, gateway: GATEWAY, epoch, sealer, clock, onBroken: () => broken.abort() });
    const { creds } = auth.state;
    const number = numberOf(creds);
    if (isLinked(creds)) return { paired: 'no', why: 'linked', code: null, number: number ?? '' };
    // Whatever an earlier attempt left behind is no ground to build on.
    await auth.reset();
    const sent = openSent({ rows, gateway: GATEWAY, sealer, clock });
    const journal = openJournal(auth, log);
    const counters = new Map<string, unknown>();
    const retries = {
      get: <T>(key: string) => counters.get(key) as T | undefined,
      set: (key: string, value: unknown) => void counters.set(key, value),
      del: (key: string) => void counters.delete(key),
      flushAll: () => counters.clear(),
    };
    return await pair({
      auth,
      open: () => openSocket({ auth, journal, sent, retries, url, version, log }),
      phone: options.phone,
      onQr: options.onQr,
      onCode: options.onCode,
      signal: AbortSignal.any([signal, held.lost, broken.signal]),
    });
  } finally {
    await held.release();
  }
}
