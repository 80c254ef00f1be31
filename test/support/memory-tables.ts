// What the store in memory remembers, and how a transaction works on it without being seen before its commit.
import type { Case, CaseEvent, CaseId, MediaId } from '../../src/case/case.ts';
import type { Recipient } from '../../src/case/outgoing.ts';
import type { CardPlace, Viewing } from '../../src/case/viewing.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Offer } from '../../src/conversation/offer.ts';
import type { OfficeTimer } from '../../src/office/clock.ts';
import type { Chat, Office } from '../../src/office/office.ts';
import type { Delivered, Delivery, DueTimer, Post, PostEnding, RefusalRecord, StandingCard } from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';
import { EndingRows } from './memory-rows.ts';

export interface PostRow extends Post {
  endedAt: Instant | null;
  ending: PostEnding | null;
}
export interface TimerRow extends DueTimer {
  toldAt: Instant | null;
  undigested: boolean;
}
/** `cause`: the post in whose transaction the row was written, so that a test can ask what came of a post. */
export interface Caused {
  cause: string | null;
}
export interface OutboxRow extends Delivery, Caused {
  lane: string;
  key: string | null;
  notBefore: Instant;
  leasedUntil: Instant;
  heldSince: Instant;
  endedAt: Instant | null;
  ending: Delivered['ended'] | null;
  /** The attempt that ended it, and the messages it left on the platform. */
  endedBy: number;
  messages: string[];
  /** How much of the history there was when it was written: what was known then. */
  history: number;
}
export interface Binding {
  office: string;
  channel: Chat['channel'];
  account: string;
  person: string;
  chat: Chat;
  lastUsed: Instant;
  reachable: boolean;
}
export interface Invitation {
  office: string;
  person: string;
  code: string;
  used: boolean;
}
export interface HistoryRow extends Caused {
  case: CaseId;
  event: CaseEvent;
}
export interface Asked {
  post: string | null;
  conversation: Conversation;
}

/** Rows are replaced, never changed. */
export interface Tables {
  posts: EndingRows<PostRow>;
  /** Channel, account and external id of every post. */
  arrived: Map<string, string>;
  conversations: Map<string, Conversation>;
  asked: Asked[];
  offices: Map<string, Office>;
  sops: Map<string, Sop>;
  bindings: Binding[];
  invitations: Invitation[];
  guesses: { account: string; at: Instant }[];
  cases: Map<CaseId, Case>;
  albumCases: Map<string, CaseId>;
  sources: Map<string, CaseId>;
  history: HistoryRow[];
  timers: Map<string, TimerRow>;
  officeTimers: Map<string, OfficeTimer>;
  /** Those set in chats; the deputies themselves stand in the office. */
  deputies: Map<string, { office: string; endedBy: string | null }>;
  outbox: EndingRows<OutboxRow>;
  cards: Map<string, StandingCard & { to: Recipient }>;
  albums: Map<string, string>;
  toldUnreachable: Map<string, true>;
  offers: Map<string, Offer & { place: number; votes: Record<string, number> }>;
  /** Channel and alias to account. */
  aliases: Map<string, string>;
  strangers: Map<string, Instant>;
  toldHeads: Map<string, number>;
  views: Map<string, CardPlace & Viewing & { office: string }>;
  mediaAttempts: Map<MediaId, number>;
  serials: Map<string, number>;
  settings: Map<string, string>;
  refusals: (RefusalRecord & Caused)[];
  next: number;
}

export function emptyTables(): Tables {
  return {
    posts: new EndingRows(),
    arrived: new Map(),
    conversations: new Map(),
    asked: [],
    offices: new Map(),
    sops: new Map(),
    bindings: [],
    invitations: [],
    guesses: [],
    cases: new Map(),
    albumCases: new Map(),
    sources: new Map(),
    history: [],
    timers: new Map(),
    officeTimers: new Map(),
    deputies: new Map(),
    outbox: new EndingRows(),
    cards: new Map(),
    albums: new Map(),
    toldUnreachable: new Map(),
    offers: new Map(),
    aliases: new Map(),
    strangers: new Map(),
    toldHeads: new Map(),
    views: new Map(),
    mediaAttempts: new Map(),
    serials: new Map(),
    settings: new Map(),
    refusals: [],
    next: 1,
  };
}

type Collections = Omit<Tables, 'next'>;

/** A transaction's working copy: a table is copied when it is first written to. */
export class Work {
  readonly tables: Tables;
  /** The post that is being heard. */
  cause: string | null = null;
  private readonly own = new Set<keyof Collections>();

  constructor(committed: Tables) {
    this.tables = { ...committed };
  }

  write<Name extends keyof Collections>(name: Name): Tables[Name] {
    if (!this.own.has(name)) {
      const table: unknown = this.tables[name];
      const copy = table instanceof EndingRows ? new EndingRows(table) : table instanceof Map ? new Map(table) : [...(table as unknown[])];
      Object.assign(this.tables, { [name]: copy });
      this.own.add(name);
    }
    return this.tables[name];
  }

  id(): string {
    this.tables.next += 1;
    return String(this.tables.next - 1);
  }
}

export const chatKey = (chat: Chat): string => `${chat.channel}:${chat.id}`;
export const sameChat = (a: Chat, b: Chat): boolean => a.channel === b.channel && a.id === b.id;

/** A constraint that PostgreSQL would refuse by as well. */
export class Refused extends Error {}
