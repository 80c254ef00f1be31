// Files that people sent: fetched as a stream, with a limit on bytes and on silence. The address holds the token and is never told.
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileRef } from '../../src/case/case.ts';
import type { Fetched } from '../channel.ts';
import type { Answered, Api, Download, Failed } from './api.ts';
import { sentOf } from './endings.ts';
import { numberOf, shapeOf, textOf } from './shape.ts';
import { sleep } from './wait.ts';

/** getFile of the cloud; a local server has no limit of its own but that of what can be uploaded. */
export const CLOUD_MAX_BYTES = 20 * 1024 * 1024;
export const LOCAL_MAX_BYTES = 2000 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 30_000;
const IDLE_MS = 30_000;
const AGAIN_MS = 1500;

export interface FilesOptions {
  api: Api;
  account: string;
  idleMs?: number;
  maxBytes?: number;
  /** Pause before a file that may be unavailable for a moment is asked for once more. */
  againMs?: number;
}

export function createFetch(options: FilesOptions): (file: FileRef) => Promise<Fetched> {
  const { api, account } = options;
  const max = options.maxBytes ?? (api.cloud ? CLOUD_MAX_BYTES : LOCAL_MAX_BYTES);
  return async (file) => {
    // A file_id is good for the bot that received it, and for no other.
    if (file.channel !== 'telegram' || file.account !== account || file.fileId === '') return { fetched: 'gone' };
    if (file.size !== undefined && file.size > max) return { fetched: 'too-big', max };
    const answered = await askFor(api, file.fileId, options.againMs ?? AGAIN_MS);
    if (!answered.ok) return missing(answered);
    const known = shapeOf(answered.result);
    const path = textOf(known?.['file_path']);
    const size = numberOf(known?.['file_size']);
    if (path === null || path === '') return later('getFile answered without a path');
    if (size !== null && size > max) return { fetched: 'too-big', max };
    const local = localPath(path);
    return local === null ? download(api, path, size, max, options.idleMs ?? IDLE_MS) : fromDisk(api, local);
  };
}

/** The platform has one sentence for a reference that is wrong and for a file that is not there yet: the second is worth a second question. */
async function askFor(api: Api, fileId: string, againMs: number): Promise<Answered> {
  const answered = await api.call('getFile', { file_id: fileId });
  if (answered.ok || !/temporarily unavailable/i.test(answered.description)) return answered;
  await sleep(againMs, new AbortController().signal);
  return api.call('getFile', { file_id: fileId });
}

function missing(failed: Failed): Fetched {
  // Whoever says this keeps the cloud's limit, wherever it stands: a local server gives every file that Telegram takes.
  if (/file is too big/i.test(failed.description)) return { fetched: 'too-big', max: CLOUD_MAX_BYTES };
  if (failed.cause === 'platform' && failed.code === 400) return { fetched: 'gone' };
  const ending = sentOf(failed);
  return later(failed.description, ending.sent === 'later' ? ending.afterMs : undefined);
}

function later(why: string, afterMs = 5000): Fetched {
  return { fetched: 'later', afterMs, why };
}

/** A server started with --local gives a path on its own disk, some versions as a `file:` address with a host that node:fs refuses. */
function localPath(path: string): string | null {
  if (path.startsWith('file://')) return path.slice('file://'.length).replace(/^[^/]*/, '');
  return path.startsWith('/') ? path : null;
}

/** Only from the directory that such a server keeps for this bot, which is named by the token; links out of it lead nowhere. */
async function fromDisk(api: Api, path: string): Promise<Fetched> {
  if (api.cloud) return later('the cloud names a file on a disk', 60_000);
  try {
    const real = await realpath(path);
    if (!api.ownsPath(real)) return later('the server names a file outside its own directory', 60_000);
    const { size } = await stat(real);
    const source = createReadStream(real);
    return { fetched: 'yes', stream: guarded(source, LOCAL_MAX_BYTES, IDLE_MS, () => source.destroy()), size };
  } catch {
    // Its own errors name the path, and the path holds the token.
    return later('the server names a file that cannot be read', 60_000);
  }
}

async function download(api: Api, path: string, size: number | null, max: number, idleMs: number): Promise<Fetched> {
  const opened: Download | Failed = await api.download(path, OPEN_TIMEOUT_MS);
  if (!opened.ok) return missing({ ...opened, code: opened.code === 400 ? 502 : opened.code });
  const length = opened.size ?? size;
  if (length !== null && length > max) {
    opened.abort();
    return { fetched: 'too-big', max };
  }
  return { fetched: 'yes', stream: guarded(opened.body ?? Readable.from([]), max, idleMs, opened.abort), size: length };
}

/** Ends with an error of few words when the bytes are too many, stop coming or break off: whoever reads it keeps nothing half. */
function guarded(source: AsyncIterable<unknown>, max: number, idleMs: number, abort: () => void): Readable {
  const pieces = source[Symbol.asyncIterator]();
  let bytes = 0;
  async function take(stream: Readable): Promise<void> {
    const piece = await nextPiece(pieces, idleMs);
    if (piece.done) return void stream.push(null);
    if (!(piece.value instanceof Uint8Array)) throw new Error('telegram: download of something that is no bytes');
    bytes += piece.value.byteLength;
    if (bytes > max) throw new Error('telegram: download larger than allowed');
    stream.push(piece.value);
  }
  return new Readable({
    read() {
      take(this).catch((error: Error) => this.destroy(error));
    },
    // Let go by its reader or ended by a limit: the connection is closed with it, whatever it was waiting for.
    destroy(error, done) {
      abort();
      done(error);
    },
  });
}

async function nextPiece(pieces: AsyncIterator<unknown>, idleMs: number): Promise<IteratorResult<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('telegram: download stalled')), idleMs);
  });
  const next = pieces.next().catch(() => {
    throw new Error('telegram: download broke off');
  });
  try {
    return await Promise.race([next, idle]);
  } finally {
    clearTimeout(timer);
  }
}
