// The gateway of one number: takes the number over, keeps it connected, and says how it is. Alone: a lock keeps a second process out, and an
// epoch keeps a stalled one from writing. What it cannot mend by itself it says and waits for: a new pairing, or a new start.
import './quiet-libsignal.ts';
import type { CacheStore, WASocket, WAVersion } from '@whiskeysockets/baileys';
import { Fenced, type GatewayState, type WhatsAppRows } from '../../db/whatsapp.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { StopReason } from './after-close.ts';
import { type Auth, isLinked, numberOf, openAuth } from './auth-state.ts';
import { type Connection, keepConnected, type LinkNews } from './connection.ts';
import { openJournal } from './journal.ts';
import type { Log } from './log.ts';
import { GATEWAY, LOCK } from './names.ts';
import { openSocket } from './open-socket.ts';
import { type Sealer, Unsealable } from './seal.ts';
import { type Send, sender } from './send.ts';
import { openSent } from './sent.ts';

export type Trouble = StopReason | 'timelocked' | 'offline';

export interface Condition {
  state: GatewayState;
  why: Trouble | null;
  number: string | null;
}

/** What can be used while the number is connected. */
export interface Link {
  socket: WASocket;
  send: Send;
  /** `+62…` */
  number: string;
}

export interface Held {
  lost: AbortSignal;
  release(): Promise<void>;
}

export interface GatewayParts {
  rows: WhatsAppRows;
  /** `null` while another process holds it. */
  holdLock(name: string): Promise<Held | null>;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  url: string | null;
  version: WAVersion | null;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  jitter(): number;
  signal: AbortSignal;
  onCondition(condition: Condition): void;
  /** The link to send with; `null` when there is none. */
  onLink(link: Link | null): void;
}

/** How often it looks for a pairing, or for the lock. */
const LOOK_MS = 1_000;
/** Longer without a connection than this deserves a word. */
export const OFFLINE_MS = 300_000;

/** Runs until it is stopped. Rejects with `Unsealable` when the stored keys were sealed with another key. */
export async function runGateway(parts: GatewayParts): Promise<void> {
  const { signal, sleep, holdLock, log } = parts;
  /** The epoch in which it gave up: only a later one, which a pairing begins, is a reason to try again. */
  let gaveUpIn: number | null = null;
  let saidHeld = false;
  while (!signal.aborted) {
    if (gaveUpIn !== null && (await epochOf(parts)) === gaveUpIn) {
      await sleep(LOOK_MS, signal);
      continue;
    }
    const held = await holdLock(LOCK).catch(() => null);
    if (held === null) {
      if (!saidHeld) log.warn({}, 'whatsapp: another process holds this number; waiting for it to end');
      saidHeld = true;
      await sleep(LOOK_MS, signal);
      continue;
    }
    saidHeld = false;
    try {
      gaveUpIn = await holding(parts, AbortSignal.any([signal, held.lost]));
    } catch (error) {
      if (error instanceof Unsealable) throw error;
      // The database went away while it was looked at.
      log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'whatsapp: could not begin; it is tried again');
    } finally {
      await held.release().catch(() => undefined);
    }
    if (gaveUpIn === null) await sleep(LOOK_MS, signal);
  }
}

async function epochOf({ rows }: GatewayParts): Promise<number | null> {
  return rows.epoch(GATEWAY).catch(() => null);
}

/** One taking over. Returns the epoch in which it gave up, or `null` when it is to be tried again. */
async function holding(parts: GatewayParts, signal: AbortSignal): Promise<number | null> {
  const { rows, sealer, clock, log, onCondition } = parts;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  let connection: Connection | null = null;
  let fenced = false;
  const onBroken = (error: unknown): void => {
    fenced ||= error instanceof Fenced;
    log.error(
      { err: error instanceof Error ? error.name : 'unknown', fenced },
      'whatsapp: keys could not be written; the connection is broken off',
    );
    if (fenced) over.abort();
    connection?.breakOff();
  };
  const epoch = await rows.beginEpoch(GATEWAY);
  const auth = await openAuth({ rows, gateway: GATEWAY, epoch, sealer, clock, onBroken });
  if (!isLinked(auth.state.creds)) {
    onCondition({ state: 'unpaired', why: null, number: null });
    // Given up until a pairing has begun an epoch of its own.
    return epoch;
  }
  const number = numberOf(auth.state.creds) ?? '';
  const watch = watchOf(parts, number);
  connection = connect(parts, auth, both, watch.onNews);
  const ended = await connection.ended;
  watch.stop();
  parts.onLink(null);
  await auth.flush();
  if (ended.ended === 'stopped') return null;
  log.error({ why: ended.why }, 'whatsapp: it does not go on by itself');
  if (ended.why !== 'logged-out') {
    onCondition({ state: 'restricted', why: ended.why, number });
    return epoch;
  }
  await auth.reset();
  onCondition({ state: 'unpaired', why: 'logged-out', number });
  return epoch;
}

function connect(parts: GatewayParts, auth: Auth, signal: AbortSignal, onNews: (news: LinkNews, send: Send | null) => void): Connection {
  const { rows, sealer, clock, url, version, log, sleep, jitter } = parts;
  const sent = openSent({ rows, gateway: GATEWAY, sealer, clock });
  const journal = openJournal(auth, log);
  const retries = counters();
  let send: Send | null = null;
  return keepConnected({
    open: () => {
      const socket = openSocket({ auth, journal, sent, retries, url, version, log });
      send = sender(socket, sent);
      return socket;
    },
    onNews: (news) => onNews(news, send),
    signal,
    sleep,
    jitter,
    log,
  });
}

/** Turns the connection's news into conditions, and a long silence into one of them. */
function watchOf({ onCondition, onLink }: GatewayParts, number: string) {
  let offline: NodeJS.Timeout | null = null;
  const calm = (): void => {
    if (offline !== null) clearTimeout(offline);
    offline = null;
  };
  return {
    stop: calm,
    onNews(news: LinkNews, send: Send | null): void {
      if (news.link === 'open' && send !== null) {
        calm();
        onCondition({ state: 'open', why: null, number });
        onLink({ socket: news.socket, send, number });
      }
      if (news.link === 'timelocked') onCondition({ state: 'restricted', why: 'timelocked', number });
      if (news.link === 'connecting') {
        onLink(null);
        if (offline !== null) return;
        onCondition({ state: 'connecting', why: null, number });
        offline = setTimeout(() => onCondition({ state: 'connecting', why: 'offline', number }), OFFLINE_MS);
        offline.unref();
      }
    },
  };
}

/** Baileys' cache of counters, in this process: losing it only lets a broken message be asked for a few times more. */
function counters(): CacheStore {
  const kept = new Map<string, unknown>();
  return {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    set: (key, value) => {
      if (kept.size > 10_000) kept.clear();
      kept.set(key, value);
    },
    del: (key) => void kept.delete(key),
    flushAll: () => kept.clear(),
  };
}
