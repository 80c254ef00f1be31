// The store in memory: for simulations and fast tests. It promises no more than PostgreSQL does, which the shared contract suite checks.
import type { Case, CaseEvent, CaseId, MediaId } from '../../src/case/case.ts';
import { cardKeyText, type Outgoing } from '../../src/case/outgoing.ts';
import { type Conversation, QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import { type Chat, type Office, personOf } from '../../src/office/office.ts';
import type {
  Arrival,
  Backlog,
  CaseFilter,
  Delivered,
  Delivery,
  DueTimer,
  Membership,
  PendingMedia,
  Post,
  PostEnding,
  Redeemed,
  RefusalRecord,
  StandingCard,
  Store,
  Timer,
  Tx,
} from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';

interface PostRow extends Post {
  endedAt: Instant | null;
  ending: PostEnding | null;
}
interface TimerRow extends DueTimer {
  toldAt: Instant | null;
}
export interface OutboxRow extends Delivery {
  lane: string;
  key: string | null;
  notBefore: Instant;
  leasedUntil: Instant;
  endedAt: Instant | null;
  ending: Delivered['ended'] | null;
}
interface Binding {
  office: string;
  channel: Chat['channel'];
  account: string;
  person: string;
  chat: Chat;
  lastUsed: Instant;
  reachable: boolean;
}
interface Invitation {
  office: string;
  person: string;
  code: string;
  used: boolean;
}
export interface HistoryRow {
  case: CaseId;
  event: CaseEvent;
}

/** Everything that is remembered. Rows are replaced, never changed: a copy of the maps is a snapshot. */
export interface Tables {
  posts: Map<string, PostRow>;
  conversations: Map<string, Conversation>;
  offices: Map<string, Office>;
  sops: Map<string, Sop>;
  bindings: Binding[];
  invitations: Invitation[];
  cases: Map<CaseId, Case>;
  history: HistoryRow[];
  timers: Map<string, TimerRow>;
  outbox: Map<string, OutboxRow>;
  cards: Map<string, StandingCard>;
  albums: Map<string, string>;
  mediaAttempts: Map<MediaId, number>;
  serials: Map<string, number>;
  refusals: RefusalRecord[];
  next: number;
}

function emptyTables(): Tables {
  return {
    posts: new Map(),
    conversations: new Map(),
    offices: new Map(),
    sops: new Map(),
    bindings: [],
    invitations: [],
    cases: new Map(),
    history: [],
    timers: new Map(),
    outbox: new Map(),
    cards: new Map(),
    albums: new Map(),
    mediaAttempts: new Map(),
    serials: new Map(),
    refusals: [],
    next: 1,
  };
}

function snapshot(tables: Tables): Tables {
  const copy = { ...tables } as Record<string, unknown>;
  for (const [name, value] of Object.entries(tables)) {
    if (value instanceof Map) copy[name] = new Map(value);
    else if (Array.isArray(value)) copy[name] = [...value];
  }
  return copy as unknown as Tables;
}

const chatKey = (chat: Chat) => `${chat.channel}:${chat.id}`;
const sameChat = (a: Chat, b: Chat) => a.channel === b.channel && a.id === b.id;

/** A constraint that PostgreSQL would refuse by as well. */
export class Refused extends Error {}

export interface MemoryHooks {
  /** Called before and after every commit: a simulation crashes here. */
  beforeCommit?(): void;
  afterCommit?(): void;
}

export class MemoryStore implements Store {
  tables: Tables = emptyTables();
  hooks: MemoryHooks = {};
  private queue: Promise<unknown> = Promise.resolve();

  addOffice(office: Office, sops: Sop[]): void {
    this.tables.offices.set(office.id, office);
    for (const sop of sops) this.tables.sops.set(`${sop.id}@${sop.version}`, sop);
    this.tables.bindings = this.tables.bindings.filter((one) => one.office !== office.id || personOf(office, one.person) !== undefined);
    for (const person of office.people) {
      if (person.telegram === undefined || this.tables.bindings.some((one) => one.office === office.id && one.account === person.telegram))
        continue;
      const chat: Chat = { channel: 'telegram', id: person.telegram };
      this.tables.bindings.push({
        office: office.id,
        channel: 'telegram',
        account: person.telegram,
        person: person.id,
        chat,
        lastUsed: 0,
        reachable: true,
      });
    }
  }

  addInvitation(office: string, person: string, code: string): void {
    this.tables.invitations.push({ office, person, code, used: false });
  }

  /** One after the other: what row locks make of transactions that touch the same case. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.queue;
    let release: () => void = () => undefined;
    this.queue = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    try {
      return await work();
    } finally {
      release();
    }
  }

  private commit<T>(change: (tables: Tables) => T): Promise<T> {
    return this.alone(async () => {
      const working = snapshot(this.tables);
      const result = change(working);
      this.hooks.beforeCommit?.();
      this.tables = working;
      this.hooks.afterCommit?.();
      return result;
    });
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.alone(async () => {
      const working = snapshot(this.tables);
      const result = await work(new MemoryTx(working));
      this.hooks.beforeCommit?.();
      this.tables = working;
      this.hooks.afterCommit?.();
      return result;
    });
  }

  receive(arrivals: Arrival[], at: Instant): Promise<boolean[]> {
    return this.commit((tables) =>
      arrivals.map((arrival) => {
        const known = [...tables.posts.values()].some(
          (row) => row.channel === arrival.channel && row.account === arrival.account && row.externalId === arrival.externalId,
        );
        if (known) return false;
        const id = String(tables.next++);
        tables.posts.set(id, { ...arrival, id, receivedAt: at, attempts: 0, endedAt: null, ending: null });
        return true;
      }),
    );
  }

  claimPost(lane: string, _at: Instant): Promise<Post | null> {
    return this.commit((tables) => {
      const row = [...tables.posts.values()].find((one) => one.lane === lane && one.endedAt === null);
      if (!row) return null;
      const claimed = { ...row, attempts: row.attempts + 1 };
      tables.posts.set(row.id, claimed);
      return claimed;
    });
  }

  async dueTimers(now: Instant, limit: number): Promise<string[]> {
    const due = [...this.tables.timers.values()].filter((timer) => timer.toldAt === null && timer.at <= now);
    return due
      .sort((a, b) => a.at - b.at)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  leaseDelivery(chat: Chat, now: Instant, leaseMs: number): Promise<Delivery | null> {
    return this.commit((tables) => {
      const waiting = [...tables.outbox.values()].filter((row) => row.endedAt === null && sameChat(row.chat, chat));
      const lanes = new Set<string>();
      for (const row of waiting) {
        if (lanes.has(row.lane)) continue;
        lanes.add(row.lane);
        if (row.notBefore > now || row.leasedUntil > now) continue;
        const leased = { ...row, attempts: row.attempts + 1, leasedUntil: now + leaseMs * (row.out.out === 'album' ? 2 : 1) };
        tables.outbox.set(row.id, leased);
        return leased;
      }
      return null;
    });
  }

  settleDelivery(delivery: Delivery, delivered: Delivered, now: Instant): Promise<void> {
    return this.commit((tables) => {
      const row = tables.outbox.get(delivery.id);
      // The fence: whoever holds an older lease changes nothing.
      if (!row || row.endedAt !== null || row.attempts !== delivery.attempts) return;
      if (delivered.ended === 'later') {
        tables.outbox.set(row.id, { ...row, notBefore: now + delivered.afterMs, leasedUntil: 0 });
        return;
      }
      if (delivered.ended === 'moved') {
        moveChat(tables, row.chat, { channel: row.chat.channel, id: delivered.to });
        const moved = tables.outbox.get(row.id) ?? row;
        tables.outbox.set(row.id, { ...moved, leasedUntil: 0 });
        return;
      }
      tables.outbox.set(row.id, { ...row, endedAt: now, ending: delivered.ended });
      if (delivered.ended === 'unreachable') {
        tables.bindings = tables.bindings.map((one) => (sameChat(one.chat, row.chat) ? { ...one, reachable: false } : one));
        tellUnreachable(tables, row, now);
      }
      if (delivered.ended !== 'sent') return;
      const [first] = delivered.messages;
      if (row.key !== null && row.out.out === 'show' && first !== undefined && delivered.cardHash !== undefined) {
        tables.cards.set(`${chatKey(row.chat)}|${row.key}`, { message: first, hash: delivered.cardHash });
      }
      if (row.out.out === 'album' && first !== undefined) tables.albums.set(`${chatKey(row.chat)}|${cardKeyText(row.out.key)}`, first);
    });
  }

  async standingCard(chat: Chat, key: string): Promise<StandingCard | null> {
    return this.tables.cards.get(`${chatKey(chat)}|${key}`) ?? null;
  }

  async albumMessage(chat: Chat, key: string): Promise<string | null> {
    return this.tables.albums.get(`${chatKey(chat)}|${key}`) ?? null;
  }

  claimMedia(media: MediaId, _now: Instant): Promise<PendingMedia | null> {
    return this.commit((tables) => {
      const found = pendingMedia(tables).find((one) => one.id === media);
      if (!found) return null;
      const attempts = (tables.mediaAttempts.get(media) ?? 0) + 1;
      tables.mediaAttempts.set(media, attempts);
      return { ...found, attempts };
    });
  }

  async readCase(id: CaseId): Promise<{ case: Case; sop: Sop; office: Office } | null> {
    const c = this.tables.cases.get(id);
    const office = c && this.tables.offices.get(c.office);
    const sop = c && this.tables.sops.get(`${c.sop.id}@${c.sop.version}`);
    return c && office && sop ? { case: c, sop, office } : null;
  }

  async backlog(now: Instant, limit: number): Promise<Backlog> {
    const { posts, timers, outbox } = this.tables;
    const unique = (list: string[]) => [...new Set(list)].slice(0, limit);
    const wanted = [...timers.values()].filter(({ toldAt }) => toldAt === null);
    return {
      lanes: unique([...posts.values()].filter(({ endedAt }) => endedAt === null).map(({ lane }) => lane)),
      timers: wanted
        .filter(({ at }) => at <= now)
        .map(({ id }) => id)
        .slice(0, limit),
      chats: unique(
        heads(outbox)
          .filter((row) => row.notBefore <= now && row.leasedUntil <= now)
          .map(({ chat }) => chatKey(chat)),
      ),
      media: pendingMedia(this.tables)
        .map(({ id }) => id)
        .slice(0, limit),
      soon: wanted
        .filter(({ at }) => at > now)
        .map(({ id, at }) => ({ id, at }))
        .slice(0, limit),
    };
  }
}

/** The first waiting row of each lane of each chat: what is behind it must wait. */
function heads(outbox: Tables['outbox']): OutboxRow[] {
  const first = new Map<string, OutboxRow>();
  for (const row of outbox.values()) {
    const lane = `${chatKey(row.chat)}|${row.lane}`;
    if (row.endedAt === null && !first.has(lane)) first.set(lane, row);
  }
  return [...first.values()];
}

function pendingMedia(tables: Tables): { id: MediaId; office: string; case: CaseId }[] {
  return [...tables.cases.values()].flatMap((c) =>
    [...c.content.media, ...c.proofs].filter(({ state }) => state === 'pending').map(({ id }) => ({ id, office: c.office, case: c.id })),
  );
}

function moveChat(tables: Tables, from: Chat, to: Chat): void {
  for (const [id, row] of tables.outbox) if (sameChat(row.chat, from)) tables.outbox.set(id, { ...row, chat: to });
  for (const [id, office] of tables.offices) {
    tables.offices.set(id, {
      ...office,
      groups: office.groups.map((group) => (sameChat(group.chat, from) ? { ...group, chat: to } : group)),
    });
  }
  tables.bindings = tables.bindings.map((one) => (sameChat(one.chat, from) ? { ...one, chat: to } : one));
}

function chatOf(tables: Tables, office: string, person: string): Chat | null {
  const mine = tables.bindings.filter((one) => one.office === office && one.person === person && one.reachable);
  return mine.sort((a, b) => b.lastUsed - a.lastUsed)[0]?.chat ?? null;
}

function enqueue(tables: Tables, office: string | null, chat: Chat, out: Outgoing, at: Instant): void {
  const key = out.out === 'show' ? cardKeyText(out.key) : null;
  if (key !== null) {
    const waits = [...tables.outbox.values()].some(
      (row) => row.key === key && sameChat(row.chat, chat) && row.endedAt === null && row.leasedUntil <= at && row.attempts === 0,
    );
    if (waits && !(out.out === 'show' && out.fresh)) return;
  }
  const id = String(tables.next++);
  const lane = out.out === 'answer' ? `tap:${out.tap}` : 'chat';
  tables.outbox.set(id, {
    id,
    office,
    chat,
    out,
    lane,
    key,
    attempts: 0,
    createdAt: at,
    notBefore: at,
    leasedUntil: 0,
    endedAt: null,
    ending: null,
  });
}

function supervisorsWithChat(tables: Tables, office: string): Chat[] {
  const found = tables.offices.get(office);
  return (found?.supervisors.flat() ?? []).map((person) => chatOf(tables, office, person)).filter((chat) => chat !== null);
}

function tellUnreachable(tables: Tables, row: OutboxRow, at: Instant): void {
  if (row.office === null || (row.out.out === 'say' && row.out.notice.notice === 'unreachable')) return;
  const owner = tables.bindings.find((one) => sameChat(one.chat, row.chat) && one.office === row.office);
  const office = tables.offices.get(row.office);
  const person = (owner && office && personOf(office, owner.person)?.name) ?? row.chat.id;
  const notice = { notice: 'unreachable', person, why: 'blocked', named: null } as const;
  for (const chat of supervisorsWithChat(tables, row.office)) enqueue(tables, row.office, chat, { out: 'say', to: { chat }, notice }, at);
}

class MemoryTx implements Tx {
  private readonly tables: Tables;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  async lockPost(id: string): Promise<Post | null> {
    const row = this.tables.posts.get(id);
    return row && row.endedAt === null ? row : null;
  }

  async endPost(id: string, ending: PostEnding, at: Instant): Promise<void> {
    const row = this.tables.posts.get(id);
    if (row) this.tables.posts.set(id, { ...row, endedAt: at, ending });
  }

  async memberships(channel: Chat['channel'], accountId: string): Promise<Membership[]> {
    return this.tables.bindings
      .filter((one) => one.channel === channel && one.account === accountId)
      .flatMap((one) => {
        const office = this.tables.offices.get(one.office);
        const person = office && personOf(office, one.person);
        return office && person ? [{ office, person }] : [];
      });
  }

  async office(id: string): Promise<Office | null> {
    return this.tables.offices.get(id) ?? null;
  }

  async sop(id: string, version: string): Promise<Sop | null> {
    return this.tables.sops.get(`${id}@${version}`) ?? null;
  }

  async sopsOf(office: string): Promise<Sop[]> {
    const ids = this.tables.offices.get(office)?.sops ?? [];
    return ids.flatMap((id) => [...this.tables.sops.values()].filter((sop) => sop.id === id).slice(-1));
  }

  async redeem(code: string, channel: Chat['channel'], accountId: string, chat: Chat, at: Instant): Promise<Redeemed> {
    const at_ = this.tables.invitations.findIndex((one) => one.code === code.replaceAll('-', '').toUpperCase() && !one.used);
    const invitation = this.tables.invitations[at_];
    if (!invitation) return { redeemed: 'no', locked: false };
    this.tables.invitations[at_] = { ...invitation, used: true };
    const { office, person } = invitation;
    this.tables.bindings.push({ office, channel, account: accountId, person, chat, lastUsed: at, reachable: true });
    return { redeemed: 'yes', office, person };
  }

  async touch(channel: Chat['channel'], accountId: string, chat: Chat, at: Instant): Promise<void> {
    this.tables.bindings = this.tables.bindings.map((one) =>
      one.channel === channel && one.account === accountId ? { ...one, chat, lastUsed: at, reachable: true } : one,
    );
  }

  async reachable(chat: Chat, reachable: boolean, _at: Instant): Promise<void> {
    this.tables.bindings = this.tables.bindings.map((one) => (sameChat(one.chat, chat) ? { ...one, reachable } : one));
  }

  async moveChat(from: Chat, to: Chat): Promise<void> {
    moveChat(this.tables, from, to);
  }

  async conversation(chat: Chat, accountId: string): Promise<Conversation> {
    return this.tables.conversations.get(`${chatKey(chat)}|${accountId}`) ?? QUIET_CONVERSATION;
  }

  async saveConversation(chat: Chat, accountId: string, conversation: Conversation): Promise<void> {
    this.tables.conversations.set(`${chatKey(chat)}|${accountId}`, conversation);
  }

  async lockCase(id: CaseId): Promise<Case | null> {
    return this.tables.cases.get(id) ?? null;
  }

  async cases({ office, open, maker, limit = 1000 }: CaseFilter): Promise<Case[]> {
    const over = (c: Case) => c.state.status === 'published' || c.state.status === 'withdrawn';
    return [...this.tables.cases.values()]
      .filter((c) => c.office === office && (open !== true || !over(c)) && (maker === undefined || c.maker === maker))
      .slice(0, limit);
  }

  async caseOfAlbum(chat: Chat, album: string): Promise<CaseId | null> {
    const found = [...this.tables.cases.values()].find(
      (c) => sameChat(c.home, chat) && c.content.media.some((media) => media.album === album),
    );
    return found?.id ?? null;
  }

  async caseOfMessage(chat: Chat, message: string): Promise<CaseId | null> {
    const given = (c: Case) => c.content.caption?.source === message || c.content.narrative?.source === message;
    return [...this.tables.cases.values()].find((c) => sameChat(c.home, chat) && given(c))?.id ?? null;
  }

  async caseOfMedia(media: MediaId): Promise<CaseId | null> {
    return [...this.tables.cases.values()].find((c) => [...c.content.media, ...c.proofs].some(({ id }) => id === media))?.id ?? null;
  }

  async caseOfNumber(office: string, number: string): Promise<CaseId | null> {
    const wanted = number.trim();
    const serial = /^\d+$/.test(wanted) ? Number(wanted) : null;
    const found = [...this.tables.cases.values()].find(
      (c) => c.office === office && c.number !== null && (c.number.text === wanted || c.number.serial === serial),
    );
    return found?.id ?? null;
  }

  async takeSerial(office: string, year: number): Promise<number> {
    const serial = (this.tables.serials.get(`${office}/${year}`) ?? 0) + 1;
    this.tables.serials.set(`${office}/${year}`, serial);
    return serial;
  }

  async saveCase(before: Case | null, after: Case, events: CaseEvent[], timers: Timer[]): Promise<void> {
    const { tables } = this;
    if ((tables.cases.get(after.id) ?? null) !== before) throw new Refused(`case ${after.id} has changed meanwhile`);
    for (const event of events) {
      if (event.type === 'decided') refuseDouble(tables, after.id, event);
      if (event.type === 'handed-in') refuseNumber(tables, after, event.number);
    }
    if (after.state.status === 'draft') refuseSecondDraft(tables, after);
    tables.cases.set(after.id, after);
    tables.history.push(...events.map((event) => ({ case: after.id, event })));
    const wanted = new Map(timers.map((timer) => [`${after.id}/${timer.step}/${timer.round}/${timer.rung}`, timer]));
    for (const [id, row] of tables.timers) if (row.case === after.id && row.toldAt === null && !wanted.has(id)) tables.timers.delete(id);
    for (const [id, timer] of wanted) tables.timers.set(id, { ...timer, id, office: after.office, case: after.id, toldAt: null });
    for (const event of events) {
      if (event.type !== 'told') continue;
      const { step, round, rung, due, at } = event;
      const id = `${after.id}/${step}/${round}/${rung}`;
      tables.timers.set(id, { id, office: after.office, case: after.id, step, round, rung, due, at: due, toldAt: at });
    }
  }

  async lockTimer(id: string): Promise<DueTimer | null> {
    const row = this.tables.timers.get(id);
    return row && row.toldAt === null ? row : null;
  }

  async send(office: string | null, outgoing: Outgoing[], at: Instant): Promise<void> {
    const { tables } = this;
    for (const out of outgoing) {
      if (out.out === 'answer') enqueue(tables, office, out.chat, out, at);
      else if (out.out === 'refresh') this.refresh(office, out, at);
      else if ('chat' in out.to) enqueue(tables, office, out.to.chat, out, at);
      else {
        const chat = office === null ? null : chatOf(tables, office, out.to.person);
        if (chat) enqueue(tables, office, chat, out, at);
        else if (office !== null && out.out === 'show') this.unbound(office, out.to.person, at);
      }
    }
  }

  private refresh(office: string | null, out: Outgoing & { out: 'refresh' }, at: Instant): void {
    const text = cardKeyText(out.key);
    const standing = [...this.tables.cards.keys()].filter((key) => key.endsWith(`|${text}`)).map((key) => key.slice(0, -text.length - 1));
    const waiting = [...this.tables.outbox.values()]
      .filter((row) => row.key === text && row.endedAt === null)
      .map(({ chat }) => chatKey(chat));
    for (const place of new Set([...standing, ...waiting])) {
      const [channel, ...id] = place.split(':');
      const chat: Chat = { channel: channel as Chat['channel'], id: id.join(':') };
      enqueue(this.tables, office, chat, { out: 'show', to: { chat }, key: out.key }, at);
    }
  }

  private unbound(office: string, person: string, at: Instant): void {
    const name = personOf(this.tables.offices.get(office) as Office, person)?.name ?? person;
    const notice = { notice: 'unreachable', person: name, why: 'unbound', named: null } as const;
    for (const chat of supervisorsWithChat(this.tables, office))
      enqueue(this.tables, office, chat, { out: 'say', to: { chat }, notice }, at);
  }

  async refuse(record: RefusalRecord): Promise<void> {
    this.tables.refusals.push(record);
  }
}

function refuseDouble(tables: Tables, id: CaseId, event: CaseEvent & { type: 'decided' }): void {
  const twice = tables.history.some(
    (row) =>
      row.case === id &&
      row.event.type === 'decided' &&
      row.event.step === event.step &&
      row.event.round === event.round &&
      row.event.by === event.by,
  );
  if (twice) throw new Refused(`two decisions of ${event.by} on ${event.step}/${event.round}`);
}

function refuseNumber(tables: Tables, after: Case, number: { year: number; serial: number }): void {
  const taken = [...tables.cases.values()].some(
    (c) => c.id !== after.id && c.office === after.office && c.number?.year === number.year && c.number.serial === number.serial,
  );
  if (taken) throw new Refused(`register number ${number.year}/${number.serial} is taken`);
}

function refuseSecondDraft(tables: Tables, after: Case): void {
  const second = [...tables.cases.values()].some((c) => c.id !== after.id && c.state.status === 'draft' && sameChat(c.home, after.home));
  if (second) throw new Refused(`a second open draft in ${chatKey(after.home)}`);
}
