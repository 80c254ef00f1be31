// The file in a message of WhatsApp, if it carries one that Alur can keep: what it is, how it is fetched, and where it belongs.
import type { HeardMedia } from '../../src/conversation/heard.ts';
import type { MediaKind } from '../../src/sop/sop.ts';
import { safeFileName } from '../telegram/clean.ts';
import { numberOf, type Shape, shapeOf, textOf } from '../telegram/shape.ts';
import { layersOf } from './content.ts';
import { fileIdOf } from './file-ref.ts';
import type { RawMessage } from './raw.ts';

export interface CarriedMedia {
  media: HeardMedia;
  caption?: string;
  /** The id of the announcement that it belongs to. */
  album?: string;
  /** It is the better copy of the file in this earlier message, whose place it takes: the app sends one photo twice then. */
  betterThan?: string;
}

const KINDS = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['documentMessage', 'document'],
  ['audioMessage', 'audio'],
] as const;

// MessageAssociation.AssociationType
const MEDIA_ALBUM = 1;
const BETTER_COPIES = [5, 10, 19];

/** `null`: no file in it, or a voice message, which is nothing to publish. A file that nobody could fetch comes with an empty `fileId`. */
export function mediaOf(raw: RawMessage, account: string): CarriedMedia | null {
  const layers = layersOf(raw.message);
  const content = layers.at(-1);
  if (content === undefined) return null;
  for (const [key, kind] of KINDS) {
    const file = shapeOf(content[key]);
    if (file !== null && file['ptt'] !== true) return carried(raw, account, file, kind, layers);
  }
  return null;
}

type Kind = (typeof KINDS)[number][1];

function carried(raw: RawMessage, account: string, file: Shape, kind: Kind, layers: Shape[]): CarriedMedia {
  const mime = textOf(file['mimetype']);
  const name = textOf(file['fileName']);
  const caption = textOf(file['caption']);
  const size = numberOf(file['fileLength']);
  const { id, remoteJid, participant } = raw.key;
  const fileId = fileIdOf({
    kind,
    directPath: file['directPath'],
    mediaKey: file['mediaKey'],
    fileSha256: file['fileSha256'],
    fileEncSha256: textOf(file['fileEncSha256']),
    fileLength: size,
    key: { id, remoteJid, participant },
  });
  return {
    media: {
      kind: kindOf(kind, mime),
      // The message's id is the file's name among those of its sender: a better copy tells its twin by it.
      file: { channel: 'whatsapp', account, fileId: fileId ?? '', uniqueId: id, ...(size === null || size < 0 ? {} : { size }) },
      ...(name === null ? {} : { name: safeFileName(name) }),
      ...(mime === null ? {} : { mime: mime.slice(0, 100) }),
    },
    ...(caption === null || caption === '' ? {} : { caption }),
    ...belongingOf(layers),
  };
}

function kindOf(kind: Kind, mime: string | null): MediaKind {
  if (kind === 'document') {
    if (mime?.startsWith('image/')) return 'photo';
    if (mime?.startsWith('video/')) return 'video';
    if (mime?.startsWith('audio/')) return 'audio';
    return 'document';
  }
  return kind === 'image' ? 'photo' : kind;
}

function belongingOf(layers: Shape[]): { album?: string; betterThan?: string } {
  for (const layer of layers) {
    const association = shapeOf(shapeOf(layer['messageContextInfo'])?.['messageAssociation']);
    const parent = textOf(shapeOf(association?.['parentMessageKey'])?.['id']);
    const type = numberOf(association?.['associationType']);
    if (parent === null || type === null) continue;
    if (type === MEDIA_ALBUM) return { album: parent };
    if (BETTER_COPIES.includes(type)) return { betterThan: parent };
  }
  return {};
}
