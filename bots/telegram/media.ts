// The file in a message, if it carries one that Alur can keep.
import type { HeardMedia } from '../../src/conversation/heard.ts';
import type { MediaKind } from '../../src/sop/sop.ts';
import { safeFileName } from './clean.ts';
import { listOf, numberOf, type Shape, shapeOf, textOf } from './shape.ts';

export function mediaOf(message: Shape, account: string): HeardMedia | null {
  const photo = largestOf(message['photo']);
  if (photo) return media('photo', photo, account);
  // An animation comes with a document of the same file for old clients: it is looked at first.
  for (const key of ['video', 'animation', 'video_note']) {
    const video = fileOf(message[key]);
    if (video) return media('video', video, account);
  }
  const audio = fileOf(message['audio']);
  if (audio) return media('audio', audio, account);
  const document = fileOf(message['document']);
  return document === null ? null : media(kindOf(textOf(document['mime_type'])), document, account);
}

function kindOf(mime: string | null): MediaKind {
  if (mime?.startsWith('image/')) return 'photo';
  if (mime?.startsWith('video/')) return 'video';
  if (mime?.startsWith('audio/')) return 'audio';
  return 'document';
}

function media(kind: MediaKind, file: Shape, account: string): HeardMedia {
  const size = numberOf(file['file_size']);
  const name = textOf(file['file_name']);
  const mime = textOf(file['mime_type']);
  const fileId = textOf(file['file_id']) ?? '';
  return {
    kind,
    file: {
      channel: 'telegram',
      account,
      fileId,
      uniqueId: textOf(file['file_unique_id']) ?? fileId,
      ...(size === null || size < 0 ? {} : { size }),
    },
    ...(name === null ? {} : { name: safeFileName(name) }),
    ...(mime === null ? {} : { mime: mime.slice(0, 100) }),
  };
}

function fileOf(value: unknown): Shape | null {
  const file = shapeOf(value);
  return file !== null && (textOf(file['file_id']) ?? '') !== '' ? file : null;
}

/** Telegram sends every photo in several sizes. */
function largestOf(sizes: unknown): Shape | null {
  let largest: Shape | null = null;
  for (const size of listOf(sizes)) {
    const file = fileOf(size);
    if (file && (largest === null || areaOf(file) > areaOf(largest))) largest = file;
  }
  return largest;
}

function areaOf(size: Shape): number {
  return (numberOf(size['width']) ?? 0) * (numberOf(size['height']) ?? 0);
}
