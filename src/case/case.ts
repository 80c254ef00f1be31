// One piece of content on its way: what it is now, the events that made it so, and how each event changes it.
import type { Acting } from '../office/deputies.ts';
import type { Capacity, Chat, PersonId } from '../office/office.ts';
import type { AccessibleForm, MediaKind } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';

export type CaseId = string;
export type MediaId = string;

/** Where the platform keeps a file, enough to fetch it again and to send it again. */
export interface FileRef {
  channel: Chat['channel'];
  account: string;
  fileId: string;
  uniqueId: string;
  /** Bytes as the platform says, when it says. */
  size?: number;
}

/** A file that somebody sent. `pending` until its bytes lie in the vault. */
export type Media = {
  id: MediaId;
  kind: MediaKind;
  file: FileRef;
  /** The sender's file name, never a path. */
  name?: string;
  album?: string;
  /** A proof of publishing on this channel, not a part of the content. */
  proofOf?: string;
  /** An accessible form of the content, handed in by its publisher. */
  formOf?: AccessibleForm;
  /** Whose conversation asked for the proof or the form: there it is asked for again when it cannot be used. `account`: the person's, on the channel. */
  askedIn?: { chat: Chat; account: string };
  /** Who sent it. */
  sentBy: PersonId;
  at: Instant;
} & ({ state: 'pending' } | { state: 'kept'; sha256: string; bytes: number; mime: string });

/** A text with the message it came from, so that an edit of that message can follow while the draft is open. */
export interface Text {
  text: string;
  source?: string;
  /** All its messages in order, where the platform had cut it; `source` is the last of them. */
  pieces?: string[];
}

/** The messages that a text came in. */
export function messagesOf({ source, pieces }: Text): string[] {
  return pieces ?? (source === undefined ? [] : [source]);
}

/**
 * What some SOPs ask for beside the content, in the order in which it is asked for. `class`: one of `INFORMATION_CLASSES`;
 * `assignee`: the id of the person who is to prepare it; the rest is text.
 */
export const DETAIL_PARTS = ['class', 'dip', 'sk', 'source', 'disposition', 'assignee'] as const;
export type DetailPart = (typeof DETAIL_PARTS)[number];
export type Details = Partial<Record<DetailPart, string>>;

/** What a maker has sent so far. */
export interface Content {
  title: string | null;
  eventDate: LocalDate | null;
  caption: Text | null;
  narrative: Text | null;
  media: Media[];
  details?: Details;
}

/** What was handed in: immutable, with the hash over it. */
export interface Revision extends Partial<Acting> {
  revision: number;
  title: string;
  eventDate: LocalDate;
  caption: string | null;
  narrative: string | null;
  media: { id: MediaId; kind: MediaKind; sha256: string; bytes: number; mime: string; name?: string; file: FileRef }[];
  details?: Details;
  /** SHA-256 (hex) over all of the above. */
  hash: string;
  /** The revision that this one was made from, when another maker had collected the material. */
  materialOf?: number;
  /** The sentences that its maker declared with the hand-in. */
  declared?: string[];
  /** Made by a decider who repaired what had come back to him. */
  repaired?: true;
  by: PersonId;
  at: Instant;
}

export type Verdict = 'receive' | 'accept' | 'reject';

/** Where a decision was made: the message whose button was pressed, or that said it. `null`: the platform did not name it. */
export interface Via {
  channel: Chat['channel'];
  message: string | null;
}

export interface Decision {
  step: string;
  round: number;
  revision: number;
  /** The revision's hash: what was decided is what was shown. */
  hash: string;
  role: string;
  person: PersonId;
  onBehalfOf: PersonId | null;
  /** He acted as somebody's deputy, or for a role that nobody held. */
  capacity?: Capacity;
  verdict: Verdict;
  note: string;
  /** The sentences that were declared with it. */
  declared?: string[];
  via?: Via;
  at: Instant;
}

export interface Publication extends Partial<Acting> {
  channel: string;
  link: string | null;
  proof: { sha256: string; bytes: number } | null;
  /** Why the channel was left out; then there is neither link nor proof. */
  waived?: string;
  person: PersonId;
  at: Instant;
}

