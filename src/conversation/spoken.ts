// The grammar of answers in words: `TERIMA 12`, `TOLAK 12 alasan …`, a reply to a card that begins with one of its labels, a number.
// Nothing but this grammar decides: what only sounds like an answer is asked about, and all else is ordinary text.
import { tidyLine } from '../text/tidy.ts';
import { type Choice, isDeciding, type Offer, plainLabel } from './offer.ts';
import type { Action } from './reference.ts';

export interface Spoken {
  text: string;
  /** The message that it answers. */
  replyTo: string | null;
  /** In a group only a reply to a card, or a word with its number, is meant for us. */
  group: boolean;
  /** A question is open: what is no exact answer to a card answers that. */
  asked: boolean;
}

export type Read =
  /** `text`: what came with the word, for a choice that asks for a text. */
  | { read: 'choice'; choice: Choice; offer: Offer; text: string | null }
  /** It sounds like an answer to one of these. */
  | { read: 'unclear'; offers: Offer[] }
  /** An exact answer to a number of which no card stands here. */
  | { read: 'no-card'; number: string }
  /** An exact answer to a message that has nothing to choose from any more. */
  | { read: 'gone' }
  | { read: 'other' };

/** Words that always mean the same, whatever an SOP calls it. */
const WORDS: Partial<Record<Action, readonly string[]>> = {
  accept: ['TERIMA'],
  reject: ['TOLAK'],
  receive: ['DITERIMA'],
  respond: ['TANGGAPAN'],
  handIn: ['SERAHKAN'],
  published: ['SUDAHTAYANG'],
  assign: ['TUGASKAN'],
  take: ['KERJAKAN'],
};
/** Counts with a number only: alone it sounds like a wish. */
const WITH_NUMBER: Partial<Record<Action, string>> = { accept: 'SETUJUI' };
const ALL_WORDS = [...Object.values(WORDS), ...Object.values(WITH_NUMBER)].flat();
/** Choices that a text belongs to, which may come in the same message. */
const WITH_TEXT: readonly Action[] = ['reject', 'respond', 'published'];

const VAGUE =
  /^(?:acc|ac|approved?|setuju|disetujui|menyetujui|ok(?:e|ay|ey|eh)?|sip+|siap|lanjut(?:kan)?|boleh|iya?|ya+|yes|yoi|baik(?:lah)?|gas+|mantap|jangan|tidak|nggak|gak|ditolak|trima|trm|👍|👌|✅|✔|☑|🙏|🆗|❌|👎)(?![\p{L}\p{N}])/iu;
/** The longest reason with its word and number fits. UTF-16 units. */
export const SPOKEN_MAX = 2000;
/** Longer than this nobody writes to say only yes or no. */
const VAGUE_MAX = 160;

const OTHER: Read = { read: 'other' };

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

function namesOf(choice: Choice): string[] {
  return [lettersOf(plainLabel(choice.label)), ...(WORDS[choice.action] ?? [])].filter((name) => name !== '');
}

/** What follows the name, when the text begins with it, word by word; `null` when it does not. */
function after(text: string, name: string): string | null {
  const words = text.split(' ');
  let joined = '';
  for (const [at, word] of words.entries()) {
    joined += lettersOf(word);
    // A question is no answer: its mark stays behind, as what nobody asked for.
    const mark = words.slice(0, at + 1).some((one) => one.includes('?')) ? ['?'] : [];
    if (joined === name) return [...mark, ...words.slice(at + 1)].join(' ');
    if (joined.length >= name.length) return null;
  }
  return null;
}

/** `12`, `0012`, `no. 12`, `#12` or a whole register number at the beginning, and what follows. */
function numberIn(text: string): { number: string; rest: string } | null {
  const match = /^(?:(?:nomor|no)\.? ?|# ?)?(\d{1,6}(?:[/.-][\p{L}\p{N}/.-]*[\p{L}\p{N}])?)(?=$|[\s:;,.!?-])(.*)$/iu.exec(text);
  if (!match) return null;
  const [, number = '', rest = ''] = match;
  return { number, rest: bare(rest) };
}

/** Without what only stands between a word and its reason. */
function bare(text: string): string {
  return text.replace(/^[\s:;,.!–-]+/u, '').trim();
}

function isOf(offer: Offer, number: string): boolean {
  return /^\d+$/.test(number) ? offer.serial === Number(number) : offer.named.number?.toUpperCase() === number.toUpperCase();
}

function casesOf(offers: readonly Offer[]): number {
  return new Set(offers.map(({ named }) => named.case)).size;
}

const unclear = (offers: readonly Offer[]): Read => ({ read: 'unclear', offers: offers.slice(0, 5) });

/** The choice with what came along: a word with more behind it counts only where a text belongs to it. */
function taken(offer: Offer, choice: Choice, rest: string): Read {
  if (rest === '') return { read: 'choice', choice, offer, text: null };
  return WITH_TEXT.includes(choice.action) && !rest.startsWith('?') ? { read: 'choice', choice, offer, text: rest } : unclear([offer]);
}

function quoting(text: string, offer: Offer, offers: readonly Offer[], asked: boolean): Read {
  if (/^\d{1,2}[.)]?$/.test(text)) {
    const choice = offer.numbered ? offer.choices.find(({ n }) => n === Number.parseInt(text, 10)) : undefined;
    if (choice) return taken(offer, choice, '');
  }
  for (const choice of offer.choices) {
    for (const name of namesOf(choice)) {
      const rest = after(text, name);
      if (rest === null) continue;
      const numbered = numberIn(bare(rest));
      if (numbered === null) return taken(offer, choice, bare(rest));
      if (isOf(offer, numbered.number)) return taken(offer, choice, numbered.rest);
      // A number that is another case's, or that stands alone: which of the two is meant?
      const others = offers.filter((one) => one !== offer && one.standing && isOf(one, numbered.number));
      return others.length > 0 || numbered.rest === '' ? unclear([offer, ...others]) : taken(offer, choice, bare(rest));
    }
  }
  return isDeciding(offer) && offer.standing && !asked ? unclear([offer]) : OTHER;
}

