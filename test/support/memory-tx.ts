// One transaction on the store in memory, with the constraints that PostgreSQL refuses by.

import type { ChainHead } from '../../src/audit/chain.ts';
import { type Case, type CaseEvent, type CaseId, type MediaId, messagesOf } from '../../src/case/case.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import type { CardPlace, Seen } from '../../src/case/viewing.ts';
import { type Conversation, QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import type { Offer } from '../../src/conversation/offer.ts';
import { earlierOf, type OfficeMatter, type OfficeTimer, officeTimerId } from '../../src/office/clock.ts';
import { GUESS_WINDOW_MS, guessesLocked } from '../../src/office/guesses.ts';
import { type Chat, isOfTheOffice, type Office, personOf } from '../../src/office/office.ts';
import type {
  CaseFilter,
  ChatDeputy,
  DueTimer,
  Membership,
  OfferFilter,
  Post,
  PostEnding,
  Redeemed,
  RefusalRecord,
  Timer,
  Tx,
  UndigestedTimer,
  Waiting,
} from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';
import { identify, newestVote, offersIn, tellStranger } from './memory-offers.ts';
import { moveChat, reachable, send } from './memory-outbox.ts';
import { chatKey, Refused, sameChat, type Tables, type Work } from './memory-tables.ts';
import { opened, seen } from './memory-views.ts';

const LIST_MAX = 500;

export class MemoryTx implements Tx {
  private readonly work: Work;
  /** Where what is being heard was said. */
  private chat: Chat | null = null;

  constructor(work: Work) {
    this.work = work;
  }

  private get tables(): Tables {
    return this.work.tables;
  }

  async lockPost(id: string): Promise<Post | null> {
    this.work.cause = id;
    const row = this.tables.posts.get(id);
    return row && row.endedAt === null ? row : null;
  }

  async endPost(id: string, ending: PostEnding, at: Instant): Promise<void> {
    const row = this.tables.posts.get(id);
    if (row) this.work.write('posts').set(id, { ...row, endedAt: at, ending });
  }

  async lastDead(): Promise<Instant | null> {
    const ends = [...this.tables.posts.values()].flatMap(({ ending, endedAt }) => (ending === 'dead' && endedAt !== null ? [endedAt] : []));
    return ends.length === 0 ? null : Math.max(...ends);
  }

  async offices(): Promise<Office[]> {
    return [...this.tables.offices.values()];
  }

  async remember(key: string, value: string): Promise<string | null> {
    const before = await this.recall(key);
    this.work.write('settings').set(key, value);
    return before;
  }

  async recall(key: string): Promise<string | null> {
    return this.tables.settings.get(key) ?? null;
  }

  async peopleOn(office: string, channel: Chat['channel']): Promise<string[]> {
    const bound = this.tables.bindings.filter(
      (one) => one.office === office && one.channel === channel && one.chat !== null && one.reachable,
    );
    return [...new Set(bound.map(({ person }) => person))];
  }

  async memberships(channel: Chat['channel'], accountId: string): Promise<Membership[]> {
    return this.tables.bindings
      .filter((one) => one.channel === channel && one.account === accountId)
      .flatMap((one) => {
        const office = this.tables.offices.get(one.office);
        const person = office && personOf(office, one.person);
        return office && person && isOfTheOffice(office, person) ? [{ office, person }] : [];
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
    const account = `${channel}:${accountId}`;
    const recent = this.tables.guesses.filter((guess) => guess.at > at - GUESS_WINDOW_MS);
    const mine = recent.filter((guess) => guess.account === account).length;
    if (guessesLocked({ mine, all: recent.length })) return { redeemed: 'no', locked: true };
    const place = this.tables.invitations.findIndex((one) => one.code === code.trim().toUpperCase() && !one.used);
    const invitation = this.tables.invitations[place];
    if (!invitation) {
      this.work.write('guesses').push({ account, at });
      return { redeemed: 'no', locked: false };
    }
    this.work.write('invitations')[place] = { ...invitation, used: true };
    const { office, person } = invitation;
    const others = this.tables.bindings.filter((one) => one.office !== office || one.channel !== channel || one.account !== accountId);
    this.work.tables.bindings = [...others, { office, channel, account: accountId, person, chat, lastUsed: at, reachable: true }];
    const told = this.work.write('toldUnreachable');
    for (const key of [...told.keys()]) if (key.startsWith(`${office} `) && key.endsWith(` ${person}`)) told.delete(key);
    return { redeemed: 'yes', office, person };
  }

  async touch(channel: Chat['channel'], accountId: string, chat: Chat, at: Instant): Promise<boolean> {
    const isHis = (one: { channel: string; account: string }): boolean => one.channel === channel && one.account === accountId;
    const before = this.tables.bindings.filter(isHis);
    this.work.tables.bindings = this.tables.bindings.map((one) => (isHis(one) ? { ...one, chat, lastUsed: at, reachable: true } : one));
    return before.some(({ reachable: could }) => !could);
  }

  async hasWritten(channel: Chat['channel'], accountId: string, offices: string[]): Promise<boolean> {
    return this.tables.bindings.some(
      (one) => one.channel === channel && one.account === accountId && offices.includes(one.office) && one.chat.id !== '',
    );
  }

  async reachable(chat: Chat, can: boolean, _at: Instant): Promise<void> {
    reachable(this.work, chat, can);
  }

  async moveChat(from: Chat, to: Chat): Promise<void> {
    moveChat(this.work, from, to);
  }

  async conversation(chat: Chat, accountId: string): Promise<Conversation> {
    this.chat = chat;
    return this.tables.conversations.get(`${chatKey(chat)}|${accountId}`) ?? QUIET_CONVERSATION;
  }

  async saveConversation(chat: Chat, accountId: string, conversation: Conversation): Promise<void> {
    this.work.write('conversations').set(`${chatKey(chat)}|${accountId}`, conversation);
    this.work.write('asked').push({ post: this.work.cause, conversation });
  }

  async lockCase(id: CaseId): Promise<Case | null> {
    return this.tables.cases.get(id) ?? null;
  }

  /** The most urgent first, as a list in a chat wants it. */
  async cases({ office, open, maker, limit = LIST_MAX }: CaseFilter): Promise<Case[]> {
    const over = (c: Case) => c.state.status === 'published' || c.state.status === 'withdrawn';
    const due = (c: Case) => ('dueAt' in c.state ? c.state.dueAt : null) ?? Number.POSITIVE_INFINITY;
    const urgent = (a: Case, b: Case) => (due(a) === due(b) ? 0 : due(a) - due(b)) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);
    return [...this.tables.cases.values()]
      .filter((c) => c.office === office && (open !== true || !over(c)) && (maker === undefined || c.maker === maker))
      .sort(urgent)
      .slice(0, Math.min(limit, LIST_MAX));
  }

  async handedIn(office: string, { from, to }: { from: Instant; to: Instant }, limit: number): Promise<{ cases: Case[]; total: number }> {
    const first = (c: Case) => c.revisions[0]?.at ?? Number.NEGATIVE_INFINITY;
    const all = [...this.tables.cases.values()].filter((c) => c.office === office && first(c) >= from && first(c) < to);
    const newest = all.sort((a, b) => first(b) - first(a) || (b.number?.serial ?? 0) - (a.number?.serial ?? 0));
    return { cases: newest.slice(0, limit), total: all.length };
  }

  async active(office: string, { from, to }: { from: Instant; to: Instant }, limit: number): Promise<{ cases: Case[]; total: number }> {
    const busy = new Set(this.tables.history.filter(({ event }) => event.at >= from && event.at < to).map((row) => row.case));
    const first = (c: Case) => c.revisions[0]?.at ?? 0;
    const all = [...this.tables.cases.values()].filter((c) => c.office === office && c.number !== null && busy.has(c.id));
    const newest = all.sort((a, b) => first(b) - first(a) || (b.number?.serial ?? 0) - (a.number?.serial ?? 0));
    return { cases: newest.slice(0, limit), total: all.length };
  }

  async caseOfAlbum(chat: Chat, album: string): Promise<CaseId | null> {
    return this.tables.albumCases.get(`${chatKey(chat)}|${album}`) ?? null;
  }

  async caseOfMessage(chat: Chat, message: string): Promise<CaseId | null> {
    return this.tables.sources.get(`${chatKey(chat)}|${message}`) ?? null;
  }

  async caseOfMedia(media: MediaId): Promise<CaseId | null> {
    return [...this.tables.cases.values()].find((c) => [...c.content.media, ...c.proofs].some(({ id }) => id === media))?.id ?? null;
  }

  async caseOfNumber(office: string, number: string): Promise<CaseId | null> {
    const wanted = number.trim();
    const serial = /^\d+$/.test(wanted) ? Number(wanted) : null;
    const found = [...this.tables.cases.values()].filter(
      (c) => c.office === office && c.number !== null && (c.number.text === wanted || c.number.serial === serial),
    );
    return found.sort((a, b) => (b.number?.year ?? 0) - (a.number?.year ?? 0))[0]?.id ?? null;
  }

  async takeSerial(office: string, year: number): Promise<number> {
    const serial = (this.tables.serials.get(`${office}/${year}`) ?? 0) + 1;
    this.work.write('serials').set(`${office}/${year}`, serial);
    return serial;
  }

  async saveCase(before: Case | null, after: Case, events: CaseEvent[], timers: Timer[]): Promise<void> {
    const { tables, work } = this;
    if ((tables.cases.get(after.id) ?? null) !== before) throw new Refused(`case ${after.id} has changed meanwhile`);
    for (const event of events) {
      if (event.type === 'decided') refuseDouble(tables, after, event);
      if (event.type === 'handed-in') refuseNumber(tables, after, event.number);
      if (event.type === 'announced') refuseSecondPublication(tables, after, event);
      // Rows of their own: what is in this transaction already counts as well.
      work.write('history').push({ case: after.id, event, cause: work.cause });
    }
    if (after.state.status === 'draft') refuseSecondDraft(tables, after);
    if (after.state.status === 'published' && after.publications.length === 0) throw new Refused('published without a publication');
    work.write('cases').set(after.id, after);
    this.keepOrigins(after, events);
    this.saveTimers(after, events, timers);
  }

  /** Where albums and texts came from: an album stays where it was first, a text follows its last case. */
  private keepOrigins(after: Case, events: CaseEvent[]): void {
    const place = chatKey(this.chat ?? after.home);
    for (const event of events) {
      const album = event.type === 'media-added' ? event.media.album : undefined;
      if (album !== undefined && !this.tables.albumCases.has(`${place}|${album}`))
        this.work.write('albumCases').set(`${place}|${album}`, after.id);
      const text = event.type === 'captioned' ? event.caption : event.type === 'narrated' ? event.narrative : null;
      for (const message of text ? messagesOf(text) : []) this.work.write('sources').set(`${place}|${message}`, after.id);
    }
  }

  /** The wanted set by difference; a row that was told stays told, unless its deadline has moved later. */
  private saveTimers(after: Case, events: CaseEvent[], timers: Timer[]): void {
    const rows = this.work.write('timers');
    const idOf = ({ step, round, rung }: Pick<Timer, 'step' | 'round' | 'rung'>) => `${after.id}/${step}/${round}/${rung}`;
    for (const event of events) {
      const row = event.type === 'told' ? rows.get(idOf(event)) : undefined;
      if (row && row.toldAt === null)
        rows.set(row.id, { ...row, toldAt: event.at, undigested: event.type === 'told' && event.digest === true });
    }
    const wanted = new Map(timers.map((timer) => [idOf(timer), timer]));
    for (const [id, row] of rows) if (row.case === after.id && row.toldAt === null && !wanted.has(id)) rows.delete(id);
    for (const [id, { step, round, rung, at, due }] of wanted) {
      const row = rows.get(id);
      if (!row || row.toldAt === null || (due > row.due && due > row.toldAt))
        rows.set(id, { id, step, round, rung, at, due, office: after.office, case: after.id, toldAt: null, undigested: false });
    }
  }

  async lockTimer(id: string): Promise<DueTimer | null> {
    const row = this.tables.timers.get(id);
    return row && row.toldAt === null ? row : null;
  }

  async undigested(office: string): Promise<UndigestedTimer[]> {
    return [...this.tables.timers.values()].flatMap(({ toldAt, undigested, ...row }) => {
      const { id, case: of, step, round, rung } = row;
      return row.office === office && undigested && toldAt !== null ? [{ id, case: of, step, round, rung, toldAt }] : [];
    });
  }

  async endDigest(office: string, ids: string[]): Promise<void> {
    for (const id of ids) {
      const row = this.tables.timers.get(id);
      if (row?.office === office) this.work.write('timers').set(id, { ...row, undigested: false });
    }
  }

  async isBehind(office: string, before: Instant): Promise<boolean> {
    return [...this.tables.timers.values()].some((row) => row.office === office && row.toldAt === null && row.at < before);
  }

  async casesById(office: string, ids: CaseId[]): Promise<Case[]> {
    return ids.flatMap((id) => this.tables.cases.get(id) ?? []).filter((c) => c.office === office);
  }

  async setOfficeTimer(
    office: string,
    what: OfficeMatter,
    at: Instant,
    { since, replace = false }: { since?: Instant; replace?: boolean } = {},
  ): Promise<void> {
    const id = officeTimerId(office, what);
    const wanted: OfficeTimer = { office, what, at, since: since ?? null };
    const standing = this.tables.officeTimers.get(id);
    this.work.write('officeTimers').set(id, standing && !replace ? earlierOf(standing, wanted) : wanted);
  }

  async lockOfficeTimer(office: string, what: OfficeMatter): Promise<OfficeTimer | null> {
    return this.tables.officeTimers.get(officeTimerId(office, what)) ?? null;
  }

  async clearOfficeTimer(office: string, what: OfficeMatter): Promise<void> {
    this.work.write('officeTimers').delete(officeTimerId(office, what));
  }

  async offers(chat: Chat, filter: OfferFilter): Promise<Offer[]> {
    return offersIn(this.tables, chat, filter);
  }

  async newestVote(chat: Chat, poll: string, accountId: string, at: Instant): Promise<boolean> {
    return newestVote(this.work, chat, poll, accountId, at);
  }

  async identify(channel: Chat['channel'], accountId: string, alias: string | null): Promise<string> {
    return identify(this.work, channel, accountId, alias);
  }

  async tellStranger(channel: Chat['channel'], accountId: string, at: Instant): Promise<boolean> {
    return tellStranger(this.work, channel, accountId, at);
  }

  async setDeputy(office: string, deputy: ChatDeputy): Promise<void> {
    const known = this.tables.offices.get(office);
    if (!known || this.tables.deputies.has(deputy.chat.id)) return;
    this.work.write('deputies').set(deputy.chat.id, { office, endedBy: null });
    this.work.write('offices').set(office, { ...known, deputies: [...(known.deputies ?? []), deputy] });
  }

  async endDeputy(office: string, id: string, by: string, _at: Instant): Promise<void> {
    const known = this.tables.offices.get(office);
    const row = this.tables.deputies.get(id);
    if (!known?.deputies || !row || row.office !== office || row.endedBy !== null) return;
    this.work.write('deputies').set(id, { office, endedBy: by });
    const { deputies, ...rest } = known;
    const left = deputies.filter(({ chat }) => chat?.id !== id);
    this.work.write('offices').set(office, left.length > 0 ? { ...rest, deputies: left } : rest);
  }

  async waitingFor(office: string, roles: string[]): Promise<Waiting[]> {
    return [...this.tables.cases.values()]
      .flatMap(({ id, office: of, state }) => {
        const waits = state.status === 'running' || state.status === 'approved' || (state.status === 'making' && state.taken === null);
        return waits && of === office && roles.includes(state.role)
          ? [{ case: id, step: state.step, round: state.round, role: state.role }]
          : [];
      })
      .sort((a, b) => (a.case < b.case ? -1 : 1));
  }

  async withoutCard(office: string, key: string, people: string[]): Promise<string[]> {
    const { bindings, cards, outbox } = this.tables;
    const has = (chat: Chat): boolean =>
      cards.has(`${chatKey(chat)}|${key}`) ||
      [...outbox.open()].some((row) => row.key === key && row.out.out === 'show' && sameChat(row.chat, chat));
    return people.filter((person) => {
      const mine = bindings.filter((one) => one.office === office && one.person === person);
      return mine.some(({ reachable: can }) => can) && !mine.some(({ chat }) => has(chat));
    });
  }

  async cardsIn(chat: Chat, keys: string[]): Promise<string[]> {
    const { cards, outbox } = this.tables;
    const isComing = (key: string): boolean =>
      [...outbox.open()].some((row) => row.key === key && row.out.out === 'show' && sameChat(row.chat, chat));
    return keys.filter((key) => cards.has(`${chatKey(chat)}|${key}`) || isComing(key));
  }

  async send(office: string | null, outgoing: Outgoing[], at: Instant): Promise<void> {
    send(this.work, office, outgoing, at);
  }

  async refuse(record: RefusalRecord): Promise<void> {
    this.work.write('refusals').push({ ...record, cause: this.work.cause });
  }

  /** Without hashes of its own; the number of events stands for them. */
  async takeChainHead(office: string): Promise<ChainHead | null> {
    const seq = this.tables.history.filter((row) => this.tables.cases.get(row.case)?.office === office).length;
    if (seq <= (this.tables.toldHeads.get(office) ?? 0)) return null;
    this.work.write('toldHeads').set(office, seq);
    return { seq, hash: String(seq).padStart(64, '0') };
  }

  async opened(office: string, place: CardPlace, person: string, at: Instant): Promise<void> {
    opened(this.work, office, place, person, at);
  }

  async seen(office: string, place: CardPlace, people: string[]): Promise<Seen[]> {
    return seen(this.tables, office, place, people);
  }
}

/** One decision of each person in a round, one when one decides for all, one rejection. */
function refuseDouble(tables: Tables, after: Case, event: CaseEvent & { type: 'decided' }): void {
  const step = tables.sops.get(`${after.sop.id}@${after.sop.version}`)?.steps.find(({ id }) => id === event.step);
  const sole = step?.kind === 'receive' || (step?.kind === 'decide' && step.needs === 'any');
  const twice = tables.history.some(
    ({ case: id, event: made }) =>
      id === after.id &&
      made.type === 'decided' &&
      made.step === event.step &&
      made.round === event.round &&
      (sole || made.by === event.by || (made.verdict === 'reject' && event.verdict === 'reject')),
  );
  if (twice) throw new Refused(`two decisions on ${event.step}/${event.round}`);
}

function refuseNumber(tables: Tables, after: Case, number: { year: number; serial: number }): void {
  const taken = [...tables.cases.values()].some(
    (c) => c.id !== after.id && c.office === after.office && c.number?.year === number.year && c.number.serial === number.serial,
  );
  if (taken) throw new Refused(`register number ${number.year}/${number.serial} is taken`);
}

function refuseSecondPublication(tables: Tables, after: Case, event: CaseEvent & { type: 'announced' }): void {
  const { channel } = event.publication;
  if (tables.history.some((row) => row.case === after.id && row.event.type === 'announced' && row.event.publication.channel === channel))
    throw new Refused(`a second publication on ${channel}`);
}

function refuseSecondDraft(tables: Tables, after: Case): void {
  const second = [...tables.cases.values()].some((c) => c.id !== after.id && c.state.status === 'draft' && sameChat(c.home, after.home));
  if (second) throw new Refused(`a second open draft in ${chatKey(after.home)}`);
}
