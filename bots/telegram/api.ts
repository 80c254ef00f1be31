// The one way out to Telegram. Every call has a time limit and ends in a value; the token, which stands in every address, leaves in none of them.
import type { Opts, Telegram } from 'telegraf/types';
import { wayOut } from '../way-out.ts';
import { type Attachment, AttachmentUnreadable, multipart } from './multipart.ts';
import { numberOf, shapeOf, textOf } from './shape.ts';

export type Method = keyof Telegram;

/** How a call failed, before anybody asks what that means for a message. */
export interface Failed {
  ok: false;
  /** `platform`: it answered, and said no. `unreadable`: our own file could not be read. `aborted`: the caller's signal. */
  cause: 'platform' | 'network' | 'timeout' | 'aborted' | 'garbled' | 'unreadable';
  /** The platform's error code, or the HTTP status. */
  code: number | null;
  description: string;
  retryAfterMs: number | null;
  migrateTo: string | null;
}

export type Answered = { ok: true; result: unknown } | Failed;

export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

export interface Api {
  call<M extends Method>(method: M, params: Opts<M>, options?: CallOptions): Promise<Answered>;
  /** Files are referred to as `attach://<field>` in the parameters. */
  upload<M extends Method>(method: M, params: Opts<M>, files: readonly Attachment[], options?: CallOptions): Promise<Answered>;
  /** Opens a download; the response's body is still to be read. `abort` ends it. */
  download(filePath: string, timeoutMs: number): Promise<Download | Failed>;
  /** Whether files are served by Telegram's own cloud, with its limits. */
  readonly cloud: boolean;
  /** The text without the token. */
  scrub(text: string): string;
  /** Whether the path lies in the directory that a local Bot API server keeps for this bot, which is named by the token. */
  ownsPath(path: string): boolean;
}

export interface Download {
  ok: true;
  body: ReadableStream<Uint8Array> | null;
  size: number | null;
  abort(): void;
}

export interface ApiOptions {
  token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  apiRoot: string;
  timeoutMs?: number;
  uploadTimeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 120_000;
// getUpdates answers at most 4 MB; nothing else comes near.
const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

export function createApi(options: ApiOptions): Api {
  const { token } = options;
  // Without the slash a relative address would replace the last part of the root's path.
  const root = new URL(options.apiRoot.endsWith('/') ? options.apiRoot : `${options.apiRoot}/`);
  const scrub = scrubber(token);
  // Only the root's own host: a path that somebody else names can lead to no other.
  const ask = wayOut([root.href]);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const uploadTimeoutMs = options.uploadTimeoutMs ?? UPLOAD_TIMEOUT_MS;

  async function post(method: Method, request: RequestInit, limit: number, signal: AbortSignal | undefined): Promise<Answered> {
    // `./`, because the colon in the token would make a scheme of what stands before it.
    const address = new URL(`./bot${token}/${method}`, root);
    const guard = guardOf(limit, signal);
    try {
      const response = await ask(address, { ...request, method: 'POST', signal: guard.signal });
      return answerOf(response.status, await readText(response, ANSWER_MAX_BYTES), scrub);
    } catch (error) {
      return failureOf(error, guard.reason(), scrub);
    } finally {
      guard.release();
    }
  }

  return {
    cloud: root.hostname === 'api.telegram.org',
    scrub,
    ownsPath: (path) => path.split('/').slice(0, -1).includes(token),
    call(method, params, { signal, timeoutMs: limit } = {}) {
      const request = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(params) };
      return post(method, request, limit ?? timeoutMs, signal);
    },
    upload(method, params, files, { signal, timeoutMs: limit } = {}) {
      const { contentType, body, close } = multipart(params, files);
      // The generator itself: Readable.toWeb would read 16,384 pieces ahead (Node 20 counts them as bytes).
      const request: RequestInit = { headers: { 'content-type': contentType }, body, duplex: 'half' };
      return post(method, request, limit ?? uploadTimeoutMs, signal).finally(close);
    },
    async download(filePath, limit) {
      const address = fileAddress(root, token, filePath);
      if (address === null) return failed('garbled', null, 'file path outside the file area');
      const guard = guardOf(limit, undefined);
      try {
        const response = await ask(address, { signal: guard.signal });
        if (response.status === 200) {
          const length = Number(response.headers.get('content-length') ?? Number.NaN);
          return { ok: true, body: response.body, size: Number.isSafeInteger(length) ? length : null, abort: guard.abort };
        }
        const answer = answerOf(response.status, await readText(response, ANSWER_MAX_BYTES), scrub);
        return answer.ok ? failed('garbled', response.status, 'download answered without a file') : answer;
      } catch (error) {
        return failureOf(error, guard.reason(), scrub);
      } finally {
        guard.release();
      }
    },
  };
}

