// Hearing: one inbox row from its raw update to everything that comes of it, in one transaction. The rules are called once what they
// need has been looked up under the locks; the order of locks stands in docs/architecture.md.

import { calendarOf } from '../src/calendar/calendar.ts';
import { monthSpan } from '../src/calendar/month.ts';
import type { Case, CaseEvent } from '../src/case/case.ts';
import { isOpen } from '../src/case/decide-collect.ts';
import { actorsOf, stepAt } from '../src/case/facts.ts';
import { waitingCard } from '../src/case/seen.ts';
import { timersOf } from '../src/case/turn.ts';
import type { Seen } from '../src/case/viewing.ts';
import type { Conversation } from '../src/conversation/conversation.ts';
import { converse } from '../src/conversation/converse.ts';
import type { Heard } from '../src/conversation/heard.ts';
import { commandOf, type Lookup, lookupOf } from '../src/conversation/lookup.ts';
import { openedBy } from '../src/conversation/opened.ts';
import { type Action, decodeReference, type Reference } from '../src/conversation/reference.ts';
import type { Deputable, Outcome, Situation, Startable, StepKind, Subject } from '../src/conversation/situation.ts';
import { rolesOf } from '../src/office/deputies.ts';
import { type Chat, personOf } from '../src/office/office.ts';
import type { Chance, Clock } from '../src/ports/ambient.ts';
import type { ClaimedPost, Membership, Post, Store, Tx } from '../src/ports/store.ts';
import { absentFrom } from './absent.ts';
import { forgive, payBack } from './owed.ts';
import { recapFor } from './recap.ts';
import { setAside } from './set-aside.ts';
import { identified, understood } from './understand.ts';

/** A row that the rules or the database have refused so often for its content is set aside; its chat goes on. */
export const POISON_ERRORS = 3;
/** So is one on which work began so often without any end: it kills the process. More than one kill can hit an innocent row by chance. */
export const POISON_CRASHES = 5;
/** More cases than this are not listed in a chat. */
const LIST_MAX = 200;
/** Nor more rows of the register, the newest. */
const REGISTER_MAX = 20;

export interface HearDeps {
  store: Store;
  clock: Clock;
  chance: Chance;
  /** Seals the buttons. */
  buttonKey: Uint8Array;
  translate(body: unknown, at: number, channel: Chat['channel']): Heard;
  /** The error says nothing of the row: the database was away, a lock was not had. Such a row is heard again, however often. */
  transient(error: unknown): boolean;
  /**
   * Work on a row on which work began before, and never came to its end: it may end this process, too. So there is one of them at a time, and
   * what else such an end would hit is counted once at most.
   */
  apart<T>(begun: number, work: () => Promise<T>): Promise<T>;
  /** A row was set aside. */
  poisoned(post: Post, why: string): void;
}

async function subjectOf(tx: Tx, c: Case | null): Promise<Subject | null> {
  if (!c) return null;
  const [office, sop] = [await tx.office(c.office), await tx.sop(c.sop.id, c.sop.version)];
  return office && sop ? { case: c, sop, office } : null;
}

type Standing = Pick<Situation, 'startable' | 'roles' | 'duties' | 'answers' | 'deputable' | 'roleLabels'>;
const LENT = new Set<StepKind>(['receive', 'decide', 'schedule', 'publish']);

