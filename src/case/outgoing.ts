// What must go out because of what happened: facts for somebody, without words yet. Words are the bots' business.
import type { Capacity, Chat, PersonId } from '../office/office.ts';
import type { Recap } from '../register/recapped.ts';
import type { AccessibleForm } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CaseId, DetailPart, MediaFault, MediaId, Rung } from './case.ts';
import type { Missing, Refusal } from './command.ts';
import type { Unfit } from './counts.ts';
import type { Doer } from './doer.ts';
import type { SeenLine } from './viewing.ts';

/** A card is one message per matter and chat, updated in place. Its content is made from the case when it is delivered. */
export type CardKey =
  /** A maker's draft; `round` is its number (see draft-key.ts), for an SOP with one maker that of his rounds. */
  | { card: 'draft'; case: CaseId; round: number }
  /** A step waiting for its holders. */
  | { card: 'step'; case: CaseId; step: string; round: number };

/** Stable text of a card key, unique within a chat. */
export function cardKeyText(key: CardKey): string {
  return key.card === 'draft' ? `draft/${key.case}/${key.round}` : `step/${key.case}/${key.step}/${key.round}`;
}

export type Recipient = { person: PersonId } | { chat: Chat };

/** What is asked of a person, and what the next text (or file) of his answers. */
export type Question =
  | { ask: 'title'; case: CaseId }
  | { ask: 'date'; case: CaseId }
  | { ask: 'media'; case: CaseId }
  | { ask: 'caption'; case: CaseId }
  | { ask: 'narrative'; case: CaseId }
  | { ask: 'reason'; case: CaseId; step: string; round: number; revision: number }
  | { ask: 'response'; case: CaseId; step: string; round: number; revision: number }
  | { ask: 'link'; case: CaseId; step: string; round: number; revision: number; channel: string }
  | { ask: DetailPart; case: CaseId }
  | { ask: 'repair'; case: CaseId; step: string; round: number; revision: number; part: 'caption' | 'narrative' }
  /** `proposed`: a time that was pointed out as unusual, and asked about once more. */
  | { ask: 'schedule'; case: CaseId; step: string; round: number; revision: number; proposed: Instant | null }
  | { ask: 'form'; case: CaseId; step: string; round: number; revision: number; form: AccessibleForm }
  | { ask: 'waive'; case: CaseId; step: string; round: number; revision: number; channel: string }
  /** A text came that nothing had asked for: what is it? */
  | { ask: 'what-is-it'; case: CaseId; text: string; source: string; pieces?: string[] };

/** The facts of a case that nearly every sentence names. */
export interface Named {
  case: CaseId;
  /** Register number as text, `null` before the hand-in. */
  number: string | null;
  title: string | null;
  /** IANA zone of the office, for times in words. */
  timezone: string;
}

export interface DigestItem {
  named: Named;
  step: string;
  holders: string[];
  dueAt: Instant;
  /** As in the ladder's notice; 0 before the deadline. */
  lateMs: number;
  /** As in the ladder's notice. */
  index: { round: number; revision: number; step: number };
  given: number;
}

/** A deputy by the names that people know. */
export interface NamedDeputy {
  capacity: Capacity;
  by: string;
  /** `null`: nobody holds the role. */
  for: string | null;
  roles: string[];
  from: LocalDate;
  to: LocalDate | null;
  letter: string | null;
}

