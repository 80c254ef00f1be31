// What someone wants of a case, and why it may be refused. A refusal is a value, never an exception.
import type { Chat, PersonId } from '../office/office.ts';
import type { MediaKind, Sop } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CaseId, Decision, Media, MediaFault, MediaId, Rung, Text } from './case.ts';

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
  | { type: 'hand-in'; seen: { round: number }; by: PersonId }
  | { type: 'withdraw'; by: PersonId }
  | { type: 'receive'; seen: Seen; note: string | null; by: PersonId }
  | { type: 'accept'; seen: Seen; note: string | null; by: PersonId }
  | { type: 'reject'; seen: Seen; reason: string; by: PersonId }
  | { type: 'respond'; seen: Seen; text: string; by: PersonId }
  | { type: 'announce'; seen: Seen; channel: string; link: string | null; proof: { sha256: string; bytes: number } | null; by: PersonId }
  /** The office has changed (people, hours, holidays): the step's deadline is computed again. */
  | { type: 'reconsider' }
  | { type: 'time-passed'; step: string; round: number; rung: Rung; due: Instant };

/** What is missing from a draft, in the order in which it is asked for. */
export type Missing =
  | { part: 'title' }
  | { part: 'date' }
  | { part: 'media'; have: number; min: number; pending: number }
  /** `max` so that the question can name the limit. */
  | { part: 'caption'; max?: number }
  | { part: 'narrative' };

export type Refusal =
  /** The account is bound to nobody, or the person was removed. */
  | { refused: 'stranger' }
  | { refused: 'not-your-role'; needed: string; yours: string[] }
  | { refused: 'own-case' }
  | { refused: 'not-the-maker' }
  | { refused: 'already-decided'; decision: Decision }
  /** The card is of an earlier round or revision. */
  | { refused: 'outdated'; now: string }
  | { refused: 'not-now'; status: string }
  | { refused: 'incomplete'; missing: Missing[] }
  | { refused: 'title-length'; length: number; max: number }
  | { refused: 'date-unclear' }
  | { refused: 'date-future'; eventDate: LocalDate; maxDays: number }
  /** `later`: it came with a file while something else is asked for; it will be asked for in its turn. */
  | { refused: 'caption-length'; length: number; max: number; later?: true }
  | { refused: 'caption-empty' }
  | { refused: 'narrative-empty' }
  | { refused: 'narrative-is-caption' }
  | { refused: 'narrative-length'; length: number; max: number }
  | { refused: 'reason-length'; length: number; min: number; max: number }
  | { refused: 'response-length'; length: number; max: number }
  | { refused: 'link-unclear' }
  | { refused: 'media-kind'; kind: MediaKind; allowed: MediaKind[] }
  | { refused: 'media-many'; max: number }
  | { refused: 'unknown-button' }
  | { refused: 'unknown-code' }
  | { refused: 'nothing-open' };

export const TITLE_MAX = 150;
export const NARRATIVE_MAX = 20_000;
export const REASON_MIN = 10;
export const REASON_MAX = 500;
export const RESPONSE_MAX = 500;
export const MEDIA_MAX = 30;
export const DEFAULT_RESPONSE = 'Sesuai, tanpa catatan';
