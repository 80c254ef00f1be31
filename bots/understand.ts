// What was meant: who wrote, by the one id that he is kept under, and which card his words, his vote or his reaction are an answer to.
// A text that is exactly an answer becomes the tap on the button that it names, with the same sealed reference.
import type { Conversation } from '../src/conversation/conversation.ts';
import type { Heard, What } from '../src/conversation/heard.ts';
import { commandOf } from '../src/conversation/lookup.ts';
import { isDeciding, type Offer, optionHash } from '../src/conversation/offer.ts';
import { restOf } from '../src/conversation/piece.ts';
import { numberNamed, readSpoken, SPOKEN_MAX } from '../src/conversation/spoken.ts';
import type { Tx } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';

const NOTHING: What = { kind: 'nothing' };

/** Where a platform names people in two ways, under the id that everything else is kept under. */
export async function identified(tx: Tx, heard: Heard, now: Instant): Promise<Heard> {
  const { chat, from } = heard;
  if (chat.channel !== 'whatsapp' || from === null) return heard;
  const id = await tx.identify(chat.channel, from.id, from.alt ?? null, now);
  if (id === from.id) return heard;
  return { ...heard, from: { ...from, id }, ...(heard.chatKind === 'private' ? { chat: { ...chat, id } } : {}) };
}

function tapOn(offer: Offer, data: string, text: string | null, word = false): What {
  return { kind: 'tap', data, tap: '', message: offer.message, spoken: { text, ...(word ? { word } : {}) } };
}

async function textMeant(tx: Tx, heard: Heard, what: What & { kind: 'text' }, asked: boolean): Promise<What> {
  if (what.text.length > SPOKEN_MAX || commandOf(what.text) !== null) return what;
  const offers = await tx.offers(heard.chat, { message: what.replyTo ?? null, number: numberNamed(what.text) });
  const group = heard.chatKind === 'group';
  const read = readSpoken({ text: what.text, replyTo: what.replyTo ?? null, group, asked }, offers);
  switch (read.read) {
    case 'choice':
      return tapOn(read.offer, read.choice.data, read.text, /\p{L}/u.test(what.text));
    case 'unclear':
      return { kind: 'unclear', why: 'words', number: null, offers: read.offers };
    case 'gone':
      return { kind: 'unclear', why: 'gone', number: null, offers: [] };
    case 'no-card':
      return { kind: 'unclear', why: 'no-card', number: read.number, offers: [] };
    case 'other':
      return what;
  }
}

async function voteMeant(tx: Tx, heard: Heard, what: What & { kind: 'vote' }): Promise<What> {
  const { chat, from } = heard;
  const [offer] = (await tx.offers(chat, { message: what.poll, number: null })).filter(({ poll }) => poll === what.poll);
  if (from === null) return NOTHING;
  // What can be read was sealed for a poll of ours, of which nothing is kept any more.
  if (!offer)
    return what.options.some((option) => !/^[0-9a-f]{64}$/.test(option))
      ? NOTHING
      : { kind: 'unclear', why: 'gone', number: null, offers: [] };
  // Votes may come in another order than they were given in.
  if (!(await tx.newestVote(chat, what.poll, from.id, what.at))) return NOTHING;
  if (what.options.length === 0) return { kind: 'unclear', why: 'withdrawn', number: null, offers: offer.standing ? [offer] : [] };
  const chosen = offer.choices.filter(({ label }) => what.options.includes(optionHash(label)));
  const [choice] = chosen;
  return choice && chosen.length === 1 ? tapOn(offer, choice.data, null) : { kind: 'unclear', why: 'words', number: null, offers: [offer] };
}

async function reactionMeant(tx: Tx, heard: Heard, what: What & { kind: 'reaction' }): Promise<What> {
  const offers = await tx.offers(heard.chat, { message: what.message, number: null });
  const offer = offers.find(({ message, poll }) => message === what.message || poll === what.message);
  return offer?.standing && isDeciding(offer) ? { kind: 'unclear', why: 'reaction', number: null, offers: [offer] } : NOTHING;
}

export async function understood(tx: Tx, heard: Heard, conversation: Conversation): Promise<Heard> {
  const { what } = heard;
  const { asking, deputy } = conversation;
  // However the rest of a long text begins, it decides nothing.
  if (restOf(heard, conversation)) return heard;
  switch (what.kind) {
    case 'text':
      return { ...heard, what: await textMeant(tx, heard, what, asking !== null || deputy !== undefined) };
    case 'vote':
      return { ...heard, what: await voteMeant(tx, heard, what) };
    case 'reaction':
      return { ...heard, what: await reactionMeant(tx, heard, what) };
    default:
      return heard;
  }
}
