// What kind a file is for an office, by the type that its content has: names and what a platform says about a file are claims.
import type { MediaKind } from '../src/sop/sop.ts';

export interface FileKind {
  /** Without parameters, lower case. */
  mime: string;
  kind: MediaKind;
}

/** Everything else is refused: what is not here can be neither shown in a chat nor opened in the office. */
const KINDS: Record<string, MediaKind> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'image/heic': 'photo',
  'image/heif': 'photo',
  'video/mp4': 'video',
  'video/x-m4v': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
  'video/3gpp': 'video',
  'video/3gpp2': 'video',
  'application/pdf': 'document',
  // The container of the old .doc, .xls and .ppt: the content does not tell them apart.
  'application/x-cfb': 'document',
  'application/rtf': 'document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'document',
  'application/vnd.oasis.opendocument.text': 'document',
  'application/vnd.oasis.opendocument.spreadsheet': 'document',
  'application/vnd.oasis.opendocument.presentation': 'document',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/aac': 'audio',
  'audio/ogg': 'audio',
  'audio/wav': 'audio',
  'audio/amr': 'audio',
  'audio/flac': 'audio',
};

/** `mime` without parameters, lower case, as the content says; `null`: unknown, or of no kind that is taken. */
export function kindOfMime(mime: string | null): FileKind | null {
  const kind = mime !== null && Object.hasOwn(KINDS, mime) ? KINDS[mime] : undefined;
  return mime === null || kind === undefined ? null : { mime, kind };
}