/** What the sender may begin, what his roles are called, and what is theirs to do. */
async function standingOf(tx: Tx, memberships: Membership[], now: number): Promise<Standing> {
  const startable: Startable[] = [];
  const deputable: Deputable[] = [];
  const all: Record<string, string> = {};
  const labels = new Map<string, string>();
  const duties = new Set<StepKind>();
  const [accept, reject] = [new Set<string>(), new Set<string>()];
  for (const { office, person } of memberships) {
    const acts = rolesOf(office, person.id, now);
    const sops = await tx.sopsOf(office.id);
    // Whoever only makes content hands it in himself: that needs no deputy.
    const lends = person.roles.filter((role) => sops.some(({ steps }) => steps.some((step) => step.role === role && LENT.has(step.kind))));
    if (lends.length > 0) deputable.push({ office, person, roles: lends });
    for (const sop of sops) {
      for (const [role, label] of Object.entries(sop.roles)) all[role] ??= label;
      const [first] = sop.steps;
      if ((first?.kind === 'prepare' || first?.kind === 'assign') && person.roles.includes(first.role))
        startable.push({ office, person, sop });
      for (const role of acts) if (!labels.has(role) && sop.roles[role] !== undefined) labels.set(role, sop.roles[role]);
      for (const step of sop.steps.filter(({ role }) => acts.includes(role))) {
        duties.add(step.kind);
        if (step.kind === 'receive') accept.add('DITERIMA');
        if (step.kind !== 'decide') continue;
        accept.add(step.labels.accept);
        reject.add(step.labels.reject);
      }
    }
  }
  const roles = memberships
    .flatMap(({ office, person }) => rolesOf(office, person.id, now))
    .map((role) => labels.get(role) ?? role.replaceAll('_', ' '));
  const answers = { accept: [...accept], reject: [...reject] };
  return { startable, roles: [...new Set(roles)], duties: [...duties], answers, deputable, roleLabels: all };
}

/**
 * The draft that this chat's files and texts belong to: the one in focus, else the one that came back last, else the one begun.
 * `begun`: the one begun before any of these, for there may be only one of them.
 */
async function draftOf(tx: Tx, conversation: Conversation, memberships: Membership[], begun = false): Promise<Case | null> {
  const focused = conversation.focus === null ? null : await tx.lockCase(conversation.focus);
  // What was given to another maker is not his draft any more.
  const inHand = focused && isOpen(focused) && memberships.some(({ person }) => person.id === focused.maker) ? focused : null;
  if (inHand && (!begun || inHand.state.status === 'draft')) return inHand;
  const open: (Case & { state: { enteredAt: number; status: string } })[] = [];
  for (const { office, person } of memberships) {
    open.push(...(await tx.cases({ office: office.id, open: true, maker: person.id, limit: LIST_MAX })).filter(isOpen));
  }
  const first = begun ? 'draft' : 'returned';
  const rank = (c: (typeof open)[number]) => (c.state.status === first ? 1 : 0);
  const [best] = open.sort((a, b) => rank(b) - rank(a) || b.state.enteredAt - a.state.enteredAt);
  if (inHand && best?.state.status !== 'draft') return inHand;
  return best ? tx.lockCase(best.id) : null;
}

async function albumCase(tx: Tx, heard: Heard, album: string): Promise<Case | null> {
  const id = await tx.caseOfAlbum(heard.chat, album);
  const c = id === null ? null : await tx.lockCase(id);
  // What comes after a draft was dropped begins, or joins, another one.
  return c?.state.status === 'withdrawn' ? null : c;
}

async function numbered(tx: Tx, memberships: Membership[], number: string): Promise<Case | null> {
  for (const { office } of memberships) {
    const id = await tx.caseOfNumber(office.id, number);
    if (id !== null) return tx.lockCase(id);
  }
  return null;
}

async function caseFor(tx: Tx, lookup: Lookup, heard: Heard, conversation: Conversation, memberships: Membership[]): Promise<Case | null> {
  switch (lookup.look) {
    case 'case':
      return (await tx.lockCase(lookup.case)) ?? (heard.what.kind === 'tap' ? null : draftOf(tx, conversation, memberships));
    case 'album':
      return (
        (await albumCase(tx, heard, lookup.album)) ??
        (lookup.asked === undefined ? null : await tx.lockCase(lookup.asked)) ??
        draftOf(tx, conversation, memberships)
      );
    case 'message': {
      const id = await tx.caseOfMessage(heard.chat, lookup.message);
      return id === null ? null : tx.lockCase(id);
    }
    case 'number':
      return numbered(tx, memberships, lookup.number);
    case 'draft':
      return memberships.length === 0 ? null : draftOf(tx, conversation, memberships, lookup.begun);
    default:
      return null;
  }
}

