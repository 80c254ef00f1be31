// What someone wants of a case, and why it may be refused. A refusal is a value, never an exception.
import type { Chat, PersonId } from '../office/office.ts';
import type { AccessibleForm, InformationClass, MediaKind, Sop } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CaseId, Decision, DetailPart, Media, MediaFault, MediaId, Rung, Text, Via } from './case.ts';

/** The step and round (and, for decisions, the revision) that the sender had before his eyes. */
export interface Seen {
  step: string;
  round: number;
  revision: number;
}

export type Command =
  | { type: 'open'; id: CaseId; sop: Sop; home: Chat; by: PersonId }
  | { type: 'choose-sop'; sop: Sop; by: PersonId }
  | { type: 'title'; title: string; by: PersonId }
  | { type: 'date'; eventDate: LocalDate; by: PersonId }
  | { type: 'caption'; caption: Text; by: PersonId }
  | { type: 'narrate'; narrative: Text; by: PersonId }
  | { type: 'add-media'; media: Media; by: PersonId }
  | { type: 'keep-media'; media: MediaId; sha256: string; bytes: number; mime: string; kind: MediaKind }
  | { type: 'refuse-media'; media: MediaId; why: MediaFault }
  | { type: 'drop-media'; media: MediaId; by: PersonId }
  | { type: 'detail'; part: DetailPart; text: string; by: PersonId }
  | { type: 'hand-in'; seen: { round: number }; by: PersonId }
  /** The task goes to the person who was named. */
  | { type: 'assign'; seen: { round: number }; by: PersonId }
  /** Whoever takes it makes it: his private chat becomes its home. */
  | { type: 'take'; seen: { step: string; round: number }; home: Chat; by: PersonId }
  | { type: 'withdraw'; by: PersonId }
  | { type: 'receive'; seen: Seen; note: string | null; via?: Via; by: PersonId }
  | { type: 'accept'; seen: Seen; note: string | null; via?: Via; by: PersonId }
  | { type: 'reject'; seen: Seen; reason: string; via?: Via; by: PersonId }
  /** A supervisor reminds whoever holds it. */
  | { type: 'nudge'; seen: Seen; by: PersonId }
  /** A supervisor gives it to somebody else. */
  | { type: 'reassign'; seen: Seen; to: PersonId; by: PersonId }
  | { type: 'respond'; seen: Seen; text: string; by: PersonId }
  | { type: 'repair'; seen: Seen; part: 'caption' | 'narrative'; text: Text; by: PersonId }
  | { type: 'schedule'; seen: Seen; schedule: Instant; by: PersonId }
  | { type: 'provide-form'; seen: Seen; form: AccessibleForm; text: string; by: PersonId }
  | { type: 'waive'; seen: Seen; channel: string; reason: string; by: PersonId }
  /** Enough channels: the rest is left. */
  | { type: 'finish'; seen: Seen; by: PersonId }
  | { type: 'announce'; seen: Seen; channel: string; link: string | null; proof: { sha256: string; bytes: number } | null; by: PersonId }
  /** The office has changed (people, hours, holidays): the step's deadline is computed again. */
  | { type: 'reconsider' }
  | { type: 'time-passed'; step: string; round: number; rung: Rung; due: Instant };

/** What is missing from a draft, in the order in which it is asked for. */
export type Missing =
  | { part: 'title' }
  | { part: 'date' }
  /** `kinds`: where others than pictures and videos are taken. */
  | { part: 'media'; have: number; min: number; pending: number; kinds?: MediaKind[] }
  /** `max` so that the question can name the limit; `length` of one that is there and too long. */
  | { part: 'caption'; max?: number; length?: number }
  | { part: 'narrative' }
  | { part: 'class'; allowed: InformationClass[] }
  | { part: Exclude<DetailPart, 'class'> };

