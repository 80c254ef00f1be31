// The store on PostgreSQL: the port, and what the command line and the start need beside it.
import { sql } from 'drizzle-orm';
import type { ChainedEntry } from '../src/audit/chain.ts';
import type { Case, CaseId, MediaId } from '../src/case/case.ts';
import type { CardPlace, Viewing } from '../src/case/viewing.ts';
import type { ChannelName, Chat, Office, PersonId } from '../src/office/office.ts';
import type { Chance } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';
import { readBacklog, readStats, type Stats } from './backlog.ts';
import { type Bells, bells } from './bell.ts';
import { openCases, publishedCount, readCase } from './cases.ts';
import { appendEntries } from './chain.ts';
import { keepOffer, pruneChoices } from './choices.ts';
import { albumMessage, extendLease, leaseDelivery, settleDelivery, standingCard } from './delivery.ts';
import { glimpseCase, glimpsePeopleAt } from './glimpse.ts';
import { type Anchored, casesByNumber, eventsOf, type Match, registerPage, type Verified, verifyAudit } from './history.ts';
import { claimFresh, claimPost, dropDead, forgivePost, listDead, receive, retryDead, type SetAside } from './inbox.ts';
import type { Run } from './line.ts';
import { type HeldLock, holdLock } from './lock.ts';
import { channelOfMedia, claimMedia } from './media.ts';
import { officeIds, readOffice, readOffices, readSop } from './offices.ts';
import { type Applied, applyOffice, unboundPeople } from './people.ts';
import { openPool, type Pool } from './pool.ts';
import { newSession, type Session, type Shared } from './session.ts';
import { buttonKey, clockOffset, setClockOffset } from './settings.ts';
import { withoutCard } from './standing.ts';
import { dueTimers } from './timers.ts';
import { txOf } from './tx.ts';
import { type OfficeUnsettled, settled, unsettledOf } from './unsettled.ts';
import { delivered, seen, viewsOf } from './views.ts';
import { type HistoryEnd, historyEnds } from './watching.ts';
import { type WhatsAppRows, whatsAppRows } from './whatsapp.ts';

export interface StoreOptions {
  /** A migrated database; the application's role is taken on top of the URL's user. */
  url: string;
  chance: Chance;
  /** Connections for transactions; 20 unless said otherwise. Half as many again serve the single statements. */
  max?: number;
  /** A connection on which statements have waited so long without any answer is given up; 75 seconds unless said otherwise. */
  silentMaxMs?: number;
  /**
   * Rung after a commit that made work: chats with deliveries (`answered`: those of them in which a tap is answered), files to be fetched,
   * timers. Whatever is missed here, the backlog holds.
   */
  onPosted?(chats: Chat[], answered: ReadonlySet<Chat>): void;
  onMedia?(media: MediaId): void;
  onTimers?(timers: { id: string; at: Instant }[]): void;
}

export interface PgStore extends Store {
  /** Makes the office what its file says. `sops`: every SOP that the office names. */
  applyOffice(office: Office, sops: Sop[], at: Instant): Promise<Applied>;
  offices(): Promise<Office[]>;
  /** Offices whose change still asks for something: deputies to be told, open cases to be looked at again. */
  unsettled(): Promise<OfficeUnsettled[]>;
  settled(office: OfficeUnsettled): Promise<void>;
  /** Drops what could be chosen from in messages of cases that ended before this instant. How much it was. */
  pruneChoices(before: Instant): Promise<number>;
  /** Post that was set aside because work on it failed or ended the process again and again, the oldest first. */
  setAside(): Promise<SetAside[]>;
  /** It is heard anew, before everything later of its lane, or dropped for good; `false` when no such row is set aside. */
  retrySetAside(id: string): Promise<boolean>;
  dropSetAside(id: string): Promise<boolean>;
  /** Ids of the office's people who have no account on any channel yet. */
  unbound(office: string): Promise<PersonId[]>;
  /** Handed-in cases in the register's order. `month`: `YYYY-MM` of the first hand-in, in the office's zone. */
  casesForExport(office: string, filter?: { month?: string }): AsyncGenerator<Case>;
  caseByNumber(number: string, office?: string): Promise<Match[]>;
  eventsOf(id: CaseId): Promise<ChainedEntry[]>;
  /** Who was sent, was delivered and has opened which of its cards. */
  viewsOf(id: CaseId): Promise<(CardPlace & Viewing)[]>;
  /** `anchors`: heads that were written down outside of the database. */
  verifyAudit(anchors?: readonly Anchored[]): Promise<Verified>;
  /** The last entries of each office's history, at most `limit` of each, and where its chain ends. */
  historyEnds(limit: number): Promise<HistoryEnd[]>;
  buttonKey(): Promise<Uint8Array>;
  clockOffset(): Promise<number>;
  setClockOffset(offsetMs: number): Promise<void>;
  stats(now: Instant): Promise<Stats>;
  /** The person whose private chat this is, in that office. */
  personAt(office: string, chat: Chat): Promise<PersonId | null>;
  publishedCount(office: string): Promise<number>;
  /** Those of the people whose chat has this card neither standing nor waiting; who has no chat is left out. */
  withoutCard(office: string, key: string, people: PersonId[]): Promise<PersonId[]>;
  /** Ids of the office's cases that still want something. */
  openCases(office: string): Promise<CaseId[]>;
  /** A lock that one process holds at a time, by name; `null` when another holds it. `lost` tells when the database took it away. */
  holdLock(name: string): Promise<HeldLock | null>;
  /** Where a file came from; `null` for one that nobody knows. */
  channelOfMedia(media: MediaId): Promise<ChannelName | null>;
  readonly bells: Bells;
  readonly whatsApp: WhatsAppRows;
  close(): Promise<void>;
}

