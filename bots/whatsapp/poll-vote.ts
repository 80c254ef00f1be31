// A vote in one of our polls, read: WhatsApp seals it to the poll's secret, its creator and its voter, each by one of two ids, and does not
// say by which. As Baileys and whatsmeow do it; reading it here keeps the process that hears free of both.
import { createDecipheriv, createHmac } from 'node:crypto';

export interface SealedVote {
  /** AES-256-GCM, the tag behind it. */
  payload: Buffer;
  iv: Buffer;
}

export interface VotePair {
  poll: string;
  secret: Uint8Array;
  /** `…@s.whatsapp.net` or `…@lid`, without device part, as are the voter's. */
  creator: string;
  voter: string;
}

const TAG_BYTES = 16;
const HASH_BYTES = 32;

export function voteKey({ poll, secret, creator, voter }: VotePair): Buffer {
  const mac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest();
  const use = Buffer.concat([Buffer.from(`${poll}${creator}${voter}Poll Vote`), Buffer.from([1])]);
  return mac(mac(new Uint8Array(32), secret), use);
}

function opened({ payload, iv }: SealedVote, pair: VotePair): Buffer | null {
  if (payload.length < TAG_BYTES || iv.length !== 12) return null;
  try {
    const cipher = createDecipheriv('aes-256-gcm', voteKey(pair), iv);
    cipher.setAAD(Buffer.from(`${pair.poll}\u0000${pair.voter}`));
    cipher.setAuthTag(payload.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(payload.subarray(0, -TAG_BYTES)), cipher.final()]);
  } catch {
    return null;
  }
}

/** `PollVoteMessage { repeated bytes selectedOptions = 1 }`: each field is `0A 20` and a hash. */
function hashesIn(message: Buffer): string[] | null {
  const hashes: string[] = [];
  for (let at = 0; at < message.length; at += 2 + HASH_BYTES) {
    if (message[at] !== 0x0a || message[at + 1] !== HASH_BYTES || at + 2 + HASH_BYTES > message.length) return null;
    hashes.push(message.subarray(at + 2, at + 2 + HASH_BYTES).toString('hex'));
  }
  return hashes;
}

/** SHA-256 hashes (hex) of the chosen options, `[]` for a withdrawn vote; `null` when no pair opens it. */
export function readVote(sealed: SealedVote, pairs: readonly VotePair[]): string[] | null {
  for (const pair of pairs) {
    const message = opened(sealed, pair);
    if (message !== null) return hashesIn(message);
  }
  return null;
}
