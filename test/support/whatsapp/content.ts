// What people's phones put into messages: encrypted files, albums, votes, reactions, edits, answers.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { aesEncryptGCM, getMediaKeys, hkdf, hmacSign, type MediaType, proto } from '@whiskeysockets/baileys';

export type FileKind = 'image' | 'video' | 'document' | 'audio';

export interface FileSealed {
  encrypted: Buffer;
  mediaKey: Buffer;
  fileSha256: Buffer;
  fileEncSha256: Buffer;
  fileLength: number;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** As WhatsApp seals files: AES-CBC, ten bytes of an HMAC behind it, keys drawn from one media key. */
export async function sealFile(bytes: Uint8Array, kind: FileKind): Promise<FileSealed> {
  const mediaKey = randomBytes(32);
  const { cipherKey, iv, macKey } = await fileKeys(mediaKey, kind);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, 10);
  const encrypted = Buffer.concat([body, mac]);
  return { encrypted, mediaKey, fileSha256: sha256(bytes), fileEncSha256: sha256(encrypted), fileLength: bytes.length };
}

/** Throws when the bytes are not those that were sealed. */
export async function openFile(encrypted: Buffer, mediaKey: Uint8Array, kind: FileKind): Promise<Buffer> {
  const { cipherKey, iv, macKey } = await fileKeys(mediaKey, kind);
  const body = encrypted.subarray(0, -10);
  const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, 10);
  if (!mac.equals(encrypted.subarray(-10))) throw new Error('the file was changed on its way');
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

async function fileKeys(mediaKey: Uint8Array, kind: FileKind): Promise<{ cipherKey: Buffer; iv: Buffer; macKey: Buffer }> {
  const type: MediaType = kind;
  const { cipherKey, iv, macKey } = await getMediaKeys(mediaKey, type);
  if (!macKey) throw new Error('no key for the seal');
  return { cipherKey: Buffer.from(cipherKey), iv: Buffer.from(iv), macKey: Buffer.from(macKey) };
}

/** A phone's answer to the request to upload a file again, sealed under the file's own key. */
export function mediaRetryAnswer(mediaKey: Uint8Array, id: string, directPath: string): { ciphertext: Buffer; iv: Buffer } {
  const key = Buffer.from(hkdf(mediaKey, 32, { info: 'WhatsApp Media Retry Notification' }));
  const result = proto.MediaRetryNotification.ResultType.SUCCESS;
  const plain = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result }).finish();
  const iv = randomBytes(12);
  return { ciphertext: aesEncryptGCM(plain, key, iv, Buffer.from(id)), iv };
}

export interface Vote {
  poll: string;
  secret: Uint8Array;
  /** None: the vote is taken back. */
  options: string[];
  /** The identity under which the maker of the poll and the voter are known to the voter's phone. */
  creator: string;
  voter: string;
}

/** The inverse of Baileys' decryptPollVote. */
export function sealVote(vote: Vote): { encPayload: Buffer; encIv: Buffer } {
  const plain = proto.Message.PollVoteMessage.encode({
    selectedOptions: vote.options.map((option) => sha256(Buffer.from(option))),
  }).finish();
  const parts = [vote.poll, vote.creator, vote.voter, 'Poll Vote'].map((part) => Buffer.from(part));
  const base = hmacSign(Buffer.from(vote.secret), Buffer.alloc(32), 'sha256');
  const key = hmacSign(Buffer.concat([...parts, Buffer.from([1])]), base, 'sha256');
  const encIv = randomBytes(12);
  return { encPayload: aesEncryptGCM(plain, key, encIv, Buffer.from(`${vote.poll}\u0000${vote.voter}`)), encIv };
}