const CONNECTIONS = 20;
const CHANNELS: readonly ChannelName[] = ['telegram', 'whatsapp'];
const EXPORT_PAGE = 200;
const CLOSE_PATIENCE_S = 5;

type InTransaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/** Connects; throws when the database cannot be reached or was not migrated. */
export async function openStore(options: StoreOptions): Promise<PgStore> {
  const max = options.max ?? CONNECTIONS;
  const silent = options.silentMaxMs === undefined ? {} : { silentMaxMs: options.silentMaxMs };
  const pool = openPool({ url: options.url, max, ...silent });
  // Apart, because work inside a transaction may ask the store something too: in one pool, everybody could hold one connection and wait for a second.
  const side = openPool({ url: options.url, max: Math.ceil(max / 2), ...silent });
  const shared: Shared = { chance: options.chance, offices: new Map(), sops: new Map() };
  const { run } = side;
  const ring = bells(run, options.url);
  const transactionOn = (on: Pool): InTransaction => transactions(on, shared, options);
  try {
    await clockOffset(run);
  } catch (error) {
    await Promise.all([pool.end(1), side.end(1)]);
    throw error;
  }
  return {
    ...theDoors(side, run, transactionOn(side), newSession(run, shared)),
    ...beside(side, run, transactionOn(side), shared),
    transaction: (work) => transactionOn(pool)((session) => work(txOf(session))),
    holdLock: (name) => holdLock(options.url, name),
    channelOfMedia: (media) => channelOfMedia(run, media),
    bells: ring,
    whatsApp: whatsAppRows(run, transactionOn(side)),
    close: async () => {
      await Promise.all([pool.end(CLOSE_PATIENCE_S), side.end(CLOSE_PATIENCE_S), ring.close()]);
    },
  };
}

function transactions(pool: Pool, shared: Shared, { onPosted, onMedia, onTimers }: StoreOptions): InTransaction {
  return async (work) => {
    try {
      const { value, rings } = await pool.transaction(async (run) => {
        const session = newSession(run, shared);
        const done = await work(session);
        await appendEntries(session);
        return { value: done, rings: session.rings };
      });
      if (rings.chats.size > 0) onPosted?.([...rings.chats.values()], rings.answered);
      for (const media of rings.media) onMedia?.(media);
      if (rings.timers.length > 0) onTimers?.(rings.timers);
      return value;
    } catch (error) {
      // What was read of an office may have been this transaction's own change.
      shared.offices.clear();
      throw error;
    }
  };
}