async function subjectsOf(tx: Tx, cases: Case[]): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const c of cases) {
    const subject = await subjectOf(tx, c);
    if (subject) subjects.push(subject);
  }
  return subjects;
}

async function openIn(tx: Tx, office: string): Promise<Subject[]> {
  return subjectsOf(tx, await tx.cases({ office, limit: LIST_MAX, open: true }));
}

/** What this chat lacks, where the sender asks for it, or when he can be written to here from now on. */
async function absentFor(
  tx: Tx,
  now: number,
  one: Pick<Situation, 'heard' | 'memberships' | 'listed'> & { asked: boolean; first: boolean },
) {
  const { heard, memberships, asked, first } = one;
  const { kind } = heard.what;
  if (heard.chatKind !== 'private') return {};
  if (asked) return { absent: await absentFrom(tx, heard.chat, one.listed, memberships, now) };
  // Whatever he tapped or mended stands here.
  if (!first || kind === 'tap' || kind === 'edited') return {};
  const open: Subject[] = [];
  for (const { office } of memberships) open.push(...(await openIn(tx, office.id)));
  return { absent: await absentFrom(tx, heard.chat, open, memberships, now), firstWords: true as const };
}

async function listedFor(tx: Tx, lookup: Lookup, memberships: Membership[], now: number): Promise<Pick<Situation, 'listed' | 'register'>> {
  if (lookup.look !== 'list') return { listed: [] };
  const listed: Subject[] = [];
  let register: Situation['register'];
  for (const { office } of memberships) {
    if (lookup.list === 'register') {
      const month = lookup.month ?? calendarOf(office).dateOf(now).slice(0, 7);
      const { cases, total } = await tx.handedIn(office.id, monthSpan(month, office.timezone), REGISTER_MAX);
      register = { month, total: (register?.total ?? 0) + total };
      listed.push(...(await subjectsOf(tx, cases)));
    } else listed.push(...(await openIn(tx, office.id)));
  }
  return { listed, ...(register ? { register } : {}) };
}

async function redeem(tx: Tx, lookup: Lookup, heard: Heard, now: number): Promise<Situation['redeemed']> {
  if (lookup.look !== 'redeem' || heard.from === null || heard.chatKind !== 'private') return null;
  const redeemed = await tx.redeem(lookup.code, heard.chat.channel, heard.from.id, heard.chat, now);
  if (redeemed.redeemed === 'no') return redeemed;
  const office = await tx.office(redeemed.office);
  const person = office && personOf(office, redeemed.person);
  if (!office || !person) return { redeemed: 'no', locked: false };
  const open = await subjectsOf(tx, await tx.cases({ office: office.id, open: true, limit: LIST_MAX }));
  const waiting = open.filter(({ case: c, sop }) => {
    if (isOpen(c) || !('step' in c.state)) return false;
    return actorsOf(c, stepAt(sop, c.state.step), { now, office, sop }).some(({ id }) => id === person.id);
  });
  return { redeemed: 'yes', membership: { office, person }, waiting };
}

const ASKS_STANDING = new Set<Action>(['chooseSop', 'startSop', 'deputyWhom', 'deputySet', 'deputyEnd']);

/** Who asks what he may begin: files open drafts, commands and the choice of an SOP look at the list. */
function asksWhatToStart(heard: Heard, reference: Reference | 'forged' | null, conversation: Conversation): boolean {
  const { what } = heard;
  // Naming a deputy asks for the roles as well.
  if (conversation.deputy) return true;
  if (what.kind === 'tap') return reference !== null && reference !== 'forged' && ASKS_STANDING.has(reference.action);
  return what.kind === 'media' || (what.kind === 'text' && commandOf(what.text) !== null);
}

async function seenOf(tx: Tx, { case: c, office, sop }: Subject, now: number): Promise<Seen[]> {
  const card = waitingCard(c, { now, office, sop });
  return card ? tx.seen(office.id, card.place, card.people) : [];
}