export type Notice =
  /** Somebody acts for another: he has been named, has begun, or is done with it. `you`: what the reader is in it. */
  | { notice: 'deputy'; phase: 'set' | 'begun' | 'ended'; deputy: NamedDeputy; you: 'deputy' | 'principal' | 'supervisor' }
  /** Those in force and to come that concern the reader. `id`: of one that he may end. */
  | { notice: 'deputy-list'; deputies: (NamedDeputy & { id: string | null })[] }
  /** What is asked while a deputy is named. `id`: what the buttons name. */
  | {
      notice: 'deputy-question';
      id: string;
      ask: 'whom' | 'from' | 'to' | 'confirm';
      roles: string[];
      /** Colleagues to choose from; a name may be written as well. */
      candidates: { item: number; name: string }[];
      by: string | null;
      from: LocalDate | null;
      to: LocalDate | null;
      /** When it is asked from which day on: the day that a button offers. */
      today?: LocalDate;
    }
  | { notice: 'deputy-dropped' }
  | {
      notice: 'question';
      question: Question;
      named: Named;
      missing?: Missing;
      index?: { round: number; revision: number; step: number };
      suggestions?: string[];
      /** Other channels that may be told of first. */
      channels?: { item: number; channel: string }[];
      /** What is unusual about the proposed time: the name of the free day, or nothing when it lies outside office hours. */
      unusual?: { holiday: string | null; freeDay: boolean };
    }
  | {
      notice: 'receipt';
      named: Named;
      revision: number;
      at: Instant;
      next: { label: string; dueAt: Instant | null };
      /** `dueAt`: for a deadline that does not count from the event. */
      late: { eventDate: LocalDate; dueAt?: Instant } | null;
    }
  | ({
      notice: 'returned';
      named: Named;
      reason: string;
      dueAt: Instant | null;
      focused: boolean;
      index: { round: number; revision: number; step: number };
    } & Doer)
  /** To those who decided earlier in the round: it went back. */
  /** A draft has everything: the card carries SERAHKAN, or for a `task` TUGASKAN. */
  | { notice: 'ready'; named: Named; task?: true }
  /** A response was written down and goes with the next tap. */
  | { notice: 'response-noted'; named: Named; accept: string }
  /** Short answers to taps that were taken. */
  | {
      notice: 'tap-taken';
      what:
        | 'handed-in'
        | 'received'
        | 'accepted'
        | 'rejected'
        | 'asked'
        | 'noted'
        | 'resumed'
        | 'assigned'
        | 'taken'
        | 'nudged'
        | 'reassigned'
        | 'shown';
      /** Where it is said as a message of its own. */
      named?: Named;
    }
  /** To words that are no exact answer: those that would be. */
  | {
      notice: 'say-exactly';
      why: 'words' | 'reaction' | 'withdrawn' | 'no-card' | 'gone';
      number: string | null;
      cards: { named: Named; serial: number | null; accept: string | null; reject: string | null }[];
    }
  /** To those whose turn comes later: what must be announced at once is on its way. `now`, `role`: labels of who has it, and of the reader. */
  | { notice: 'urgent-ahead'; named: Named; maker: string; now: string; role: string }
  | ({ notice: 'sent-back'; named: Named; reason: string } & Doer)
  | ({ notice: 'passed'; named: Named; verdict: 'receive' | 'accept'; note: string; next: string | null; as?: string } & Doer)
  | {
      notice: 'closed';
      named: Named;
      publications: { channel: string; link: string | null; waived?: string }[];
      at: Instant;
      /** `null`: there was no deadline. */
      late: boolean | null;
    }
  /** To whoever gave the task. */
  | { notice: 'assigned'; named: Named; person: string; role: string; dueAt: Instant | null }
  /** To the maker who has just taken the case: his draft. */
  | { notice: 'taken'; named: Named }
  /** To the maker: a decider has repaired what he made. */
  | ({ notice: 'repaired'; named: Named; revision: number } & Doer)
  | ({ notice: 'scheduled'; named: Named; schedule: Instant } & Doer)
  | { notice: 'form-noted'; named: Named; form: AccessibleForm; missing: number }
  | { notice: 'withdrawn'; named: Named; person: string }
  | {
      notice: 'ladder';
      named: Named;
      rung: Rung;
      step: string;
      role: string;
      holders: string[];
      dueAt: Instant;
      /** The time that was chosen for publishing. */
      schedule?: Instant | null;
      now: Instant;
      /** How late, in working milliseconds (wall clock for elapsed clocks); 0 before the deadline. */
      lateMs: number;
      leftMs: number;
      /** To the holder himself, or about him to a supervisor. */
      to: 'holder' | 'supervisor';
      /** Late because the hand-in was. */
      lateHandIn: boolean;
      /** Where a supervisor's buttons point, and how often the step has been given to somebody else. */
      index?: { round: number; revision: number; step: number };
      given?: number;
    }
  /** To whoever holds it: a supervisor reminds him. */
  | { notice: 'nudged'; named: Named; step: string; person: string; dueAt: Instant | null; lateMs: number; now: Instant }
  /** To a supervisor: whom is it to be given to? */
  | {
      notice: 'reassign';
      named: Named;
      step: string;
      index: { round: number; revision: number; step: number };
      candidates: { item: number; name: string }[];
    }
  /** `by` has given it to `person`: to himself, or to those who held it before. */
  | {
      notice: 'reassigned';
      to: 'new' | 'old';
      named: Named;
      step: string;
      by: string;
      person: string;
      dueAt: Instant | null;
      lateMs: number;
      now: Instant;
    }
  /** Several late cases in one message: what an outage left unsaid, or every day what has climbed its whole ladder. `more`: left out of the list. */
  | {
      notice: 'digest';
      why: 'outage' | 'daily';
      to: 'holder' | 'supervisor';
      timezone: string;
      now: Instant;
      items: DigestItem[];
      more: number;
    }
  /** The office's calendar has changed, and with it this deadline. */
  | { notice: 'due-moved'; named: Named; dueAt: Instant | null }
  /** The table of this year's national free days is missing. */
  | { notice: 'calendar-missing'; year: number }
  | { notice: 'no-holder'; named: Named; step: string; role: string }
  /** `unwritten`: his account is known, his chat is not before he writes. `instead`: he hears it on this channel of his. */
  | {
      notice: 'unreachable';
      person: string;
      why: 'blocked' | 'unbound' | 'unwritten' | 'failed';
      named: Named | null;
      instead?: Chat['channel'];
    }
  /** `of`: it was to be a proof of publishing, or an accessible form. */
  | { notice: 'media-fault'; named: Named; why: MediaFault; name: string | null; of?: 'proof' | 'form' }
  | { notice: 'media-doubled'; named: Named }
  /** A late member of an album that was handed in without it. */
  | { notice: 'media-late'; named: Named }
  /** What was asked for takes one file: the others of the album that it came with are not used. */
  | { notice: 'album-rest'; named: Named }
  | { notice: 'edit-ignored'; named: Named }
  | { notice: 'refusal'; refusal: Refusal; named: Named | null }
  | { notice: 'welcome'; office: string; name: string; roles: string[] }
  | { notice: 'enrolled'; office: string; name: string; roles: string[] }
  /** `answers`: what the reader's cards are answered with; the usual words where it is left out. */
  | {
      notice: 'help';
      roles: string[];
      maker: boolean;
      decider: boolean;
      publisher: boolean;
      answers?: { accept: string[]; reject: string[] };
    }
  /** `code`: he came with one that nobody knows, or not any more. */
  | { notice: 'stranger'; code?: true }
  | { notice: 'unsupported'; name: string }
  | { notice: 'not-understood' }
  | { notice: 'cancelled'; named: Named }
  /** `may`, where the draft cannot be dropped: begin other content beside it, or nothing else. */
  | { notice: 'draft-open'; named: Named; may?: 'begin' | 'nothing' }
  /** Other content was begun; `index`: of the draft that waits. */
  | { notice: 'set-aside'; named: Named; index: { round: number; revision: number; step: number } }
  /** `cards`: those that this chat lacked are sent now, or in a group none is; left out where all stand here. */
  | {
      notice: 'queue';
      items: { named: Named; step: string; dueAt: Instant | null; late: boolean }[];
      cards?: 'elsewhere' | { sent: number; left: number };
    }
  /** More waits than was shown at once. */
  | { notice: 'more-waiting'; left: number }
  | {
      notice: 'status';
      items: { named: Named; status: string; step: string | null; holders: string[]; dueAt: Instant | null; late: boolean }[];
    }
  | {
      notice: 'status-one';
      named: Named;
      status: string;
      /** What it has become by being accepted, in the SOP's own words. */
      as?: string[];
      lines: { at: Instant; what: string; who: string | null; note: string | null }[];
      dueAt: Instant | null;
      holders: string[];
      /** How far the card has come with each holder; none for a draft. */
      seen?: SeenLine[];
    }
  | { notice: 'register'; rows: { named: Named; status: string; at: Instant | null }[]; month: string; total?: number }
  /** `office`: its name, where the reader is of several; `own`: of his own cases only; `uncounted`: cases that are too many to be counted in. */
  | ({ notice: 'recap'; office: string | null; own: boolean; uncounted: number } & Recap)
  /** What was written after a command is no month. */
  | { notice: 'no-month'; command: string }
  | { notice: 'choose-sop'; named: Named; sops: { id: string; title: string }[] }
  /** What the draft held and the SOP chosen has no use for; said only where there is any. */
  | { notice: 'sop-chosen'; named: Named; sop: string; unfit?: Unfit; dropped: DetailPart[] }
  | { notice: 'choose-media'; named: Named; media: { index: number; kind: string; name: string | null }[]; round: number; step?: number }
  /** The bot failed on something; the operator knows. */
  | { notice: 'trouble'; code: string }
  /** The day's end of the history; `hash`: its first hex digits. */
  | { notice: 'chain-head'; office: string; seq: number; hash: string; at: Instant; timezone: string }
  /** Nothing was heard of this channel from then until then; it keeps what people send for `keptMs`, and what is older is lost. */
  | { notice: 'resend'; channel: Chat['channel']; from: Instant; until: Instant; keptMs: number; timezone: string }
  | { notice: 'operator'; what: string; detail: string };

export type Outgoing =
  | { out: 'say'; to: Recipient; notice: Notice }
  /** Make or update the card in this recipient's chats. `fresh` posts it anew even where it stands already. */
  | { out: 'show'; to: Recipient; key: CardKey; fresh?: boolean }
  /** Update the card wherever it stands. */
  | { out: 'refresh'; key: CardKey }
  /** The files of a revision, at most ten of one album kind; a card that follows replies to them. */
  | { out: 'album'; to: Recipient; key: CardKey; case: CaseId; media: MediaId[] }
  /** The text of a revision, ready to be copied or too long for a card: one message each of its pieces, so that each goes out once. */
  | { out: 'text'; to: Recipient; case: CaseId; part: 'caption' | 'narrative'; revision: number; piece: number }
  /** Answers a tap: a short line, or an alert that has to be closed. */
  | { out: 'answer'; tap: string; chat: Chat; account: string; notice: Notice | null; alert: boolean };
