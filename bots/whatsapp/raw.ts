// What a WhatsApp message is in the inbox: plain JSON, written in the transaction of the ratchet step that decrypted it, so it holds all
// that whoever reads it later needs. Nothing of it has been judged.

/**
 * Where a message stands and who wrote it, as Baileys' message key. Ids of people come in two forms, the number
 * (`6281200000005@s.whatsapp.net`) and the hidden one (`100000000000001@lid`), with no device part; a group is `…@g.us`.
 * `remoteJidAlt` and `participantAlt` are the other form of the same person, as the message itself named it or as an earlier one taught;
 * `null` when neither did.
 */
export interface RawKey {
  id: string;
  /** The chat: the sender in a private chat, the group in a group. */
  remoteJid: string;
  remoteJidAlt: string | null;
  /** The sender within a group; `null` in a private chat. */
  participant: string | null;
  participantAlt: string | null;
  /** Always `false` here: what was sent from the number itself is not heard. Copied, because a quoted key is compared with it. */
  fromMe: boolean;
}

/** The body of an inbox row of the channel `whatsapp`. */
export interface RawMessage {
  key: RawKey;
  /** The bot's own ids when it heard this, without device part; a poll's votes are sealed to one of them. `lid` is `null` when it is not known yet. */
  me: { pn: string; lid: string | null };
  /** When the sender's server took it, in whole seconds since 1970. */
  messageTimestamp: number;
  /** The name the sender gives himself: never to be trusted. */
  pushName: string | null;
  /**
   * `proto.Message` as `toObject(…, { bytes: String, longs: Number, enums: Number })` writes it: bytes in base64, times and sizes and enums as numbers.
   * `proto.Message.fromObject` takes it back. The sender made it: any field may be missing, wrong or hostile. `null` when WhatsApp keeps the
   * content from linked devices (a photo to be seen once): the sender has to be asked to send it in the ordinary way. The id of such a
   * row ends in `#unavailable`, so that the content, should it still come, is a row of its own.
   */
  message: Record<string, unknown> | null;
}