/** An accessible form of what is published: a text, or a file in the vault. */
export interface ProvidedForm {
  form: AccessibleForm;
  text: string | null;
  file: { sha256: string; bytes: number } | null;
  person: PersonId;
  at: Instant;
}

/** A rung of the ladder, in order: `remind`, `overdue`, `escalate-1` …; before them, of a time that was chosen, `soon` and `start`. */
export type Rung = string;

/** A rung that was told: `due` is when it should have been, `at` when it was, `dueAt` the deadline that it was told for. */
export interface Told {
  step: string;
  round: number;
  rung: Rung;
  dueAt: Instant;
  due: Instant;
  at: Instant;
  /** Long after its moment, and so not by itself: it stands in the digest that follows. */
  digest?: true;
}

/** A finished stay in a step, for punctuality. */
export interface Stay {
  step: string;
  round: number;
  role: string;
  enteredAt: Instant;
  dueAt: Instant | null;
  leftAt: Instant;
}

interface AtStep {
  step: string;
  role: string;
  round: number;
  enteredAt: Instant;
  dueAt: Instant | null;
}

export type State =
  /** The maker collects for the first time; no register number yet. */
  | ({ status: 'draft' } & AtStep)
  /** Back with its maker, everything still in it. */
  | ({ status: 'returned'; by: { person: PersonId; role: string; step: string }; reason: string } & AtStep)
  /**
   * With a later prepare step: waits for one of its holders (only for `assigned`, when somebody was named), and once `taken` it is that
   * person's open draft. For everybody outside this is `running`.
   */
  | ({
      status: 'making';
      assigned: PersonId | null;
      taken: PersonId | null;
      /** Given to another maker half done: what has been collected stays in it. */
      kept?: true;
      /** It had come back to the maker before him. */
      back?: { person: PersonId; role: string; step: string; reason: string };
    } & AtStep)
  /** Waiting for the holders of a step. */
  | ({ status: 'running'; back: { person: PersonId; role: string; step: string; reason: string } | null } & AtStep)
  /** Waiting to be published. */
  | ({ status: 'approved' } & AtStep)
  | { status: 'published'; at: Instant }
  | { status: 'withdrawn'; at: Instant; by: PersonId };

export interface Reassigned {
  step: string;
  round: number;
  person: PersonId;
  by: PersonId;
  at: Instant;
}

export interface RegisterNumber {
  year: number;
  serial: number;
  text: string;
}

export interface Case {
  id: CaseId;
  office: string;
  sop: { id: string; version: string };
  maker: PersonId;
  /** The chat the draft was opened in: its card and its questions live there. */
  home: Chat;
  openedAt: Instant;
  number: RegisterNumber | null;
  content: Content;
  revisions: Revision[];
  /** How often each step has been entered. */
  rounds: Record<string, number>;
  decisions: Decision[];
  /** Responses written ahead of the tap that will carry them, of the current round. */
  responses: { step: string; round: number; person: PersonId; text: string }[];
  publications: Publication[];
  /** Proofs whose bytes are on their way. */
  proofs: Media[];
  told: Told[];
  stays: Stay[];
  /** Was a hand-in after its deadline? */
  handedInLate: boolean;
  /** What a supervisor gave to somebody else, in order. */
  reassigned?: Reassigned[];
  /** The last time that a supervisor reminded by hand. */
  nudged?: { step: string; round: number; person: PersonId; at: Instant };
  /** Who prepared at each step, once more than one has: what goes back to a step goes back to him. */
  makers?: Record<string, { person: PersonId; home: Chat }>;
  /** When it is to be published, as chosen. */
  schedule?: Instant;
  forms?: ProvidedForm[];
  state: State;
}

/** Who caused an event: a person, or the system (a clock, a file that has arrived). */
export type By = PersonId | 'system';

