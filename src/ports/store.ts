// The port to what is remembered. PostgreSQL fills it in db/; the simulation fills it in memory; one contract suite runs on both.
// Everything inside `transaction` is one commit, or nothing.
import type { ChainHead } from '../audit/chain.ts';
import type { Case, CaseEvent, CaseId, MediaId, Rung } from '../case/case.ts';
import type { Outgoing } from '../case/outgoing.ts';
import type { CardPlace, Seen } from '../case/viewing.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Offer } from '../conversation/offer.ts';
import type { OfficeMatter, OfficeTimer } from '../office/clock.ts';
import type { ChannelName, Chat, Deputy, Office, Person, PersonId } from '../office/office.ts';
import type { Sop } from '../sop/sop.ts';
import type { Instant } from '../time.ts';

/** Something a channel heard, as it came. `externalId` is the channel's own id: the same id again is the same thing again. */
export interface Arrival {
  channel: Chat['channel'];
  account: string;
  externalId: string;
  /** The lane whose rows are heard in order, one at a time: the chat, as `channel:account:chat`. */
  lane: string;
  /** The raw update. */
  body: unknown;
  /** Taps are looked at before anything else. */
  tap: boolean;
}

export interface Post extends Arrival {
  id: string;
  receivedAt: Instant;
  /** How often work on it has begun, this time included. */
  attempts: number;
}

export interface ClaimedPost extends Post {
  /** Others of its lane waited behind it when it was claimed. Whoever brings one later wakes the lane himself. */
  more: boolean;
}

export type PostEnding = 'done' | 'ignored' | 'dead';

/** A wanted alarm: a function of the case's state, saved by difference. */
export interface Timer {
  step: string;
  round: number;
  rung: Rung;
  /** When it is to be told: `due` moved out of quiet hours and free days. */
  at: Instant;
  due: Instant;
}

export interface DueTimer extends Timer {
  id: string;
  office: string;
  case: CaseId;
}

/** A rung that was told for a digest, and stands in none yet. */
export interface UndigestedTimer {
  id: string;
  case: CaseId;
  step: string;
  round: number;
  rung: Rung;
  toldAt: Instant;
}

export interface Membership {
  office: Office;
  person: Person;
}

export type Redeemed =
  | { redeemed: 'yes'; office: string; person: PersonId }
  /** Unknown, used or out of date; `locked` when this account has guessed too often. */
  | { redeemed: 'no'; locked: boolean };

export interface RefusalRecord {
  office: string | null;
  case: CaseId | null;
  /** The account on the channel, and the person when it is bound. */
  account: string;
  person: PersonId | null;
  refused: string;
  /** What was wanted, in one word: the command's type or the kind of message. */
  wanted: string;
  at: Instant;
}

export interface CaseFilter {
  office: string;
  /** Only cases that still want something. */
  open?: boolean;
  maker?: PersonId;
  /** Only cases waiting at a step of one of these roles. */
  limit?: number;
}

/** Which offers are looked for beside those that stand: the one of the message that is answered, and those of a register number. */
export interface OfferFilter {
  message: string | null;
  number: string | null;
}

/** A deputy set in a chat. */
export type ChatDeputy = Deputy & { for: PersonId; chat: { id: string; at: Instant } };

/** A case that waits at a step. */
export interface Waiting {
  case: CaseId;
  step: string;
  round: number;
  role: string;
}

export interface Tx {
  /** The inbox row, locked, or `null` when somebody else has ended it. */
  lockPost(id: string): Promise<Post | null>;
  endPost(id: string, ending: PostEnding, at: Instant): Promise<void>;
  /** When the last row was ended as `dead`; `null` when none stands so. */
  lastDead(): Promise<Instant | null>;
  /** Every office that is served. */
  offices(): Promise<Office[]>;
  /** Remembers a value of the whole service under this key; answers what was remembered before, or `null`. */
  remember(key: string, value: string): Promise<string | null>;
  recall(key: string): Promise<string | null>;
  /** The office's people who have a private chat on this channel that can be written to. In any order. */
  peopleOn(office: string, channel: Chat['channel']): Promise<PersonId[]>;

  /** Every office in which this account of the channel is bound to a person who still has a role there. */
  memberships(channel: Chat['channel'], accountId: string): Promise<Membership[]>;
  office(id: string): Promise<Office | null>;
  /** The SOP at exactly this version. */
  sop(id: string, version: string): Promise<Sop | null>;
  /** The newest versions of the office's SOPs, in the office file's order. */
  sopsOf(office: string): Promise<Sop[]>;
  /** Binds the account by an invitation: once, whoever comes first. Failed guesses are counted. */
  redeem(code: string, channel: Chat['channel'], accountId: string, chat: Chat, at: Instant): Promise<Redeemed>;
  /** Remembers that this person can be reached here (his private chat), and that he used it now; `true` when he could not be before. */
  touch(channel: Chat['channel'], accountId: string, chat: Chat, at: Instant): Promise<boolean>;
  /** Has the account ever written privately, in any of these offices? */
  hasWritten(channel: Chat['channel'], accountId: string, offices: string[]): Promise<boolean>;
  /** Remembers whether the chat can be written to. */
  reachable(chat: Chat, reachable: boolean, at: Instant): Promise<void>;
  /** A group lives on under another id. */
  moveChat(from: Chat, to: Chat): Promise<void>;