/** The same number in another of his offices; read without a lock, for nothing is done with it. */
async function alikeFor(
  tx: Tx,
  number: string,
  subject: Subject,
  memberships: Membership[],
  now: number,
): Promise<Pick<Situation, 'alike'>> {
  const alike: NonNullable<Situation['alike']> = [];
  for (const id of new Set(memberships.map(({ office }) => office.id))) {
    const found = id === subject.office.id ? null : await tx.caseOfNumber(id, number);
    const others = found === null ? [] : await subjectsOf(tx, await tx.casesById(id, [found]));
    for (const other of others) alike.push({ subject: other, seen: await seenOf(tx, other, now) });
  }
  return alike.length > 0 ? { alike } : {};
}

/** Where a number may be lost for writing too much, a stranger hears us once a day. */
async function wasTold(tx: Tx, { chat, chatKind, from, what }: Heard, now: number): Promise<boolean> {
  if (chat.channel !== 'whatsapp' || chatKind === 'group' || from === null || what.kind === 'nothing') return false;
  return !(await tx.tellStranger(chat.channel, from.id, now));
}

/** On WhatsApp a message to somebody who has not written first may cost the number. */
async function isUnwritten(tx: Tx, { chat, chatKind, from, what }: Heard, memberships: Membership[]): Promise<boolean> {
  if (chat.channel !== 'whatsapp' || chatKind !== 'group' || from === null || what.kind !== 'tap' || memberships.length === 0) return false;
  return !(await tx.hasWritten(
    chat.channel,
    from.id,
    memberships.map(({ office }) => office.id),
  ));
}

async function situationOf(tx: Tx, deps: HearDeps, raw: Heard, now: number): Promise<Situation> {
  const { chat, from } = raw;
  const account = from?.id ?? '';
  // Asked together: they travel together, in this order.
  const [known, conversation, reachedNow] = await Promise.all([
    from === null ? [] : tx.memberships(chat.channel, account),
    tx.conversation(chat, account),
    from !== null && raw.chatKind === 'private' ? tx.touch(chat.channel, account, chat, now) : undefined,
  ]);
  let memberships = known;
  const heard = await understood(tx, raw, conversation);
  const { what } = heard;
  const reference: Reference | 'forged' | null =
    what.kind === 'tap' ? (decodeReference(what.data, chat, deps.buttonKey) ?? 'forged') : null;
  const lookup = lookupOf(heard, reference, conversation);
  const redeemed = await redeem(tx, lookup, heard, now);
  if (redeemed?.redeemed === 'yes') memberships = await tx.memberships(chat.channel, account);
  const subject = await subjectOf(tx, await caseFor(tx, lookup, heard, conversation, memberships));
  const standing = asksWhatToStart(heard, reference, conversation)
    ? await standingOf(tx, memberships, now)
    : { startable: [], roles: [], duties: [], deputable: [], roleLabels: {} };
  const listed = await listedFor(tx, lookup, memberships, now);
  const asked = lookup.look === 'list' && (lookup.list === 'antrean' || lookup.list === 'unsent');
  const first = reachedNow === true && redeemed?.redeemed !== 'yes';
  const absent = await absentFor(tx, now, { heard, memberships, listed: listed.listed, asked, first });
  const recap = lookup.look === 'recap' ? { recap: await recapFor(tx, lookup.month, memberships, now) } : {};
  const seen = lookup.look === 'number' && subject ? await seenOf(tx, subject, now) : [];
  const alike = lookup.look === 'number' && subject ? await alikeFor(tx, lookup.number, subject, memberships, now) : {};
  const fresh = { case: deps.chance.uuid(), media: deps.chance.uuid() };
  const told = memberships.length === 0 && !redeemed && (await wasTold(tx, heard, now));
  return {
    now,
    heard,
    reference,
    memberships,
    conversation,
    ...((await isUnwritten(tx, heard, memberships)) ? { unwritten: true as const } : {}),
    subject,
    ...standing,
    redeemed,
    ...listed,
    ...absent,
    ...recap,
    seen,
    ...alike,
    fresh,
    serial: 0,
    told,
  };
}

