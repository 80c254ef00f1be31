// Files that people sent over WhatsApp: fetched from the host that WhatsApp itself names to us, opened with the key that came sealed in the
// message, and believed only when they are what the message said. An address that a message names is never asked.
import './quiet-libsignal.ts';
import { createDecipheriv, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Agent } from 'node:https';
import { Readable } from 'node:stream';
import { DEFAULT_ORIGIN, getMediaKeys } from '@whiskeysockets/baileys';
import type { FileRef } from '../../src/case/case.ts';
import type { Fetched } from '../channel.ts';
import { httpsOut } from '../way-out.ts';
import { type MediaPlace, placeOf } from './file-ref.ts';

/** What the app lets people send as a video; a document may be larger, and is refused with this number. */
export const MAX_BYTES = 100 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 30_000;
const IDLE_MS = 30_000;
const AGAIN_MS = 5_000;
/** Paths that are not served any more: too old, or their signature is. */
const LAPSED = [403, 404, 410];
/** Ten bytes of a seal stand behind the ciphertext; the hash of the content says more than they do. */
const SEAL_BYTES = 10;
/** How much longer the ciphertext may be than the content: padding and seal. */
const MARGIN_BYTES = 16 + SEAL_BYTES;
/** So many files that were not what they were said to be are remembered. */
const FALSE_MAX = 1_000;

/** The connection, as far as files need it. */
export interface MediaLine {
  /** Hosts that WhatsApp names to this connection, `name` or `name:port`, the best first. Rejects when they cannot be asked for. */
  hosts(): Promise<string[]>;
  /** Asks the sender's phone to upload the file again. The new path; `null`: it has it no more. Rejects when nobody answers. */
  uploadAgain(place: MediaPlace): Promise<string | null>;
}

export interface FilesOptions {
  /** `null` while there is no connection. */
  line(): MediaLine | null;
  /** Which hosts may be asked at all. */
  hostAllowed?: (host: string) => boolean;
  agent?: Agent;
  maxBytes?: number;
  openMs?: number;
  idleMs?: number;
}

/** WhatsApp's own. */
export function isWhatsAppHost(host: string): boolean {
  return /^(?:[a-z0-9-]+\.)+whatsapp\.net$/.test(host);
}

export function createFetch(options: FilesOptions): (file: FileRef) => Promise<Fetched> {
  const max = options.maxBytes ?? MAX_BYTES;
  /** Hashes of file references whose content was another than they said: asking again would bring the same. */
  const untrue = new Set<string>();
  return async (file) => {
    const place = placeOf(file.fileId);
    // The number may have changed since: what was sent to another one is fetched with the same keys, so only the channel must be ours.
    if (file.channel !== 'whatsapp' || place === null || untrue.has(nameOf(place))) return { fetched: 'gone' };
    if (place.fileLength !== null && place.fileLength > max) return { fetched: 'too-big', max };
    const line = options.line();
    if (line === null) return { ...later('WhatsApp is not connected'), away: true };
    const opened = await openAnywhere(options, line, place);
    if ('fetched' in opened) return opened;
    const length = Number(opened.headers['content-length'] ?? Number.NaN);
    if (length > max + MARGIN_BYTES) {
      opened.destroy();
      return { fetched: 'too-big', max };
    }
    const onUntrue = (): void => {
      if (untrue.size >= FALSE_MAX) untrue.clear();
      untrue.add(nameOf(place));
    };
    const plain = contentOf(opened, place, { max, idleMs: options.idleMs ?? IDLE_MS, onUntrue });
    return { fetched: 'yes', stream: Readable.from(plain, { objectMode: false }), size: place.fileLength };
  };
}

const nameOf = ({ fileSha256, directPath }: MediaPlace): string =>
  createHash('sha256').update(`${fileSha256} ${directPath}`).digest('base64');

function later(why: string): Fetched {
  return { fetched: 'later', afterMs: AGAIN_MS, why };
}

/** The response to read, or how it ended. A path that has lapsed is made anew once, by the phone that sent the file. */
async function openAnywhere(options: FilesOptions, line: MediaLine, place: MediaPlace): Promise<IncomingMessage | Fetched> {
  const first = await openPath(options, line, place.directPath);
  if (!('lapsed' in first)) return first;
  try {
    const again = await line.uploadAgain(place);
    if (again === null) return { fetched: 'gone' };
    // The phone's answer is as little to be trusted as its message.
    if (!/^\/(?!\/)\S{0,2000}$/.test(again)) return later('the sender’s phone answered with no path');
    const second = await openPath(options, line, again);
    return 'lapsed' in second ? later('the file was uploaded again, and is not there') : second;
  } catch {
    return later('the sender’s phone did not upload the file again');
  }
}

async function openPath(options: FilesOptions, line: MediaLine, path: string): Promise<IncomingMessage | Fetched | { lapsed: true }> {
  const allowed = options.hostAllowed ?? isWhatsAppHost;
  const hosts = (await line.hosts().catch(() => [])).filter(allowed);
  const get = httpsOut(allowed);
  // The path can name no other host.
  const rest = { path, headers: { origin: DEFAULT_ORIGIN }, timeoutMs: options.openMs ?? OPEN_TIMEOUT_MS, agent: options.agent };
  for (const host of hosts) {
    const response = await get({ host, ...rest });
    if (response === null) continue;
    const { statusCode = 0 } = response;
    if (statusCode === 200) return response;
    response.destroy();
    if (LAPSED.includes(statusCode)) return { lapsed: true };
    // A redirect is an answer too: nobody follows it.
    return later(`the media host answered ${statusCode}`);
  }
  return later(hosts.length === 0 ? 'WhatsApp named no media host' : 'no media host could be reached');
}

interface Reading {
  max: number;
  idleMs: number;
  onUntrue(): void;
}

/** Ends with an error of few words when the bytes are too many, stop coming, break off or are others than were said: nothing of it is kept then. */
async function* contentOf(response: IncomingMessage, place: MediaPlace, { max, idleMs, onUntrue }: Reading): AsyncGenerator<Buffer> {
  const { cipherKey, iv } = await getMediaKeys(Buffer.from(place.mediaKey, 'base64'), place.kind);
  const opener = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const hash = createHash('sha256');
  let bytes = 0;
  const told = (piece: Buffer): Buffer => {
    bytes += piece.length;
    if (bytes > max) throw new Error('whatsapp: download larger than allowed');
    hash.update(piece);
    return piece;
  };
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of piecesOf(response, idleMs)) {
      held = Buffer.concat([held, piece]);
      const body = held.subarray(0, Math.max(0, held.length - SEAL_BYTES));
      held = held.subarray(body.length);
      const plain = opener.update(body);
      if (plain.length > 0) yield told(plain);
    }
    const rest = lastOf(opener, onUntrue);
    if (rest.length > 0) yield told(rest);
  } finally {
    response.destroy();
  }
  if (hash.digest('base64') !== place.fileSha256) {
    onUntrue();
    throw new Error('whatsapp: the file is not the one that was sent');
  }
}

function lastOf(opener: { final(): Buffer }, onUntrue: () => void): Buffer {
  try {
    return opener.final();
  } catch {
    onUntrue();
    throw new Error('whatsapp: the file cannot be opened with its key');
  }
}

async function* piecesOf(response: IncomingMessage, idleMs: number): AsyncGenerator<Buffer> {
  response.setTimeout(idleMs, () => response.destroy(new Error('stalled')));
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) throw new Error('no bytes');
      yield piece;
    }
  } catch {
    throw new Error('whatsapp: download broke off');
  }
}
