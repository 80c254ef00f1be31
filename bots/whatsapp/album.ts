// Files that go out: from the vault, uploaded anew for each chat, pictures and videos as an album, what WhatsApp cannot show as a document.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AnyMessageContent } from '@whiskeysockets/baileys';
import type { Thumbnail } from '../../queues/look/looker.ts';
import type { OutFile } from '../channel.ts';
import type { Taken } from './socket.ts';
import { videoThumbnail } from './thumbnail.ts';

const ALBUM_MAX = 10;
/** What phones show as a picture or play as a video; the rest goes as a document, which keeps every byte as well. */
const PICTURES = ['image/jpeg', 'image/png'];
const VIDEOS = ['video/mp4', 'video/3gpp'];

/** Sends one content under an id of our own choice. */
export type SendContent = (jid: string, content: AnyMessageContent, messageId: string) => Promise<Taken>;

/** The small picture that stands in a chat until the file itself is loaded; `null`: it has none. */
export type Small = (sha256: string) => Promise<Thumbnail | null>;

export type FilesTaken = { taken: 'yes'; messages: string[] } | Exclude<Taken, { taken: 'yes' }>;

/**
 * At most ten files. `base`: an id that is the same at every attempt of one delivery; the ids of all messages are drawn from it, so that
 * what got through before is shown once. `messages` are the files' own, in their order.
 */
export async function sendFiles(
  send: SendContent,
  small: Small,
  jid: string,
  files: readonly OutFile[],
  base: string,
): Promise<FilesTaken> {
  const ready = await Promise.all(files.slice(0, ALBUM_MAX).map((file) => readyOf(file, small)));
  const shown = ready.filter(({ as }) => as !== 'document');
  const album = shown.length > 1 ? idFor(base, 'album') : null;
  if (album !== null) {
    const images = shown.filter(({ as }) => as === 'image').length;
    const expected = { expectedImageCount: images, expectedVideoCount: shown.length - images };
    const taken = await send(jid, { album: expected }, album);
    if (taken.taken !== 'yes') return taken;
  }
  const messages: string[] = [];
  for (const [index, one] of ready.entries()) {
    const id = idFor(base, String(index));
    const taken = await send(jid, contentOf(one, jid, one.as === 'document' ? null : album), id);
    if (taken.taken !== 'yes') return taken;
    messages.push(id);
  }
  return { taken: 'yes', messages };
}

/** Looks like the ids of the app's own messages. */
function idFor(base: string, part: string): string {
  return `3EB0${createHash('sha256').update(`${base} ${part}`).digest('hex').slice(0, 18).toUpperCase()}`;
}

type Ready = { file: OutFile } & ({ as: 'document' } | { as: 'image' | 'video'; thumbnail: Thumbnail });

async function readyOf(file: OutFile, small: Small): Promise<Ready> {
  if (VIDEOS.includes(file.mime)) return { file, as: 'video', thumbnail: await videoThumbnail() };
  const thumbnail = PICTURES.includes(file.mime) ? await small(file.sha256).catch(() => null) : null;
  return thumbnail === null ? { file, as: 'document' } : { file, as: 'image', thumbnail };
}

function contentOf(ready: Ready, jid: string, album: string | null): AnyMessageContent {
  const { file } = ready;
  const upload = { stream: Readable.from(file.open(), { objectMode: false }) };
  const belongs = album === null ? {} : { albumParentKey: { remoteJid: jid, fromMe: true, id: album } };
  if (ready.as === 'document') return { document: upload, mimetype: file.mime, fileName: file.name };
  // Without a thumbnail of ours Baileys would start another program to make one.
  const seen = { jpegThumbnail: ready.thumbnail.jpeg, mimetype: file.mime, ...(ready.thumbnail.size ?? {}), ...belongs };
  return ready.as === 'image' ? { image: upload, ...seen } : { video: upload, ...seen };
}
