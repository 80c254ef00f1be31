// Under which name a message is known and in which chat it stands: the same whichever of his two ids its sender used.
import './quiet-libsignal.ts';
import { jidNormalizedUser } from '@whiskeysockets/baileys';
import { accountOf, groupOf, senderOf } from './identity.ts';
import type { RawKey } from './raw.ts';

/** Longest id of a message that is kept as it is; real ones have 20 to 32 characters. */
const ID_MAX = 128;

/** Without device part, or `null` for something that is no person and no group. */
export function plainId(jid: string | null | undefined): string | null {
  const plain = jidNormalizedUser(jid ?? undefined);
  return accountOf(plain) === null && groupOf(plain) === null ? null : plain;
}

/** The group, or the person by his number when either form of his id is one. */
export function chatOf(key: Pick<RawKey, 'remoteJid' | 'remoteJidAlt'>): string {
  return groupOf(key.remoteJid) ?? senderOf(key.remoteJid, key.remoteJidAlt)?.id ?? key.remoteJid;
}

/** A message's id is its sender's own choice: it counts only together with him. */
export function externalIdOf(key: RawKey): string {
  const inGroup = key.participant !== null;
  const sender = inGroup ? senderOf(key.participant, key.participantAlt) : senderOf(key.remoteJid, key.remoteJidAlt);
  // The hidden id first: it is there in every message, the number only in some.
  return `${inGroup ? `${key.remoteJid}|` : ''}${sender?.alt ?? sender?.id ?? ''}|${key.id.slice(0, ID_MAX)}`;
}