  /** Locked for the transaction. A group holds one conversation per person. */
  conversation(chat: Chat, accountId: string): Promise<Conversation>;
  saveConversation(chat: Chat, accountId: string, conversation: Conversation): Promise<void>;

  /** The case, locked. */
  lockCase(id: CaseId): Promise<Case | null>;
  cases(filter: CaseFilter): Promise<Case[]>;
  /** What was handed in first within this time, newest first, at most `limit` of it; `total`: how many there are. */
  handedIn(office: string, span: { from: Instant; to: Instant }, limit: number): Promise<{ cases: Case[]; total: number }>;
  /** Handed-in cases to which something happened within this time, the newest first, at most `limit` of them; `total`: how many there are. */
  active(office: string, span: { from: Instant; to: Instant }, limit: number): Promise<{ cases: Case[]; total: number }>;
  /** The case that an album of this chat went to, or that a message of this chat gave a text to. */
  caseOfAlbum(chat: Chat, album: string): Promise<CaseId | null>;
  caseOfMessage(chat: Chat, message: string): Promise<CaseId | null>;
  caseOfMedia(media: MediaId): Promise<CaseId | null>;
  /** By whole number text, or by its serial alone. */
  caseOfNumber(office: string, number: string): Promise<CaseId | null>;
  /** The next serial of the office's year, gapless: taken when this transaction commits, by nobody when it does not. */
  takeSerial(office: string, year: number): Promise<number>;
  /** State, history and wanted timers, in one go. `before` is what was locked (`null`: a new case). */
  saveCase(before: Case | null, after: Case, events: CaseEvent[], timers: Timer[]): Promise<void>;

  /** The timer, locked, or `null` when it is no longer wanted. */
  lockTimer(id: string): Promise<DueTimer | null>;

  /** The office's rungs that wait for a digest, locked. */
  undigested(office: string): Promise<UndigestedTimer[]>;
  /** They stand in one now, or need to stand in none. */
  endDigest(office: string, ids: string[]): Promise<void>;
  /** Is any of the office's timers that was to be told before this instant untold? */
  isBehind(office: string, before: Instant): Promise<boolean>;
  /** These cases as they stand, without a lock, in any order; unknown ones are left out. */
  casesById(office: string, ids: CaseId[]): Promise<Case[]>;

  /**
   * Wants the office woken for a matter. What is wanted already stays where that is earlier, unless `replace` says otherwise.
   * `since`: see `OfficeTimer`; `null` when left out.
   */
  setOfficeTimer(office: string, what: OfficeMatter, at: Instant, options?: { since?: Instant; replace?: boolean }): Promise<void>;
  /** The office's timer, locked, or `null` when nobody wants it. Locked before any case. */
  lockOfficeTimer(office: string, what: OfficeMatter): Promise<OfficeTimer | null>;
  clearOfficeTimer(office: string, what: OfficeMatter): Promise<void>;

  /** What can be chosen from in this chat, newest first. */
  offers(chat: Chat, filter: OfferFilter): Promise<Offer[]>;
  /** Remembers the time of an account's vote; `false` when a newer one was heard already, or the poll is none of ours. */
  newestVote(chat: Chat, poll: string, accountId: string, at: Instant): Promise<boolean>;
  /** The one id that an account is kept under. `alias`: another id that the platform names it by, to be remembered. */
  identify(channel: Chat['channel'], accountId: string, alias: string | null, at: Instant): Promise<string>;
  /** `false` when he was told within a day that he is a stranger. */
  tellStranger(channel: Chat['channel'], accountId: string, at: Instant): Promise<boolean>;

  /** Part of the office from now on, whatever its file says later. The same id again changes nothing. */
  setDeputy(office: string, deputy: ChatDeputy): Promise<void>;
  /** Ends one that was set in a chat; what he did stays. One that has ended stays as it ended. */
  endDeputy(office: string, id: string, by: PersonId | 'system', at: Instant): Promise<void>;
  /** Cases that wait at a step of one of these roles, those in somebody's draft left out. Not locked; in the order of their ids. */
  waitingFor(office: string, roles: string[]): Promise<Waiting[]>;
  /** Those of the people whose chat has this card neither standing nor waiting; who has no chat is left out. */
  withoutCard(office: string, key: string, people: PersonId[]): Promise<PersonId[]>;

  /** Those of the cards that stand in this chat or are on their way there. */
  cardsIn(chat: Chat, keys: string[]): Promise<string[]>;

