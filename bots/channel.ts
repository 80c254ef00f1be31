// The port that every channel fills: how something is said, shown, changed and fetched. A channel knows all of its platform and
// nothing of the rules; every call ends in a value, never in an exception for what a platform may answer.
import type { FileRef } from '../src/case/case.ts';
import type { Heard } from '../src/conversation/heard.ts';
import type { Chat } from '../src/office/office.ts';
import type { Delivery } from '../src/ports/store.ts';
import type { MediaKind } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';

/**
 * A run of text. People's text is always a plain `text` of its own: never markup. `words`: the same where the platform has no buttons.
 */
export type Run = { text: string; bold?: true; code?: true; italic?: true; words?: string };

export interface Button {
  label: string;
  /** The bound reference, at most 64 bytes; or a link; or a text to be copied. */
  does: { tap: string } | { copy: string } | { link: string };
}

export interface Message {
  runs: Run[];
  buttons: Button[][];
  /** The next text of the person is meant as an answer to this (a reply is opened for him where the platform can). */
  asks?: boolean;
  /** Sent beside the text where the platform has no buttons: one of the options may be chosen. */
  poll?: { name: string; options: string[] };
  /** Comes without a sound, where the platform can. */
  silent?: boolean;
}

/** Ids that are ours to choose: the same for every attempt at the same delivery. */
export interface OwnIds {
  message: string;
  poll: string;
}

export interface OutFile {
  kind: MediaKind;
  /** The platform's own reference, when the file came from it through the same account. */
  ref: FileRef | null;
  sha256: string;
  name: string;
  mime: string;
  /** The bytes, from the vault. */
  open(): NodeJS.ReadableStream;
}

/** How a call to the platform ended. The words of the store's `Delivered`, before they are bound to a delivery. */
export type Sent =
  | { sent: 'yes'; messages: string[] }
  | { sent: 'unchanged' }
  /** The message that was to be changed or replied to is not there any more. */
  | { sent: 'gone' }
  | { sent: 'later'; afterMs: number; why: string; whole?: boolean }
  | { sent: 'refused'; why: string }
  /** `whole`: not this chat, the whole channel, for a while. */
  | { sent: 'unreachable'; why: string; whole?: boolean }
  | { sent: 'moved'; to: string };

export type Fetched =
  | { fetched: 'yes'; stream: NodeJS.ReadableStream; size: number | null }
  | { fetched: 'too-big'; max: number }
  | { fetched: 'gone' }
  /** `away`: the platform could not even be asked, which says nothing of the file. */
  | { fetched: 'later'; afterMs: number; why: string; away?: boolean };

/** What is about to go out. What goes to people nobody knows must not hold up the others. */
export type Going = 'message' | 'change' | 'message to a stranger';

export interface Channel {
  readonly name: Chat['channel'];
  /** The bot's own id on the platform. */
  readonly account: string;
  /** Longest text of one message, in UTF-16 units. */
  readonly textMax: number;
  /** On a platform without buttons: the ids of what this delivery will send. What can be chosen is written out in the text, and on record before it goes. */
  ownIds?(delivery: Pick<Delivery, 'id' | 'createdAt'>): OwnIds;
  say(chat: Chat, message: Message, options: { replyTo?: string; ids?: OwnIds }): Promise<Sent>;
  edit(chat: Chat, id: string, message: Message): Promise<Sent>;
  /** At most ten files of one album kind. */
  album(chat: Chat, files: OutFile[], ids?: OwnIds): Promise<Sent>;
  answer(tap: string, text: string | null, alert: boolean): Promise<Sent>;
  /** Milliseconds until the platform's pace allows this; 0: now. Asked before anything is made: it would be made in vain. */
  waitMs?(chat: Chat, what: Going): number;
  fetch(file: FileRef): Promise<Fetched>;
  /** A link by which a person opens a chat with the bot and redeems the code. */
  invitation(code: string): string | null;
  /** A raw update in shared words. Total: whatever came, an answer comes back. `at` for updates without a time of their own. */
  translate(body: unknown, at: Instant): Heard;
}
