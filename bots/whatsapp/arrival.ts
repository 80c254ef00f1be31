// A decrypted WhatsApp message as a row of the inbox: which lane it waits in, and under which id it is known.
import './quiet-libsignal.ts';
import { proto, type WAMessageKey } from '@whiskeysockets/baileys';
import type { Arrival } from '../../src/ports/store.ts';
import { chatOf, externalIdOf, plainId } from './known-by.ts';
import type { RawKey, RawMessage } from './raw.ts';

/** A quoted message may quote another, and so on, for as long as its sender likes. */
const DEPTH_MAX = 32;
const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** What is known of a message beside its content. */
export interface Envelope {
  key: WAMessageKey;
  /** Whole seconds. */
  messageTimestamp: number;
  pushName: string | null | undefined;
}

export interface Me {
  pn: string;
  lid: string | null;
}

/** The key without device parts, or `null` when this is no message of a person in a private chat or a group, or one of our own. */
export function rawKeyOf(key: WAMessageKey): RawKey | null {
  const remoteJid = plainId(key.remoteJid);
  const inGroup = remoteJid?.endsWith('@g.us') ?? false;
  const participant = inGroup ? plainId(key.participant) : null;
  if (key.fromMe === true || remoteJid === null || !key.id || (inGroup && participant === null)) return null;
  return {
    id: key.id,
    remoteJid,
    remoteJidAlt: inGroup ? null : plainId(key.remoteJidAlt),
    participant,
    participantAlt: inGroup ? plainId(key.participantAlt) : null,
    fromMe: false,
  };
}

/** `false` for what carries nothing that a person said: keys for a group, settings of a chat. */
export function saysSomething(message: proto.IMessage): boolean {
  const { senderKeyDistributionMessage, messageContextInfo, protocolMessage, ...rest } = message;
  if (Object.values(rest).some((field) => field !== null && field !== undefined)) return true;
  return protocolMessage?.type === REVOKE || protocolMessage?.type === MESSAGE_EDIT;
}

/** `message` `null`: WhatsApp keeps the content from linked devices. */
export function arrivalOf(envelope: Envelope, key: RawKey, message: proto.IMessage | null, me: Me, account: string): Arrival {
  const plain = message && proto.Message.toObject(proto.Message.fromObject(message), { bytes: String, longs: Number, enums: Number });
  const body: RawMessage = {
    key,
    me,
    messageTimestamp: envelope.messageTimestamp,
    pushName: envelope.pushName ?? null,
    message: plain && (shallow(plain, 0) as Record<string, unknown>),
  };
  const externalId = externalIdOf(key);
  return {
    channel: 'whatsapp',
    account,
    externalId: message === null ? `${externalId}#unavailable` : externalId,
    lane: `whatsapp:${account}:${chatOf(key)}`,
    body,
    // A vote waits in its chat's lane like every other word: the reason for it may be the very next message.
    tap: false,
  };
}

function shallow(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((item) => shallow(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shallow(field, depth + 1)]));
}