/** A word with a register number: the card of that case in this chat, the newest first; an old one still says why it no longer counts. */
function withNumber(text: string, offers: readonly Offer[], asked: boolean): Read | null {
  const names = new Set([...offers.flatMap(({ choices }) => choices.flatMap(namesOf)), ...ALL_WORDS]);
  for (const name of names) {
    const rest = after(text, name);
    const numbered = rest === null ? null : numberIn(bare(rest));
    if (numbered === null) continue;
    const found = offers.flatMap((offer) => {
      const fits = (one: Choice) => namesOf(one).includes(name) || WITH_NUMBER[one.action] === name;
      const choice = isOf(offer, numbered.number) ? offer.choices.find(fits) : undefined;
      return choice ? [{ offer, choice }] : [];
    });
    const standing = found.filter(({ offer }) => offer.standing);
    const [first] = standing.length > 0 ? standing : found;
    if (casesOf(standing.map(({ offer }) => offer)) > 1) return unclear(standing.map(({ offer }) => offer));
    if (first) return taken(first.offer, first.choice, numbered.rest);
    const whole = numbered.rest === '' || (!asked && name === 'TOLAK');
    if (ALL_WORDS.includes(name) && whole) return { read: 'no-card', number: numbered.number };
  }
  return null;
}

function bareNumber(text: string, standing: readonly Offer[], asked: boolean): Read {
  const numbered = standing.filter((offer) => offer.numbered);
  const [newest] = numbered;
  const n = Number.parseInt(text, 10);
  const choice = newest?.choices.find((one) => one.n === n);
  if (!newest || !choice) return OTHER;
  if (newest.key === null) return taken(newest, choice, '');
  if (asked) return OTHER;
  const same = numbered.filter((offer) => offer.key !== null && offer.choices.some((one) => one.n === n));
  return casesOf(same) > 1 ? unclear(same) : taken(newest, choice, '');
}

function bareWord(text: string, standing: readonly Offer[]): Read | null {
  const found = standing.flatMap((offer) => {
    const choice = offer.choices.find((one) => namesOf(one).some((name) => bare(after(text, name) ?? '?') === ''));
    return choice ? [{ offer, choice }] : [];
  });
  const [first] = found;
  if (!first) return null;
  return casesOf(found.map(({ offer }) => offer)) > 1 ? unclear(found.map(({ offer }) => offer)) : taken(first.offer, first.choice, '');
}

function soundsLikeAnswer(text: string, deciding: readonly Offer[]): boolean {
  if (/^terima ?kasih/iu.test(text)) return false;
  const names = [...deciding.flatMap(({ choices }) => choices.flatMap(namesOf)), ...ALL_WORDS];
  return (text.length <= VAGUE_MAX && VAGUE.test(text)) || names.some((name) => after(text, name) !== null);
}

/** A number or a word as a card offers it, and nothing else. */
function isBareAnswer(text: string): boolean {
  return /^\d{1,2}[.)]?$/.test(text) || ALL_WORDS.includes(lettersOf(text));
}

/** `offers`: those that stand in the chat, the one that is answered, and those of the number that is named; newest first. */
export function readSpoken({ text: raw, replyTo, group, asked }: Spoken, offers: readonly Offer[]): Read {
  const text = tidyLine(raw)
    .replace(/[*_~`]/g, '')
    .replace(/^\//, '')
    .trim();
  if (text === '' || text.length > SPOKEN_MAX) return OTHER;
  const quoted = replyTo === null ? undefined : offers.find((offer) => offer.message === replyTo || offer.poll === replyTo);
  if (quoted) return quoting(text, quoted, offers, asked);
  const exact = withNumber(text, offers, asked);
  if (exact || group) return exact ?? OTHER;
  const standing = offers.filter((offer) => offer.standing);
  const deciding = standing.filter(isDeciding);
  // A reply to something else: which card is meant is anybody's guess.
  if (replyTo !== null) {
    if (!asked && deciding.length > 0 && soundsLikeAnswer(text, deciding)) return unclear(deciding);
    return !asked && isBareAnswer(text) ? { read: 'gone' } : OTHER;
  }
  if (/^\d{1,2}[.)]?$/.test(text)) return bareNumber(text, standing, asked);
  const word = bareWord(text, standing);
  if (word) return word;
  return !asked && deciding.length > 0 && soundsLikeAnswer(text, deciding) ? unclear(deciding) : OTHER;
}

/** The register number that the text may name, to be looked for. */
export function numberNamed(text: string): string | null {
  const words = tidyLine(text).split(' ').slice(0, 6);
  for (const at of words.keys()) {
    const found = at === 0 ? null : numberIn(words.slice(at).join(' '));
    if (found) return found.number;
  }
  return null;
}