export type CaseEvent = { at: Instant; by: By } & (
  | { type: 'opened'; id: CaseId; office: string; sop: Case['sop']; home: Chat; step: string; role: string; dueAt: Instant | null }
  /** `dropped`: what was said beside the content and is not for the SOP chosen. */
  | { type: 'sop-chosen'; sop: Case['sop']; step: string; role: string; dueAt: Instant | null; dropped?: DetailPart[] }
  | { type: 'titled'; title: string }
  | { type: 'dated'; eventDate: LocalDate; dueAt: Instant | null }
  | { type: 'captioned'; caption: Text }
  | { type: 'narrated'; narrative: Text }
  | { type: 'media-added'; media: Media }
  | { type: 'media-kept'; media: MediaId; sha256: string; bytes: number; mime: string; kind: MediaKind }
  | { type: 'media-doubled'; media: MediaId; of: MediaId }
  | { type: 'media-refused'; media: MediaId; why: MediaFault }
  | { type: 'media-dropped'; media: MediaId }
  | { type: 'detailed'; part: DetailPart; text: string }
  | { type: 'handed-in'; revision: Revision; number: RegisterNumber; late: boolean }
  /** On to a later prepare step, with what has been collected as its material. */
  | { type: 'handed-on'; step: string; round: number; role: string; dueAt: Instant | null; assigned: PersonId | null }
  | { type: 'taken'; step: string; round: number; home: Chat }
  | { type: 'repaired'; step: string; round: number; revision: Revision }
  | ({ type: 'scheduled'; step: string; round: number; schedule: Instant } & Partial<Acting>)
  | { type: 'form-provided'; form: AccessibleForm; text: string | null; file: ProvidedForm['file'] }
  /** `back`: a later step sent it back here instead of to its maker. */
  | {
      type: 'entered';
      step: string;
      round: number;
      role: string;
      status: 'running' | 'approved';
      dueAt: Instant | null;
      back: { person: PersonId; role: string; step: string; reason: string } | null;
    }
  | { type: 'responded'; step: string; round: number; text: string }
  | ({ type: 'decided' } & Omit<Decision, 'at' | 'person'>)
  | {
      type: 'returned';
      step: string;
      role: string;
      round: number;
      dueAt: Instant | null;
      from: { role: string; step: string };
      reason: string;
    }
  | { type: 'announced'; step: string; publication: Omit<Publication, 'at' | 'person'> }
  | { type: 'closed' }
  | { type: 'withdrawn' }
  /**
   * `silent`: a higher rung was due as well, and only that one was said. `digest`: it came long after its moment (an outage), and stands in
   * the digest that follows; all rungs of a case that are due at once go the same way.
   */
  | { type: 'told'; step: string; round: number; rung: Rung; dueAt: Instant; due: Instant; silent: boolean; digest?: true }
  /** A supervisor reminded whoever holds it. */
  | { type: 'nudged'; step: string; round: number }
  /** A supervisor gave it to somebody who may act from now on, beside those who hold it. */
  | { type: 'reassigned'; step: string; round: number; to: PersonId }
  | { type: 'due-moved'; step: string; round: number; dueAt: Instant | null }
);

export type EventType = CaseEvent['type'];

/** Why a file cannot be used. */
export type MediaFault =
  | { fault: 'empty' }
  | { fault: 'too-big'; bytes: number | null; max: number }
  | { fault: 'wrong-type'; found: string | null }
  /** Of a type that is taken, but it cannot be opened. */
  | { fault: 'damaged' }
  | { fault: 'gone' };

export function revisionOf(c: Case): Revision | undefined {
  return c.revisions.at(-1);
}

/** The last that was handed in, up to a revision of this number: what a decider has made of it since is no hand-in. */
export function lastHandedIn(c: Case, upTo = c.revisions.length): Revision | undefined {
  return c.revisions.findLast(({ revision, repaired }) => revision <= upTo && !repaired);
}

export type Status = Exclude<State['status'], 'making'>;

/** The status by which the world outside knows it. */
export function statusOf(c: Case): Status {
  return c.state.status === 'making' ? 'running' : c.state.status;
}

export function stepOf(c: Case): string | null {
  return 'step' in c.state ? c.state.step : null;
}
