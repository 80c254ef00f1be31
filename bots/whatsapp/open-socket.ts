// One connection to WhatsApp through Baileys, with everything set that keeps what passes through it.
import './quiet-libsignal.ts';
import makeWASocket, {
  Browsers,
  type CacheStore,
  DEFAULT_CONNECTION_CONFIG,
  isJidBroadcast,
  isJidNewsletter,
  type WASocket,
  type WAVersion,
} from '@whiskeysockets/baileys';
import type { Auth } from './auth-state.ts';
import type { Journal } from './journal.ts';
import type { Log } from './log.ts';
import type { Sent } from './sent.ts';

export interface SocketParts {
  auth: Auth;
  journal: Journal;
  sent: Sent;
  /** Counts how often a message was asked for again; one for all connections of a process, or a broken message would begin anew with each. */
  retries: CacheStore;
  /** `null`: WhatsApp's own. */
  url: string | null;
  /** `null`: the one Baileys brings. */
  version: WAVersion | null;
  log: Log;
}

// What Baileys logs holds keys, numbers and texts. What has to be known is logged from here, in words of our own.
const silent = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export function openSocket({ auth, journal, sent, retries, url, version, log }: SocketParts): WASocket {
  const socket = makeWASocket({
    auth: auth.state,
    logger: silent,
    browser: Browsers.ubuntu('Chrome'),
    waWebSocketUrl: url ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl,
    version: version ?? DEFAULT_CONNECTION_CONFIG.version,
    makeSignalRepository: journal.makeSignalRepository,
    getMessage: ({ id }) => sent.find(id ?? ''),
    msgRetryCounterCache: retries,
    // A commit that failed breaks the connection off: nothing is tried again on it.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    shouldIgnoreJid: (jid) => isJidBroadcast(jid) || isJidNewsletter(jid),
    syncFullHistory: false,
    // The owner's phone keeps its own notifications.
    markOnlineOnConnect: false,
    emitOwnEvents: false,
    generateHighQualityLinkPreview: false,
  });
  socket.ws.on('frame', journal.onFrame);
  // Baileys has put the change into the credentials before this is called.
  socket.ev.on('creds.update', () => auth.saveCreds());
  socket.ev.on('messages.upsert', ({ messages }) => {
    journal.onUpsert(messages).catch((error: unknown) => {
      log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'whatsapp: a message handed on later could not be written down');
    });
  });
  return socket;
}

/** Ends it without a word to WhatsApp; the device stays linked. */
export function endSocket(socket: WASocket, why?: Error): void {
  void Promise.resolve(socket.end(why)).catch(() => undefined);
}
