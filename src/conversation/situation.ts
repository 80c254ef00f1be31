// What is known when a message is heard, and what comes of hearing it. Gathered and saved at the edge, in one transaction.
import type { Case, CaseEvent } from '../case/case.ts';
import type { RoleLabels } from '../case/named-deputy.ts';
import type { Outgoing } from '../case/outgoing.ts';
import type { Seen } from '../case/viewing.ts';
import type { Office, Person } from '../office/office.ts';
import type { ChatDeputy, Membership, PostEnding, RefusalRecord } from '../ports/store.ts';
import type { Sop, Step } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import type { Conversation } from './conversation.ts';
import type { Heard } from './heard.ts';
import type { Reference } from './reference.ts';

/** A case with what is needed to judge it. */
export interface Subject {
  case: Case;
  sop: Sop;
  office: Office;
}

export interface RecapFacts {
  offices: {
    office: Office;
    /** `YYYY-MM`. */
    month: string;
    /** The newest cases of the month; `total`: how many there are. */
    subjects: Subject[];
    total: number;
  }[];
}

export type StepKind = Step['kind'];

export interface Startable {
  office: Office;
  person: Person;
  sop: Sop;
}

/** Somebody who may name a deputy, and for which of his roles. */
export interface Deputable {
  office: Office;
  person: Person;
  roles: string[];
}

/** A deputy was named in this message, or one was ended. */
export type DeputyChange =
  | { change: 'set'; office: string; deputy: ChatDeputy }
  | { change: 'end'; office: string; id: string; by: string };

export interface Situation {
  now: Instant;
  heard: Heard;
  /** What a tapped button refers to; `forged` when we did not make it for this chat. */
  reference: Reference | 'forged' | null;
  /** Every office in which the sender is bound. */
  memberships: Membership[];
  conversation: Conversation;
  /** In a group, where nobody is written to who has not written himself: the sender has not, privately. */
  unwritten?: true;
  /** The case that the message is about, locked. */
  subject: Subject | null;
  /** SOPs whose first step the sender may do, in the office files' order. */
  startable: Startable[];
  /** What the SOPs call the sender's roles, and the kinds of steps that are his; looked up for commands only. */
  roles: string[];
  duties: StepKind[];
  /** What the cards of these steps are answered with, in the SOPs' own words. */
  answers?: { accept: string[]; reject: string[] };
  /** Looked up together with these. */
  deputable: Deputable[];
  /** What the SOPs call every role of the sender's offices. */
  roleLabels: RoleLabels;
  /** How an invitation code in the message was taken. */
  redeemed: { redeemed: 'yes'; membership: Membership; waiting: Subject[] } | { redeemed: 'no'; locked: boolean } | null;
  /** The cases a list command looks at. */
  listed: Subject[];
  /** What waits for the sender and has no card in this private chat; looked up where he asks for it, and with his first words. */
  absent?: Subject[];
  /** From this message on he can be written to in this private chat. */
  firstWords?: true;
  /** How far the card of the subject has come with its holders; looked up when somebody asks for the case by its number. */
  seen?: Seen[];
  /** Cases of the sender's other offices that have the number he asks for. */
  alike?: { subject: Subject; seen: Seen[] }[];
  /** The month that `listed` is of (`YYYY-MM`), and how many there are of it in all. */
  register?: { month: string; total: number };
  /** What happened in a month, office by office in the order of the memberships; looked up for its command only. */
  recap?: RecapFacts;
  /** Fresh ids, in case something begins. */
  fresh: { case: string; media: string };
  /** The register serial for a first hand-in; 0 while it is only being tried. */
  serial: number;
  /** A stranger who was told so a while ago: he is not told again. */
  told?: boolean;
}

export interface Saved {
  subject: Subject;
  before: Case | null;
  events: CaseEvent[];
}

export interface Outcome {
  ending: PostEnding;
  saved: Saved | null;
  /** In order; each with the office it belongs to, as far as one is known. */
  outgoing: Outgoing[];
  office: string | null;
  conversation: Conversation;
  refusals: RefusalRecord[];
  deputies: DeputyChange[];
}
