// One delivery on its channel: the words are made now, from the case as it is now, and the platform's answer becomes the delivery's ending.
import { createHash } from 'node:crypto';
import { within } from '../queues/within.ts';
import type { Case, Revision } from '../src/case/case.ts';
import { isOpen } from '../src/case/decide-collect.ts';
import { draftKey } from '../src/case/draft-key.ts';
import { type Facts, stepAt } from '../src/case/facts.ts';
import { type CardKey, cardKeyText, type Notice, type Outgoing } from '../src/case/outgoing.ts';
import { seenLines, waitingCard } from '../src/case/seen.ts';
import { viewCard } from '../src/case/view.ts';
import type { SeenLine } from '../src/case/viewing.ts';
import { encodeReference } from '../src/conversation/reference.ts';
import { type Chat, isGroupChat, type Office, personOf } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Delivered, Delivery, Store } from '../src/ports/store.ts';
import type { Sop } from '../src/sop/sop.ts';
import { piecesOf } from '../src/text/pieces.ts';
import type { Channel, Going, Message, OutFile, Sent } from './channel.ts';
import { change, type Offering, post } from './offering.ts';
import { cardMessage } from './wording/card.ts';
import type { WordingContext } from './wording/context.ts';
import { answerText, noticeMessage } from './wording/notice.ts';

/** A tap that has waited longer than this is not answered any more: the platform has forgotten it. Milliseconds. */
const TAP_ANSWER_MAX_MS = 120_000;

/**
 * For so long taking the buttons of an old card is waited for. With the platform's own patience before it (10 s for the new card) the
 * delivery still ends in its time. Milliseconds.
 */
const TAKING_BUTTONS_MS = 1_500;

export interface PerformDeps {
  store: Store;
  clock: Clock;
  buttonKey: Uint8Array;
  channel(name: Chat['channel']): Channel | null;
  /** The bytes of a kept file. */
  openFile(sha256: string): NodeJS.ReadableStream;
  /** The person whose private chat this is, in that office. */
  personAt(office: string, chat: Chat): Promise<string | null>;
}

type Known = { case: Case; sop: Sop; office: Office };

function contextFor(deps: PerformDeps, chat: Chat, known: Known | null): WordingContext {
  const names = known && {
    person: (id: string) => personOf(known.office, id)?.name ?? id,
    role: (id: string) => known.sop.roles[id] ?? id,
  };
  return {
    now: deps.clock.now(),
    button: (action, index, caseId, item = 0) => ({
      tap: encodeReference({ action, case: caseId, item, ...index }, chat, deps.buttonKey),
    }),
    ...(names ? { names } : {}),
    inWords: deps.channel(chat.channel)?.ownIds !== undefined,
    group: isGroupChat(chat),
  };
}

