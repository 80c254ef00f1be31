// Keys at rest: AES-256-GCM under a key from outside the database. The place a value belongs to is sealed with it, so that a row put in
// another's place does not open.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
export const SEAL_KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed does not open: another key, another place, or it was touched. */
export class Unsealable extends Error {}

export interface Sealer {
  seal(place: string, plain: Uint8Array): Uint8Array;
  /** Throws `Unsealable`. */
  open(place: string, sealed: Uint8Array): Uint8Array;
}

/** `key`: 32 bytes. */
export function sealer(key: Uint8Array): Sealer {
  return {
    seal(place, plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv);
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([iv, body, cipher.getAuthTag()]);
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < IV_BYTES + TAG_BYTES) throw new Unsealable('too short to be sealed');
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        throw new Unsealable(`sealed with another key: ${createHash('sha256').update(place).digest('hex').slice(0, 8)}`);
      }
    },
  };
}