/** By the exact secret, in every spelling an address may have it in; whatever a library makes of its errors. */
function scrubber(token: string): (text: string) => string {
  const spellings = [token, encodeURIComponent(token), token.split(':')[1] ?? ''].filter((spelling) => spelling.length >= 8);
  return (text) => spellings.reduce((scrubbed, spelling) => scrubbed.replaceAll(spelling, '[token]'), text);
}

/** The address of a file below the root's own file area, or `null` for a path that would lead out of it. */
function fileAddress(root: URL, token: string, filePath: string): URL | null {
  const segments = filePath.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null;
  return new URL(`file/bot${token}/${segments.map(encodeURIComponent).join('/')}`, root);
}

interface Guard {
  signal: AbortSignal;
  abort(): void;
  reason(): 'timeout' | 'aborted' | null;
  release(): void;
}

/** Hand-made instead of AbortSignal.any: that one keeps every composed signal alive as long as the program's own stop signal (Node 20). */
function guardOf(limit: number, outer: AbortSignal | undefined): Guard {
  const controller = new AbortController();
  let why: 'timeout' | 'aborted' | null = null;
  const stop = (reason: 'timeout' | 'aborted') => () => {
    why ??= reason;
    controller.abort();
  };
  const timer = setTimeout(stop('timeout'), limit);
  const onOuter = stop('aborted');
  if (outer?.aborted) onOuter();
  outer?.addEventListener('abort', onOuter, { once: true });
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    reason: () => why,
    release() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onOuter);
    },
  };
}

async function readText(response: Response, max: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > max) throw new Error('answer larger than any answer of the Bot API');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answerOf(status: number, body: string, scrub: (text: string) => string): Answered {
  const answer = parsed(body);
  if (answer === null || typeof answer['ok'] !== 'boolean') {
    // Gateways answer with pages of their own; what is known then is the status alone.
    return failed(status >= 300 ? 'platform' : 'garbled', status, `HTTP ${status} without an answer of the Bot API`);
  }
  if (answer['ok'] === true) return { ok: true, result: answer['result'] };
  const parameters = shapeOf(answer['parameters']);
  const seconds = parameters?.['retry_after'];
  const migrate = numberOf(parameters?.['migrate_to_chat_id']);
  return {
    ...failed('platform', numberOf(answer['error_code']) ?? status, scrub(textOf(answer['description']) ?? `HTTP ${status}`)),
    retryAfterMs: typeof seconds === 'number' && seconds >= 0 ? Math.ceil(seconds * 1000) : null,
    migrateTo: migrate === null ? null : String(migrate),
  };
}

function parsed(body: string) {
  try {
    return shapeOf(JSON.parse(body));
  } catch {
    return null;
  }
}

function failureOf(error: unknown, reason: 'timeout' | 'aborted' | null, scrub: (text: string) => string): Failed {
  if (reason !== null) return failed(reason, null, reason === 'timeout' ? 'no answer in time' : 'stopped');
  const unreadable = error instanceof AttachmentUnreadable ? error : causeOf(error);
  if (unreadable instanceof AttachmentUnreadable) return failed('unreadable', null, unreadable.message);
  return failed('network', null, scrub(describe(error)));
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** Short on purpose: undici says what happened in `cause`, often by a code alone. */
function describe(error: unknown): string {
  const cause = causeOf(error);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  const text = error instanceof Error ? error.message : 'unknown';
  return code === null ? text : `${text} (${code})`;
}

function failed(cause: Failed['cause'], code: number | null, description: string): Failed {
  return { ok: false, cause, code, description, retryAfterMs: null, migrateTo: null };
}