/** A first hand-in takes its serial only once it is known to be accepted: no gap is left by a refusal. */
async function withSerial(tx: Tx, situation: Situation): Promise<Outcome> {
  const tried = converse(situation);
  const handedIn = tried.saved?.events.find((event): event is CaseEvent & { type: 'handed-in' } => event.type === 'handed-in');
  if (!tried.saved || !handedIn || tried.saved.before?.number) return tried;
  const { office } = tried.saved.subject;
  const year = Number(calendarOf(office).dateOf(situation.now).slice(0, 4));
  return converse({ ...situation, serial: await tx.takeSerial(office.id, year) });
}

async function save(tx: Tx, post: string, outcome: Outcome, situation: Situation): Promise<void> {
  const { saved, outgoing, office, conversation, refusals, deputies } = outcome;
  const { now, heard } = situation;
  const opened = openedBy(situation);
  const saving = saved && {
    ...saved,
    after: saved.subject.case,
    timers: timersOf(saved.subject.case, { now, office: saved.subject.office, sop: saved.subject.sop, serial: 0 }),
  };
  for (const change of deputies) {
    // The waiting cards go to who may act now; when it begins later, the office is woken then. First, as in ringing: the office's row is next.
    await tx.setOfficeTimer(change.office, 'deputies', now, { since: now });
    if (change.change === 'set') await tx.setDeputy(change.office, change.deputy);
    else await tx.endDeputy(change.office, change.id, change.by, now);
  }
  // Nothing here waits for the result of another: the statements travel together, in this order.
  await Promise.all([
    saving ? tx.saveCase(saving.before, saving.after, saving.events, saving.timers) : undefined,
    conversation === situation.conversation ? undefined : tx.saveConversation(heard.chat, heard.from?.id ?? '', conversation),
    outgoing.length > 0 ? tx.send(office, outgoing, now) : undefined,
    ...refusals.map((refusal) => tx.refuse(refusal)),
    opened ? tx.opened(opened.office, opened.place, opened.person, now) : undefined,
    tx.endPost(post, outcome.ending, now),
  ]);
}

async function hearPost(deps: HearDeps, claimed: Post): Promise<void> {
  const { store, clock } = deps;
  await store.transaction(async (tx) => {
    const post = await tx.lockPost(claimed.id);
    if (!post) return;
    const now = clock.now();
    const heard = await identified(tx, deps.translate(post.body, post.receivedAt, post.channel), now);
    const { what, chat } = heard;
    const gone = what.kind === 'blocked' && what.blocked;
    if (gone) await tx.reachable(chat, false, now);
    if (what.kind === 'moved') await tx.moveChat(chat, { channel: chat.channel, id: what.to });
    if (what.kind === 'nothing' || gone || what.kind === 'moved') return tx.endPost(post.id, 'ignored', now);
    const situation = await situationOf(tx, deps, heard, now);
    const outcome = await withSerial(tx, situation);
    await save(tx, post.id, outcome, situation);
  });
}

/** Hears the lane's oldest unfinished row; whether others waited behind it. A row that has failed too often is set aside: its chat goes on, the operator is told. */
export async function hearNext(deps: HearDeps, lane: string): Promise<'more' | 'empty'> {
  const { store, clock } = deps;
  await payBack(deps, lane);
  const fresh = await store.claimFresh(lane, clock.now());
  if (!fresh) return 'empty';
  if (!('begun' in fresh)) return hearClaimed(deps, fresh);
  return deps.apart(fresh.begun, async () => {
    const post = await store.claimPost(lane, clock.now());
    return post ? hearClaimed(deps, post) : 'empty';
  });
}

async function hearClaimed(deps: HearDeps, post: ClaimedPost): Promise<'more' | 'empty'> {
  const { store, clock } = deps;
  const left = post.more ? 'more' : 'empty';
  let why = 'work on it never came to an end';
  if (post.attempts <= POISON_CRASHES) {
    try {
      await hearPost(deps, post);
      return left;
    } catch (error) {
      if (deps.transient(error)) {
        await forgive(deps, post);
        throw error;
      }
      if (post.attempts < POISON_ERRORS) throw error;
      why = error instanceof Error ? error.message : String(error);
    }
  }
  if (await setAside({ store, clock }, post)) deps.poisoned(post, why);
  return left;
}