export type Refusal =
  /** The account is bound to nobody, or the person was removed. */
  | { refused: 'stranger' }
  | { refused: 'not-your-role'; needed: string; yours: string[] }
  /** `principal`: it is not his own, but that of the person in whose stead he acts. */
  | { refused: 'own-case'; principal?: PersonId }
  | { refused: 'not-the-maker' }
  | { refused: 'already-decided'; decision: Decision }
  /** The card is of an earlier round or revision. */
  | { refused: 'outdated'; now: string }
  | { refused: 'not-now'; status: string }
  | { refused: 'incomplete'; missing: Missing[] }
  /** So many of its files are not stored yet. */
  | { refused: 'files-coming'; files: number }
  | { refused: 'title-length'; length: number; max: number }
  | { refused: 'date-unclear' }
  | { refused: 'date-future'; eventDate: LocalDate; maxDays: number }
  /** `later`: it came with a file while something else is asked for; it will be asked for in its turn. */
  | { refused: 'caption-length'; length: number; max: number; later?: true }
  | { refused: 'caption-empty' }
  | { refused: 'narrative-empty' }
  | { refused: 'narrative-is-caption' }
  | { refused: 'narrative-length'; length: number; max: number }
  /** The message that was edited is one of several that the text came in. */
  | { refused: 'edited-piece' }
  /** The text that the button stood for is not in hand any more. */
  | { refused: 'text-gone' }
  /** `of`: a reason for rejecting, or for leaving a channel out. */
  | { refused: 'reason-length'; of: 'rejection' | 'waiver'; length: number; min: number; max: number }
  | { refused: 'response-length'; length: number; max: number }
  | { refused: 'link-unclear' }
  | { refused: 'detail-length'; part: DetailPart; length: number; min: number; max: number }
  | { refused: 'class-unclear' }
  /** Information of this class may not be published by this SOP, or (`dikecualikan`) by none. */
  | { refused: 'class-forbidden'; class: string; allowed: InformationClass[] }
  | { refused: 'assignee-unclear'; candidates: string[] }
  | { refused: 'already-taken'; person: PersonId }
  | { refused: 'schedule-unclear' }
  | { refused: 'schedule-past'; schedule: Instant }
  | { refused: 'forms-incomplete'; have: number; min: number; forms: AccessibleForm[] }
  /** An offline channel is proved by a photo. */
  /** At least one channel must really show the content. */
  | { refused: 'last-channel' }
  | { refused: 'media-kind'; kind: MediaKind; allowed: MediaKind[] }
  | { refused: 'media-many'; max: number }
  /** A proof of publishing is of one of these kinds. */
  | { refused: 'proof-kind'; kind: MediaKind; allowed: MediaKind[] }
  /** This is done in the private chat with the bot. */
  | { refused: 'private-only' }
  /** What comes of it would be the first message to somebody who has never written here himself. */
  | { refused: 'write-first' }
  /** None of his roles has a deputy. */
  | { refused: 'deputy-not-meant' }
  | { refused: 'deputy-unclear'; names: string[] }
  | { refused: 'deputy-date'; why: 'unclear' | 'past' | 'before-begin' | 'too-long' }
  /** He has one for those days already, or the colleague stands in for somebody else. */
  | { refused: 'deputy-collides'; by: string; from: LocalDate; to: LocalDate | null }
  /** Reminded by hand a moment ago; once more from `again` on. */
  | { refused: 'nudged-lately'; person: PersonId; at: Instant; again: Instant }
  /** Whoever was to be reminded, or to be given it: there is nobody. */
  | { refused: 'nobody-there' }
  | { refused: 'already-reassigned'; person: PersonId; by: PersonId; at: Instant }
  | { refused: 'unknown-button' }
  | { refused: 'unknown-code' }
  | { refused: 'nothing-open' };

export const TITLE_MAX = 150;
export const NARRATIVE_MAX = 20_000;
export const REASON_MIN = 10;
export const REASON_MAX = 500;
export const RESPONSE_MAX = 500;
export const DETAIL_MIN = 3;
export const DETAIL_MAX = 500;
/** An accessible form handed in as text. */
export const FORM_MAX = 20_000;
export const MEDIA_MAX = 30;
export const DEFAULT_RESPONSE = 'Sesuai, tanpa catatan';