  /** Into the outbox. People are resolved to their chats here; who has none is told of to the office's supervisors. */
  send(office: string | null, outgoing: Outgoing[], at: Instant): Promise<void>;
  refuse(record: RefusalRecord): Promise<void>;

  /** The end of the office's history, once: `null` when nothing has happened since it was last taken. */
  takeChainHead(office: string): Promise<ChainHead | null>;

  /** He touched a step's card, or answered what it asked. */
  opened(office: string, place: CardPlace, person: PersonId, at: Instant): Promise<void>;
  /** How far the card has come with each of these people, in their order. */
  seen(office: string, place: CardPlace, people: PersonId[]): Promise<Seen[]>;
}

/** One thing to be done on a channel: an outgoing fact with the chat it goes to. */
export interface Delivery {
  id: string;
  office: string | null;
  chat: Chat;
  out: Outgoing;
  /** The fence: settling with an older number changes nothing. */
  attempts: number;
  createdAt: Instant;
}

/** How a delivery ended on the platform. */
export type Delivered =
  | { ended: 'sent'; messages: string[]; cardHash?: string }
  /** Nothing had to be done (not modified, overtaken, out of date). */
  | { ended: 'needless' }
  /** Try again, not before so many milliseconds. `whole`: the platform asks the whole account to wait. */
  | { ended: 'later'; afterMs: number; why: string; whole?: boolean }
  /** Never again. */
  | { ended: 'refused'; why: string }
  /**
   * The chat cannot be written to: what was for a person goes to the other channel that reaches him. `whole`: no chat of the channel can, for
   * a while; who has no other channel waits.
   */
  | { ended: 'unreachable'; why: string; whole?: boolean }
  | { ended: 'moved'; to: string };

/** Where a card stands in a chat. */
export interface StandingCard {
  message: string;
  hash: string;
}

export interface PendingMedia {
  id: MediaId;
  office: string;
  case: CaseId;
  attempts: number;
}

export interface Backlog {
  /** Ids or lanes that have work now. */
  lanes: string[];
  /** As `dueTimers` names them. */
  timers: string[];
  chats: string[];
  media: MediaId[];
  /** Instants of the next timers that are not due yet, for the alarm clock: at most a few. */
  soon: { id: string; at: Instant }[];
}

export interface Store {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /** Commits what was heard; `false` for those that were there already. Acknowledge only after this. */
  receive(arrivals: Arrival[], at: Instant): Promise<boolean[]>;
  /** Counts an attempt on the lane's oldest unfinished row and returns it. */
  claimPost(lane: string, at: Instant): Promise<ClaimedPost | null>;
  /** The same for a row on which no work has begun before; of another it only says how often. */
  claimFresh(lane: string, at: Instant): Promise<ClaimedPost | { begun: number } | null>;

  /** Takes back the attempt that the claim counted: the work failed for a reason that says nothing of the row. */
  forgivePost(post: Post): Promise<void>;

  /** Timers that are due and not told, the offices' own after the cases' (`officeTimerId`). */
  dueTimers(now: Instant, limit: number): Promise<string[]>;

  /** The first waiting delivery of a chat, leased until `now + leaseMs`; `null` when there is none or it must wait. */
  leaseDelivery(chat: Chat, now: Instant, leaseMs: number): Promise<Delivery | null>;
  /** Leased until `now + leaseMs` by whoever holds it still; to anybody else nothing happens. */
  extendLease(delivery: Delivery, now: Instant, leaseMs: number): Promise<void>;
  settleDelivery(delivery: Delivery, delivered: Delivered, now: Instant): Promise<void>;
  /** The platform tells that these messages have reached the person's device. What it tells of before the sending was settled is not kept. */
  delivered(chat: Chat, messages: string[], at: Instant): Promise<void>;
  /** As in a transaction, for what is said of a card when it is delivered. */
  seen(office: string, place: CardPlace, people: PersonId[]): Promise<Seen[]>;
  /** Kept before its message goes out. It ends the card's earlier offer (of a question: the question before); without choices that is all. */
  keepOffer(chat: Chat, offer: Offer): Promise<void>;
  standingCard(chat: Chat, key: string): Promise<StandingCard | null>;
  /** The message of this chat's latest album for the key, which the card replies to. */
  albumMessage(chat: Chat, key: string): Promise<string | null>;

  /** Counts an attempt. */
  claimMedia(media: MediaId, now: Instant): Promise<PendingMedia | null>;
  readCase(id: CaseId): Promise<{ case: Case; sop: Sop; office: Office } | null>;

  /**
   * Everything that waits, to make lost jobs again. Chats and media only of these channels (all when absent): what goes out over a channel is
   * the business of the process that holds it.
   */
  backlog(now: Instant, limit: number, channels?: readonly ChannelName[]): Promise<Backlog>;
}
