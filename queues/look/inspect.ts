// Looks into a file of somebody's: what it is, whether it can be opened, how it looks when it is small. Only ever run in a process of its
// own (child.ts): this is where a file made on purpose does its harm.
import { stat } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import sharp, { type Sharp } from 'sharp';
import { zipIsSound } from './zip-end.ts';

/** More than any camera takes; a picture that unfolds to more is made to fill a memory. */
export const PIXELS_MAX = 200_000_000;
/** A larger picture gets no small one: it goes out as a document. */
const THUMBNAIL_BYTES_MAX = 50 * 1024 * 1024;
const EDGE = 100;
const QUALITY = 50;

/** What the eyes are for: nothing else that libvips could read is ever given to it. */
const EYES = ['Jpeg', 'Png', 'Webp'].flatMap((name) => [`VipsForeignLoad${name}File`, `VipsForeignLoad${name}Buffer`]);
const SEEN = ['image/jpeg', 'image/png', 'image/webp'];
const ZIPPED = /^application\/vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\./;

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: EYES });
sharp.cache(false);
sharp.concurrency(1);

/** `mime` without parameters, lower case; `null`: unknown. */
export type Inspected = { mime: string | null } | { damaged: true };

/** Rejects only when the file itself cannot be read. */
export async function inspect(path: string): Promise<Inspected> {
  const found = await fileTypeFromFile(path);
  const mime = found?.mime.split(';')[0]?.trim().toLowerCase() ?? null;
  if (mime === null) return { mime };
  if (SEEN.includes(mime) && !(await opens(path))) return { damaged: true };
  if (ZIPPED.test(mime) && !(await zipIsSound(path))) return { damaged: true };
  return { mime };
}

function picture(path: string): Sharp {
  return sharp(path, { limitInputPixels: PIXELS_MAX, failOn: 'error', sequentialRead: true, pages: 1 });
}

/** Read to its last row, at the smallest scale: a header alone says nothing of what follows. */
async function opens(path: string): Promise<boolean> {
  try {
    await picture(path).resize(EDGE, EDGE, { fit: 'inside' }).raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

export interface Thumbnail {
  /** JPEG, base64. */
  jpeg: string;
  /** Pixels of the picture itself, as it is shown; `null` when nobody has looked. */
  size: { width: number; height: number } | null;
}

/** `null` when it cannot be read as a picture, or is too large. Rejects only when the file itself cannot be read. */
export async function thumbnail(path: string): Promise<Thumbnail | null> {
  if ((await stat(path)).size > THUMBNAIL_BYTES_MAX) return null;
  try {
    const { width, height, orientation } = await picture(path).metadata();
    const small = picture(path).rotate().resize(EDGE, EDGE, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: QUALITY });
    const jpeg = (await small.toBuffer()).toString('base64');
    // From 5 on the camera lay on its side.
    return { jpeg, size: (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height } };
  } catch {
    return null;
  }
}
