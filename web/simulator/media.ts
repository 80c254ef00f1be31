// A file given to a send method: a known file_id, or an upload; checked and put into the message's shape.
import type { FileStore, StoredFile } from './files.ts';
import type { Params, Upload } from './params.ts';
import type { Failure, FileKind, Message } from './wire.ts';
import { refuse } from './wire.ts';

const MIB = 1024 * 1024;
// Uploads end at 50 MB, photos at 10 MB.
const UPLOAD_MAX = 50 * MIB;
const PHOTO_MAX = 10 * MIB;

/** `value` is a file_id, `attach://name`, or absent when the upload bears the parameter's own name. */
export async function readFile(
  files: FileStore,
  params: Params,
  kind: FileKind,
  value: unknown,
  name: string,
): Promise<StoredFile | Failure> {
  const given = typeof value === 'string' ? value : undefined;
  const upload = given?.startsWith('attach://') ? params.uploads.get(given.slice('attach://'.length)) : params.uploads.get(name);
  if (upload) return store(files, kind, upload);
  if (given === undefined || given === '') return refuse(400, `there is no ${kind} in the request`);
  if (given.startsWith('attach://')) return refuse(400, `file "${given}" is not found in the request`);
  const known = files.find(given);
  if (!known) return refuse(400, 'wrong file identifier/HTTP URL specified');
  if (known.kind !== kind) return refuse(400, `can't use file of type ${known.kind} as ${kind}`);
  return known;
}

async function store(files: FileStore, kind: FileKind, upload: Upload): Promise<StoredFile | Failure> {
  if (upload.bytes.length === 0) return refuse(400, 'file must be non-empty');
  if (upload.bytes.length > UPLOAD_MAX) return refuse(413, 'Request Entity Too Large');
  if (kind === 'photo' && upload.bytes.length > PHOTO_MAX) return refuse(400, 'PHOTO_SAVE_FILE_INVALID');
  const mime = kind === 'document' ? mimeOf(upload.name) : undefined;
  const stored = await files.add({ kind, bytes: upload.bytes, name: upload.name, ...(mime !== undefined ? { mime } : {}) });
  return kind === 'photo' && stored.width <= 1 ? refuse(400, 'IMAGE_PROCESS_FAILED') : stored;
}

const BY_EXTENSION: Record<string, string> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
};

/** What a phone believes of a file by its name alone. */
export function mimeOf(name: string): string | undefined {
  return BY_EXTENSION[name.toLowerCase().split('.').at(-1) ?? ''];
}

export function mediaBody(files: FileStore, file: StoredFile): Partial<Message> {
  const shapes = files.shapes(file);
  const whole = shapes.at(-1);
  if (whole === undefined) return {};
  switch (file.kind) {
    case 'photo':
      return { photo: shapes };
    case 'video':
      return { video: whole };
    case 'document':
      return { document: whole };
    case 'audio':
      return { audio: whole };
    case 'voice':
      return { voice: whole };
    case 'animation':
      return { animation: whole };
    case 'sticker':
      return { sticker: { ...whole, type: 'regular', emoji: '👍', is_animated: false, is_video: false } };
  }
}
