// Ids of our own messages, and the secrets of our polls: made from the key that seals the buttons, so that a delivery tried again sends the
// same message again, and a vote can be read without anything having been stored.
import { createHmac } from 'node:crypto';
import type { Delivery } from '../../src/ports/store.ts';
import type { Instant } from '../../src/time.ts';
import type { OwnIds } from '../channel.ts';

/** As WhatsApp's own clients in a browser begin theirs. */
const PREFIX = '3EB0';
const TIME_DIGITS = 8;
const REST_DIGITS = 20;

function hmac(key: Uint8Array, what: string): Buffer {
  return createHmac('sha256', key).update(`whatsapp ${what}`).digest();
}

function idOf(key: Uint8Array, at: Instant, what: string): string {
  const seconds = Math.floor(at / 1000) % 16 ** TIME_DIGITS;
  return `${PREFIX}${seconds.toString(16).padStart(TIME_DIGITS, '0')}${hmac(key, what).toString('hex').slice(0, REST_DIGITS)}`.toUpperCase();
}

export function ownIds(key: Uint8Array, { id, createdAt }: Pick<Delivery, 'id' | 'createdAt'>): OwnIds {
  return { message: idOf(key, createdAt, `message ${id}`), poll: idOf(key, createdAt, `poll ${id}`) };
}

/** The id of one more message that goes with one of ours: a file of an album, a change of its text. */
export function idBeside(key: Uint8Array, of: string, what: string): string {
  return `${of.slice(0, PREFIX.length + TIME_DIGITS)}${hmac(key, `${what} of ${of}`).toString('hex').slice(0, REST_DIGITS)}`.toUpperCase();
}

/** When the delivery of this message was made: never later than it was sent. `null` for an id that is none of ours. */
export function madeAt(id: string): Instant | null {
  const match = /^3EB0([0-9A-F]{8})[0-9A-F]{20}$/.exec(id);
  return match ? Number.parseInt(match[1] ?? '', 16) * 1000 : null;
}

/** The 32 bytes that the votes in this poll are sealed with. */
export function pollSecret(key: Uint8Array, poll: string): Buffer {
  return hmac(key, `poll secret ${poll}`);
}
