// Who and where, in ids that stay the same: WhatsApp names a person by his number on one day and by a hidden id on the next.
import type { Chat } from '../../src/office/office.ts';

const NUMBER = /^([1-9]\d{6,14})(?::\d{1,3})?@(?:s\.whatsapp\.net|c\.us)$/;
const HIDDEN = /^([1-9]\d{3,24})(?::\d{1,3})?@lid$/;
const GROUP = /^\d[\d-]{5,40}@g\.us$/;

/** `+6281200000005` for a number, `100000000000001@lid` for a hidden id, without device part; `null` for whatever is no person. */
export function accountOf(jid: string | null | undefined): string | null {
  const number = NUMBER.exec(jid ?? '')?.[1];
  if (number !== undefined) return `+${number}`;
  const hidden = HIDDEN.exec(jid ?? '')?.[1];
  return hidden === undefined ? null : `${hidden}@lid`;
}

export interface Sender {
  /** The number when it is known, else the hidden id: also the id of his private chat. */
  id: string;
  /** The hidden id beside the number. */
  alt: string | null;
}

/** The two forms in which a message names its sender, in any order. */
export function senderOf(jid: string | null | undefined, alt: string | null | undefined): Sender | null {
  const known = [accountOf(jid), accountOf(alt)].filter((id) => id !== null);
  const id = known.find((one) => one.startsWith('+')) ?? known[0];
  if (id === undefined) return null;
  const hidden = known.find((one) => !one.startsWith('+')) ?? null;
  return { id, alt: hidden === id ? null : hidden };
}

/** The group's id, when the chat is one. */
export function groupOf(jid: string | null | undefined): string | null {
  return GROUP.test(jid ?? '') ? (jid ?? null) : null;
}

/** Where WhatsApp delivers what goes to this chat; `null` when it is none of WhatsApp. */
export function jidOf(chat: Chat): string | null {
  if (chat.channel !== 'whatsapp') return null;
  if (/^\+[1-9]\d{6,14}$/.test(chat.id)) return `${chat.id.slice(1)}@s.whatsapp.net`;
  return HIDDEN.test(chat.id) || GROUP.test(chat.id) ? chat.id : null;
}
