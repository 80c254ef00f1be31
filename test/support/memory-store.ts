// The store in memory: for simulations and fast tests. It promises no more than PostgreSQL does, which the shared contract suite checks.
import type { Case, CaseId, FileRef, MediaId } from '../../src/case/case.ts';
import type { CardPlace, Seen } from '../../src/case/viewing.ts';
import type { Offer } from '../../src/conversation/offer.ts';
import { officeTimerId } from '../../src/office/clock.ts';
import { type ChannelName, type Chat, type Office, personOf } from '../../src/office/office.ts';
import type {
  Arrival,
  Backlog,
  ClaimedPost,
  Delivered,
  Delivery,
  PendingMedia,
  Post,
  StandingCard,
  Store,
  Tx,
} from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';
import { keepOffer } from './memory-offers.ts';
import { extendLease, heads, isFree, lease, settle } from './memory-outbox.ts';
import { chatKey, emptyTables, type Tables, Work } from './memory-tables.ts';
import { MemoryTx } from './memory-tx.ts';
import { delivered, seen } from './memory-views.ts';

export interface MemoryHooks {
  /** Called before anything is done: a simulation takes the store away here. */
  begin?(): void;
  /** Called before and after every commit: a simulation crashes here. */
  beforeCommit?(): void;
  afterCommit?(): void;
}

export class MemoryStore implements Store {
  tables: Tables = emptyTables();
  hooks: MemoryHooks = {};
  private queue: Promise<unknown> = Promise.resolve();

  addOffice(office: Office, sops: Sop[]): void {
    const { tables } = this;
    const chosen = (tables.offices.get(office.id)?.deputies ?? []).filter(
      (deputy) => deputy.chat !== undefined && personOf(office, deputy.by) && deputy.for !== null && personOf(office, deputy.for),
    );
    tables.offices.set(office.id, chosen.length > 0 ? { ...office, deputies: [...(office.deputies ?? []), ...chosen] } : office);
    for (const sop of sops) tables.sops.set(`${sop.id}@${sop.version}`, sop);
    tables.bindings = tables.bindings.filter((one) => one.office !== office.id || personOf(office, one.person) !== undefined);
    const bind = (channel: Chat['channel'], account: string | undefined, person: string, chat: string, reachable: boolean): void => {
      if (account === undefined || tables.bindings.some((one) => one.office === office.id && one.account === account)) return;
      const lastUsed = Number.NEGATIVE_INFINITY;
      tables.bindings = [
        ...tables.bindings,
        { office: office.id, channel, account, person, chat: { channel, id: chat }, lastUsed, reachable },
      ];
    };
    for (const { id, telegram, whatsapp } of office.people) {
      bind('telegram', telegram, id, telegram ?? '', true);
      // On WhatsApp the chat is known once he has written.
      bind('whatsapp', whatsapp, id, '', false);
    }
  }

  addInvitation(office: string, person: string, code: string): void {
    this.tables.invitations.push({ office, person, code, used: false });
  }