function theDoors(side: Pool, run: Run, inTransaction: InTransaction, bare: Session): Omit<Store, 'transaction'> {
  return {
    receive: (arrivals, at) => receive(run, arrivals, at),
    claimPost: (lane) => claimPost(run, lane),
    claimFresh: (lane) => claimFresh(run, lane),
    forgivePost: (post) => forgivePost(run, post),
    dueTimers: (now, limit) => dueTimers(run, now, limit),
    leaseDelivery: (chat, now, leaseMs) => leaseDelivery(run, chat, now, leaseMs),
    extendLease: (delivery, now, leaseMs) => extendLease(run, delivery, now, leaseMs),
    settleDelivery: (delivery, delivered, now) => {
      const several = delivered.ended === 'unreachable' || delivered.ended === 'moved' || delivered.ended === 'refused';
      // Every other ending is one statement, which is its own transaction.
      return several
        ? inTransaction((session) => settleDelivery(session, delivery, delivered, now))
        : settleDelivery(bare, delivery, delivered, now);
    },
    delivered: (chat, messages, at) => delivered(run, chat, messages, at),
    seen: (office, place, people) => inTransaction((session) => seen(session, office, place, people)),
    keepOffer: (chat, offer) => keepOffer(run, chat, offer),
    standingCard: (chat, key) => standingCard(run, chat, key),
    albumMessage: (chat, key) => albumMessage(run, chat, key),
    claimMedia: (media, now) => inTransaction((session) => claimMedia(session, media, now)),
    readCase: async (id) => {
      const seen = await glimpseCase(side, bare.shared, id);
      if (seen !== 'unknown') return seen;
      return inTransaction(async (session) => {
        const found = await readCase(session, id);
        if (!found) return null;
        const sop = await readSop(session, found.sop.id, found.sop.version);
        const office = await readOffice(session, found.office);
        return sop && office ? { case: found, sop, office } : null;
      });
    },
    backlog: (now, limit, channels = CHANNELS) => readBacklog(run, now, limit, channels),
  };
}

function beside(
  side: Pool,
  run: Run,
  inTransaction: InTransaction,
  shared: Shared,
): Omit<PgStore, keyof Store | 'close' | 'holdLock' | 'channelOfMedia' | 'bells' | 'whatsApp'> {
  /** What is appended meanwhile is left for the next time. */
  const atOneMoment: InTransaction = (work) =>
    inTransaction(async (session) => {
      await session.run(sql`set transaction isolation level repeatable read, read only`);
      return work(session);
    });
  return {
    applyOffice: (office, sops, at) => inTransaction((session) => applyOffice(session, office, sops, at)),
    offices: () => inTransaction(readOffices),
    unsettled: () => inTransaction((session) => unsettledOf(session)),
    settled: (office) => inTransaction((session) => settled(session, office)),
    setAside: () => listDead(run),
    retrySetAside: (id) => retryDead(run, id),
    dropSetAside: (id) => dropDead(run, id),
    unbound: (office) => inTransaction((session) => unboundPeople(session, office)),
    casesForExport: async function* (office, filter = {}) {
      let after = { year: 0, serial: 0 };
      for (;;) {
        const page = await inTransaction((session) => registerPage(session, office, filter.month, after, EXPORT_PAGE));
        yield* page;
        const last = page.at(-1)?.number;
        if (!last || page.length < EXPORT_PAGE) return;
        after = { year: last.year, serial: last.serial };
      }
    },
    caseByNumber: (number, office) => inTransaction((session) => casesByNumber(session, number, office)),
    eventsOf: (id) => inTransaction((session) => eventsOf(session, id)),
    viewsOf: (id) => inTransaction((session) => viewsOf(session, id)),
    personAt: async (office, chat) => (await glimpsePeopleAt(side, office, chat))[0] ?? null,
    withoutCard: (office, key, people) => inTransaction((session) => withoutCard(session, office, key, people)),
    openCases: (office) => inTransaction((session) => openCases(session, office)),
    publishedCount: (office) => inTransaction((session) => publishedCount(session, office)),
    verifyAudit: (anchors) => atOneMoment((session) => verifyAudit(session, anchors)),
    historyEnds: (limit) => atOneMoment((session) => historyEnds(session, limit)),
    buttonKey: () => buttonKey(run, shared.chance),
    clockOffset: () => clockOffset(run),
    setClockOffset: (offsetMs) => setClockOffset(run, offsetMs),
    stats: (now) => readStats(run, now),
    pruneChoices: async (before) => {
      let gone = 0;
      for (const id of await inTransaction((session) => officeIds(session)))
        gone += await inTransaction((session) => pruneChoices(session, id, before));
      return gone;
    },
  };
}
