// What a channel heard, in words that every channel shares. The raw update stays in the inbox.
import type { FileRef } from '../case/case.ts';
import type { Chat } from '../office/office.ts';
import type { MediaKind } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import type { Offer } from './offer.ts';

export interface Heard {
  /** The bot that heard it. */
  account: string;
  chat: Chat;
  /** A group is a chat of several people; questions are asked there only as replies. */
  chatKind: 'private' | 'group';
  /** The sender's account on the platform: a numeric id (Telegram), never a name. `null`: a channel, an anonymous admin, another bot. */
  from: Sender | null;
  /** The platform's own time of the message. */
  at: Instant;
  what: What;
}

export interface Sender {
  id: string;
  name: string;
  /** Another id by which the platform names him. */
  alt?: string;
}

export type What =
  /** `replyTo`: the message that it answers, when it does; `toUs`: that message is one of ours. */
  | { kind: 'text'; text: string; message: string; replyTo?: string; toUs?: true }
  /** `betterThan`: it is the better copy of the file with this unique id, whose place it takes. */
  | {
      kind: 'media';
      media: HeardMedia;
      caption?: string;
      album?: string;
      betterThan?: string;
      message: string;
      replyTo?: string;
      toUs?: true;
    }
  /** `data` is exactly what the button carried, unchecked. `tap` answers it. */
  | { kind: 'tap'; data: string; tap: string; message: string | null; spoken?: Spoken }
  /** In a poll of ours: SHA-256 (hex) of what was chosen; nothing when the choice was withdrawn. `at`: the sender's own time. */
  | { kind: 'vote'; poll: string; options: string[]; at: Instant; message: string }
  /** To a message of ours; withdrawn ones are not heard. */
  | { kind: 'reaction'; message: string; emoji: string }
  /** Words, a vote or a reaction that decide nothing: `offers` may be meant. */
  | { kind: 'unclear'; why: 'words' | 'reaction' | 'withdrawn' | 'no-card' | 'gone'; number: string | null; offers: Offer[] }
  | { kind: 'edited'; text: string; message: string; field: 'text' | 'caption' }
  | { kind: 'unsupported'; name: 'sticker' | 'contact' | 'location' | 'voice' | 'poll' | 'view-once' | 'other'; message: string }
  /** The person has blocked the bot, or let it back in. */
  | { kind: 'blocked'; blocked: boolean }
  /** The group lives on under another id. */
  | { kind: 'moved'; to: string }
  /** Nothing for us: kept, answered by nothing. */
  | { kind: 'nothing' };

/** The tap was made in words, or by a vote: it is answered in words. `text`: the reason or response that came along. */
export interface Spoken {
  text: string | null;
  /** The choice was named by its word, not by its number. */
  word?: true;
}

export interface HeardMedia {
  kind: MediaKind;
  file: FileRef;
  name?: string;
  mime?: string;
}