  /** One after the other: what row locks make of transactions that touch the same case. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.commit((working) => work(new MemoryTx(working)));
  }

  private async commit<T>(change: (work: Work) => T | Promise<T>): Promise<T> {
    const before = this.queue;
    let release: () => void = () => undefined;
    this.queue = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    try {
      this.hooks.begin?.();
      const work = new Work(this.tables);
      const result = await change(work);
      this.hooks.beforeCommit?.();
      this.tables = work.tables;
      this.hooks.afterCommit?.();
      return result;
    } finally {
      release();
    }
  }

  receive(arrivals: Arrival[], at: Instant): Promise<boolean[]> {
    return this.commit((work) =>
      arrivals.map((arrival) => {
        const once = `${arrival.channel} ${arrival.account} ${arrival.externalId}`;
        if (work.tables.arrived.has(once)) return false;
        const id = work.id();
        work.write('arrived').set(once, id);
        work.write('posts').set(id, { ...arrival, id, receivedAt: at, attempts: 0, endedAt: null, ending: null });
        return true;
      }),
    );
  }

  claimPost(lane: string, _at: Instant): Promise<ClaimedPost | null> {
    return this.commit((work) => {
      const [row, behind] = [...work.tables.posts.open()].filter((post) => post.lane === lane);
      if (!row) return null;
      const claimed = { ...row, attempts: row.attempts + 1 };
      work.write('posts').set(row.id, claimed);
      return { ...claimed, more: behind !== undefined };
    });
  }

  claimFresh(lane: string, _at: Instant): Promise<ClaimedPost | { begun: number } | null> {
    return this.commit((work) => {
      const [row, behind] = [...work.tables.posts.open()].filter((post) => post.lane === lane);
      if (!row) return null;
      if (row.attempts > 0) return { begun: row.attempts };
      const claimed = { ...row, attempts: 1 };
      work.write('posts').set(row.id, claimed);
      return { ...claimed, more: behind !== undefined };
    });
  }

  forgivePost(post: Post): Promise<void> {
    return this.commit((work) => {
      const row = work.tables.posts.get(post.id);
      if (row && row.endedAt === null && row.attempts > 0) work.write('posts').set(post.id, { ...row, attempts: row.attempts - 1 });
    });
  }

  async dueTimers(now: Instant, limit: number): Promise<string[]> {
    const due = [ofCases(this.tables, now), ofOffices(this.tables, now)].map((list) => inTime(list).slice(0, limit));
    return due.flat().map(({ id }) => id);
  }

  leaseDelivery(chat: Chat, now: Instant, leaseMs: number): Promise<Delivery | null> {
    return this.commit((work) => lease(work, chat, now, leaseMs));
  }

  extendLease(delivery: Delivery, now: Instant, leaseMs: number): Promise<void> {
    return this.commit((work) => extendLease(work, delivery, now, leaseMs));
  }

  settleDelivery(delivery: Delivery, delivered: Delivered, now: Instant): Promise<void> {
    return this.commit((work) => settle(work, delivery, delivered, now));
  }

  delivered(chat: Chat, messages: string[], at: Instant): Promise<void> {
    return this.commit((work) => delivered(work, chat, messages, at));
  }

  async seen(office: string, place: CardPlace, people: string[]): Promise<Seen[]> {
    this.hooks.begin?.();
    return seen(this.tables, office, place, people);
  }

  keepOffer(chat: Chat, offer: Offer): Promise<void> {
    return this.commit((work) => keepOffer(work, chat, offer));
  }

  async standingCard(chat: Chat, key: string): Promise<StandingCard | null> {
    this.hooks.begin?.();
    const card = this.tables.cards.get(`${chatKey(chat)}|${key}`);
    return card ? { message: card.message, hash: card.hash } : null;
  }

  async albumMessage(chat: Chat, key: string): Promise<string | null> {
    return this.tables.albums.get(`${chatKey(chat)}|${key}`) ?? null;
  }

  claimMedia(media: MediaId, _now: Instant): Promise<PendingMedia | null> {
    return this.commit((work) => {
      const found = pendingMedia(work.tables).find((one) => one.id === media);
      if (!found) return null;
      const attempts = (work.tables.mediaAttempts.get(media) ?? 0) + 1;
      work.write('mediaAttempts').set(media, attempts);
      return { id: found.id, office: found.office, case: found.case, attempts };
    });
  }

  async readCase(id: CaseId): Promise<{ case: Case; sop: Sop; office: Office } | null> {
    const c = this.tables.cases.get(id);
    const office = c && this.tables.offices.get(c.office);
    const sop = c && this.tables.sops.get(`${c.sop.id}@${c.sop.version}`);
    return c && office && sop ? { case: c, sop, office } : null;
  }

  async openCases(office: string): Promise<CaseId[]> {
    this.hooks.begin?.();
    return [...this.tables.cases.values()].filter((c) => c.office === office && 'step' in c.state).map(({ id }) => id);
  }

  withoutCard(office: string, key: string, people: string[]): Promise<string[]> {
    return this.commit((work) => new MemoryTx(work).withoutCard(office, key, people));
  }

  /** Of a chat only what can be leased now counts: a job that finds nothing would do no harm, but no test by steps would come to rest. */
  async backlog(now: Instant, limit: number, channels: readonly ChannelName[] = ['telegram', 'whatsapp']): Promise<Backlog> {
    const { tables } = this;
    const { posts, outbox } = tables;
    const waiting = new Map<string, { lane: string; tap: boolean }>();
    for (const { lane, tap } of posts.open()) waiting.set(lane, { lane, tap: tap || (waiting.get(lane)?.tap ?? false) });
    const chats = heads(outbox).filter((row) => isFree(row, now));
    return {
      lanes: [...waiting.values()]
        .sort((a, b) => Number(b.tap) - Number(a.tap))
        .map(({ lane }) => lane)
        .slice(0, limit),
      timers: await this.dueTimers(now, limit),
      chats: [...new Set(chats.filter(({ chat }) => channels.includes(chat.channel)).map(({ chat }) => chatKey(chat)))].slice(0, limit),
      media: pendingMedia(this.tables)
        .filter(({ file }) => channels.includes(file.channel))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id)
        .slice(0, limit),
      get soon() {
        return nextTimers(tables, now).slice(0, limit);
      },
    };
  }
}

interface Alarm {
  id: string;
  at: Instant;
}

const inTime = (alarms: Alarm[]): Alarm[] => alarms.sort((a, b) => a.at - b.at);
function ofCases({ timers }: Tables, until = Number.POSITIVE_INFINITY): Alarm[] {
  const alarms: Alarm[] = [];
  for (const { id, at, toldAt } of timers.values()) if (toldAt === null && at <= until) alarms.push({ id, at });
  return alarms;
}
function ofOffices({ officeTimers }: Tables, until = Number.POSITIVE_INFINITY): Alarm[] {
  const alarms: Alarm[] = [];
  for (const { office, what, at } of officeTimers.values()) if (at <= until) alarms.push({ id: officeTimerId(office, what), at });
  return alarms;
}

/** Wanted alarms that are not due yet, the next one first. */
export function nextTimers(tables: Tables, now: Instant): Alarm[] {
  return inTime([...ofCases(tables), ...ofOffices(tables)].filter(({ at }) => at > now));
}

function pendingMedia(tables: Tables): { id: MediaId; office: string; case: CaseId; at: Instant; file: FileRef }[] {
  const pending: ReturnType<typeof pendingMedia> = [];
  for (const { id: of, office, content, proofs } of tables.cases.values())
    for (const list of [content.media, proofs])
      for (const { id, at, file, state } of list) if (state === 'pending') pending.push({ id, office, case: of, at, file });
  return pending;
}
