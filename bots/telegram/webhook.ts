// Updates that Telegram brings itself: the secret is checked before a byte of the body is read, and 200 is said only after the commit.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Api } from './api.ts';
import { arrivalOf, HEARD_UPDATES } from './arrival.ts';
import { type OnPost, ring } from './ingest.ts';
import type { Log } from './log.ts';
import { numberOf, shapeOf } from './shape.ts';

export interface WebhookOptions {
  secret: string;
  store: Pick<Store, 'receive'>;
  clock: Clock;
  account: string;
  onPost: OnPost;
  log: Log;
  maxBytes?: number;
  /** `false` while too much waits to be worked off: Telegram is asked to come again. */
  mayAsk?: () => boolean;
  /** Longest pause between two pieces of a body. */
  idleMs?: number;
}

const MAX_BYTES = 1024 * 1024;
const IDLE_MS = 10_000;
const RETRY_SECONDS = '5';

export function webhookHandler(options: WebhookOptions): (request: Request) => Promise<Response> {
  const { store, clock, account, onPost, log } = options;
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  // An empty secret would let everybody in who sends an empty one.
  if (options.secret === '') throw new Error('telegram: a webhook needs a secret');
  const secret = digest(options.secret);

  return async (request) => {
    if (request.method !== 'POST') return answer(405, { allow: 'POST' });
    const given = request.headers.get('x-telegram-bot-api-secret-token');
    if (given === null || !timingSafeEqual(digest(given), secret)) return answer(401);
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return answer(413);
    if (options.mayAsk?.() === false) return answer(503, { 'retry-after': RETRY_SECONDS });
    const read = await readBody(request, maxBytes, options.idleMs ?? IDLE_MS);
    if (read.read !== 'yes') return answer(read.status);
    const arrival = arrivalOf(parsed(read.text), account);
    if (arrival === null) return answer(400);
    try {
      const fresh = await store.receive([arrival], clock.now());
      ring([arrival], fresh, onPost, log);
      return answer(200);
    } catch (error) {
      log.error({ error: String(error) }, 'telegram: post could not be written down');
      return answer(503, { 'retry-after': RETRY_SECONDS });
    }
  };
}

/** Telegram answers, and nothing waits there to be brought. */
export async function isAllBrought(api: Api): Promise<boolean> {
  const info = await api.call('getWebhookInfo', {});
  return info.ok && numberOf(shapeOf(info.result)?.['pending_update_count']) === 0;
}

/** Equal lengths for the comparison, whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

type BodyRead = { read: 'yes'; text: string } | { read: 'no'; status: 400 | 408 | 413 };

/** Joined as bytes and only then read as text: a character may be split between two pieces. */
async function readBody(request: Request, maxBytes: number, idleMs: number): Promise<BodyRead> {
  const reader = request.body?.getReader();
  if (!reader) return { read: 'no', status: 400 };
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const piece = await within(reader.read(), idleMs);
      if (piece === 'late') return { read: 'no', status: 408 };
      if (piece.done) return { read: 'yes', text: Buffer.concat(pieces).toString('utf8') };
      size += piece.value.byteLength;
      if (size > maxBytes) return { read: 'no', status: 413 };
      pieces.push(piece.value);
    }
  } catch {
    return { read: 'no', status: 400 };
  } finally {
    // What is left unread is let go; nobody waits for it.
    reader.cancel().catch(() => undefined);
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type Registered = { registered: 'yes' } | { registered: 'no'; why: string };

// As many as a small office server works on at once; Telegram keeps the order within each chat by itself.
const CONNECTIONS = 10;

/** Tells Telegram where to bring the updates. What waits there already is kept. */
export async function registerWebhook(api: Api, url: string, secret: string): Promise<Registered> {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret))
    return { registered: 'no', why: 'the secret may only hold A-Z a-z 0-9 _ -, 1 to 256 of them' };
  const answered = await api.call('setWebhook', {
    url,
    secret_token: secret,
    allowed_updates: [...HEARD_UPDATES],
    max_connections: CONNECTIONS,
    drop_pending_updates: false,
  });
  return answered.ok ? { registered: 'yes' } : { registered: 'no', why: answered.description };
}
