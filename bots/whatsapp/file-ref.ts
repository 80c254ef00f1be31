// What is needed to fetch a file of WhatsApp again, as the opaque text that a file reference carries. It holds the file's key: never to be logged.
import { z } from 'zod';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const digest = z.string().length(44).regex(BASE64);

const Place = z.strictObject({
  kind: z.enum(['image', 'video', 'document', 'audio']),
  /** On the media host that WhatsApp names to us; whatever host the sender names is never asked. */
  directPath: z
    .string()
    .max(2000)
    .regex(/^\/(?!\/)[^\s]*$/),
  /** 32 bytes, base64, as are the hashes (SHA-256) of the content and of the ciphertext. */
  mediaKey: digest,
  fileSha256: digest,
  fileEncSha256: digest.nullable(),
  /** Bytes, as the sender says. */
  fileLength: z.number().int().nonnegative().nullable(),
  /** Where the message stands, in case the file has to be asked for again. */
  key: z.strictObject({ id: z.string().max(200), remoteJid: z.string().max(100), participant: z.string().max(100).nullable() }),
});
export type MediaPlace = z.infer<typeof Place>;

/** `null` when this could never be fetched: no path, no key, no hash. */
export function fileIdOf(place: { [K in keyof MediaPlace]: unknown }): string | null {
  const read = Place.safeParse(place);
  return read.success ? Buffer.from(JSON.stringify(read.data)).toString('base64url') : null;
}

export function placeOf(fileId: string): MediaPlace | null {
  try {
    const read = Place.safeParse(JSON.parse(Buffer.from(fileId, 'base64url').toString()));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
