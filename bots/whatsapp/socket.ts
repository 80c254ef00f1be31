// What the messenger needs of the connection to WhatsApp: filled over Baileys by the gateway, by a fake in tests. Every call ends in a value.
import type { Instant } from '../../src/time.ts';

export type Content =
  | { text: string }
  /** Puts this text in the place of a message of ours; WhatsApp takes it for a quarter of an hour. */
  | { text: string; edit: string }
  /** One of the options may be chosen. `secret`: 32 bytes, the message secret that votes are sealed with. */
  | { poll: { name: string; options: string[]; secret: Uint8Array } };

export interface SendOptions {
  /** Chosen by us: a message that is sent again under its id shows once. */
  messageId: string;
  /** The message of this chat that it answers, ours. */
  replyTo?: string;
}

/** How the server took it. A promise that Baileys resolves means nothing yet: `taken` is the server's own acknowledgement. */
export type Taken =
  | { taken: 'yes' }
  /** The server's error, such as 463 (this chat may not be written to), 403, 479. */
  | { taken: 'no'; code: number }
  /** No word of it in time, or the connection broke: it may have been taken. */
  | { taken: 'unknown'; why: string };

export type SocketState =
  | { is: 'open' }
  | { is: 'connecting'; since: Instant }
  /** No number is linked, or WhatsApp has restricted it: nothing can go out until somebody has seen to it. */
  | { is: 'unpaired' | 'restricted'; since: Instant };

export interface Socket {
  /** The number, as `+62…`. */
  readonly account: string;
  state(): SocketState;
  /** `jid`: `62…@s.whatsapp.net`, `…@lid` or `…@g.us`. */
  send(jid: string, content: Content, options: SendOptions): Promise<Taken>;
}