/** The hash of what stands in the chat: an update that would change nothing is not sent. */
function hashOf(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

function ended(sent: Sent, hash?: string): Delivered {
  switch (sent.sent) {
    case 'yes':
      return { ended: 'sent', messages: sent.messages, ...(hash === undefined ? {} : { cardHash: hash }) };
    case 'unchanged':
    case 'gone':
      return { ended: 'needless' };
    case 'later':
      return { ended: 'later', afterMs: sent.afterMs, why: sent.why, ...(sent.whole ? { whole: true } : {}) };
    case 'refused':
      return { ended: 'refused', why: sent.why };
    case 'unreachable':
      return { ended: 'unreachable', why: sent.why, ...(sent.whole ? { whole: true } : {}) };
    case 'moved':
      return { ended: 'moved', to: sent.to };
  }
}

function caseIn(notice: Notice): string | null {
  if (notice.notice === 'question') return notice.question.case;
  return 'named' in notice ? (notice.named?.case ?? null) : null;
}

/** The card that a message speaks of: the message answers it, so that one tap on the quote leads there. */
function cardOf(notice: Notice, known: Known | null): CardKey | null {
  if (!known || !('round' in known.case.state)) return null;
  const { case: c } = known;
  const { step, round } = known.case.state;
  const draft = isOpen(c) ? draftKey(c, known.sop) : null;
  if (notice.notice === 'ready') return draft;
  const speaksOfCard = notice.notice === 'ladder' || notice.notice === 'response-noted';
  if (!speaksOfCard) return null;
  return draft ?? { card: 'step', case: c.id, step, round };
}

/** How far the card has come with each holder, as long as the case is at that step. */
async function seenAt(deps: PerformDeps, known: Known, activity: string): Promise<SeenLine[]> {
  const facts: Facts = { now: deps.clock.now(), office: known.office, sop: known.sop };
  const card = waitingCard(known.case, facts);
  if (!card || stepAt(known.sop, card.place.step).activity !== activity) return [];
  return seenLines(known.case, card.place, await deps.store.seen(known.office.id, card.place, card.people), facts);
}

/** Nothing is read or made for a message that the pace would hold back. */
function held(channel: Channel, chat: Chat, what: Going): Delivered | null {
  const afterMs = channel.waitMs?.(chat, what) ?? 0;
  return afterMs > 0 ? { ended: 'later', afterMs, why: 'pace' } : null;
}

async function say(deps: PerformDeps, offering: Offering, notice: Notice): Promise<Delivered> {
  const { chat } = offering.delivery;
  const waits = held(offering.channel, chat, notice.notice === 'stranger' ? 'message to a stranger' : 'message');
  if (waits) return waits;
  const id = caseIn(notice);
  const known = id === null ? null : await deps.store.readCase(id);
  const card = cardOf(notice, known);
  const standing = card && (await deps.store.standingCard(chat, cardKeyText(card)));
  const seen = known && notice.notice === 'ladder' && notice.to === 'supervisor' ? await seenAt(deps, known, notice.step) : [];
  const message = noticeMessage(notice, { ...contextFor(deps, chat, known), seen });
  return ended(await post(offering, message, { known, key: null }, standing?.message ?? null));
}

async function show(deps: PerformDeps, offering: Offering, key: CardKey, fresh: boolean): Promise<Delivered> {
  const { chat } = offering.delivery;
  const text = cardKeyText(key);
  const standing = await deps.store.standingCard(chat, text);
  const waits = held(offering.channel, chat, standing && !fresh ? 'change' : 'message');
  if (waits) return waits;
  const known = await deps.store.readCase(key.case);
  if (!known) return { ended: 'refused', why: 'no such case' };
  const facts: Facts = { now: deps.clock.now(), office: known.office, sop: known.sop };
  const viewer = await deps.personAt(known.office.id, chat);
  const roles = viewer === null ? [] : (personOf(known.office, viewer)?.roles ?? []);
  // How many SOPs the maker may choose from: those of his office whose first step is his.
  const view = viewCard(known.case, key, facts, viewer, roles.length > 0 ? known.office.sops.length : 0);
  if (!view) return { ended: 'needless' };
  const message = cardMessage(view, contextFor(deps, chat, known));
  const hash = hashOf(message);
  if (standing && !fresh) {
    if (standing.hash === hash) return { ended: 'needless' };
    const sent = await change(offering, standing.message, message, { known, key });
    // `unchanged`: an earlier attempt got through, its answer did not.
    if (sent.sent === 'unchanged') return { ended: 'sent', messages: [standing.message], cardHash: hash };
    if (sent.sent !== 'gone') return ended(sent, hash);
  }
  const album = await deps.store.albumMessage(chat, text);
  const sent = await post(offering, message, { known, key }, album);
  // Only after the new card stands: a change of the old one in front of it would take the pace that the new one waits for, at every
  // attempt anew, and the chat would never go on. Should this fail or be slow, the old buttons still mean the same and are judged as they
  // are; but the new card is there, and without its ending on record it would be sent once more.
  if (sent.sent === 'yes' && standing && fresh) {
    const taking = Promise.resolve().then(() => offering.channel.edit(chat, standing.message, { ...message, buttons: [] }));
    await within(taking, TAKING_BUTTONS_MS);
  }
  return ended(sent, hash);
}

function revisionFiles(deps: PerformDeps, c: Case, media: string[]): OutFile[] {
  const all: Revision['media'] = c.revisions.flatMap((revision) => revision.media);
  return media.flatMap((id, i) => {
    const found = all.find((one) => one.id === id);
    if (!found) return [];
    const { kind, sha256, mime, file, name } = found;
    return [{ kind, ref: file, sha256, mime, name: name ?? `berkas-${i + 1}`, open: () => deps.openFile(sha256) }];
  });
}

async function album(deps: PerformDeps, channel: Channel, delivery: Delivery, out: Outgoing & { out: 'album' }): Promise<Delivered> {
  const known = await deps.store.readCase(out.case);
  const files = known ? revisionFiles(deps, known.case, out.media) : [];
  if (files.length === 0) return { ended: 'needless' };
  return ended(await channel.album(delivery.chat, files, channel.ownIds?.(delivery)));
}

async function text(deps: PerformDeps, offering: Offering, out: Outgoing & { out: 'text' }): Promise<Delivered> {
  const waits = held(offering.channel, offering.delivery.chat, 'message');
  if (waits) return waits;
  const known = await deps.store.readCase(out.case);
  const piece = piecesOf(known?.case.revisions[out.revision - 1]?.[out.part] ?? '')[out.piece];
  if (piece === undefined) return { ended: 'needless' };
  return ended(await post(offering, { runs: [{ text: piece }], buttons: [] }, { known: null, key: null }, null));
}

async function answer(deps: PerformDeps, channel: Channel, delivery: Delivery, out: Outgoing & { out: 'answer' }): Promise<Delivered> {
  if (deps.clock.now() - delivery.createdAt > TAP_ANSWER_MAX_MS) return { ended: 'needless' };
  const { notice } = out;
  const id = notice && caseIn(notice);
  const known = id === null ? null : await deps.store.readCase(id);
  const names = contextFor(deps, delivery.chat, known).names;
  const sent = await channel.answer(out.tap, names ? answerText(notice, names) : answerText(notice), out.alert);
  return ended(sent);
}

export async function perform(deps: PerformDeps, delivery: Delivery): Promise<Delivered> {
  const { chat, out } = delivery;
  const channel = deps.channel(chat.channel);
  if (!channel) return { ended: 'later', afterMs: 60_000, why: `no channel '${chat.channel}' is running` };
  const offering = { store: deps.store, buttonKey: deps.buttonKey, channel, delivery };
  switch (out.out) {
    case 'say':
      return say(deps, offering, out.notice);
    case 'show':
      return show(deps, offering, out.key, out.fresh ?? false);
    case 'refresh':
      return show(deps, offering, out.key, false);
    case 'album':
      return album(deps, channel, delivery, out);
    case 'text':
      return text(deps, offering, out);
    case 'answer':
      return answer(deps, channel, delivery, out);
  }
}
