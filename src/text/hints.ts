// Hints on language: never a reason to refuse anything. Only what is wrong wherever it stands is pointed out, so that a hint is worth reading;
// there is no dictionary behind it, and names, dialects and quotations are left alone.
import { APART, STANDARD_WORDS, TOGETHER } from './standard-words.ts';

export type Hint =
  /** Written otherwise in the standard language. */
  | { hint: 'word'; found: string; better: string }
  /** The same small word twice. */
  | { hint: 'twice'; found: string }
  /** A sentence of so many words. */
  | { hint: 'long'; words: number; begins: string }
  /** A reader may not know what it stands for. */
  | { hint: 'short-form'; found: string };

/** More words than this in one sentence are hard to follow. */
export const SENTENCE_MAX = 30;
const BEGINS_WORDS = 4;

/** What everybody knows, or what is never written out. */
const KNOWN = new Set(
  'RI NKRI WIB WITA WIT HUT KTP KK SIM STNK NIK NIP ASN PNS TNI POLRI SD SMP SMA SMK RT RW PT CV UD TV PPID SOP UMKM II III IV VI VII VIII IX XI XII'.split(
    ' ',
  ),
);
const REPEATED = /(?<![\p{L}\p{N}-])(yang|di|ke|dan|untuk|dengan|dari|pada|oleh|akan|ini|itu|dalam)\s+\1(?![\p{L}\p{N}-])/giu;
const PASSIVE = new RegExp(`(?<![\\p{L}\\p{N}-])di\\s+(${TOGETHER.join('|')})(?![\\p{L}\\p{N}-])`, 'giu');

function wordHints(text: string): Hint[] {
  const words = text.match(/[\p{L}'’]+(?:-[\p{L}]+)*/gu) ?? [];
  return words.flatMap((found): Hint[] => {
    const plain = found.toLowerCase().replaceAll('’', "'");
    const better = STANDARD_WORDS.get(plain) ?? APART.get(plain);
    return better === undefined ? [] : [{ hint: 'word', found, better }];
  });
}

function joinedHints(text: string): Hint[] {
  return (text.match(PASSIVE) ?? []).map((found) => ({
    hint: 'word',
    found,
    better: found.replace(/\s+(.)/u, (_, letter: string) => letter.toLowerCase()),
  }));
}

function repeatedHints(text: string): Hint[] {
  return (text.match(REPEATED) ?? []).map((found) => ({ hint: 'twice', found }));
}

/** A full stop ends a sentence only before a space: "09.00" and "Rp1.250.000" go on. */
function sentenceHints(text: string): Hint[] {
  return text.split(/[.!?]+(?:\s|$)|\n+/u).flatMap((sentence): Hint[] => {
    const words = sentence.trim().split(/\s+/u);
    return words.length > SENTENCE_MAX ? [{ hint: 'long', words: words.length, begins: words.slice(0, BEGINS_WORDS).join(' ') }] : [];
  });
}

/** Written out once, beside it in brackets, it is explained. */
function shortFormHints(text: string): Hint[] {
  const found = text.match(/(?<![\p{L}\p{N}#@/.-])\p{Lu}{2,7}(?![\p{L}\p{N}/.-])/gu) ?? [];
  // A heading in capitals is no row of short forms.
  if (found.length > 6) return [];
  return found.flatMap((one): Hint[] => {
    const explained = text.includes(`(${one})`) || new RegExp(`${one}\\s*\\(`, 'u').test(text);
    return KNOWN.has(one) || explained ? [] : [{ hint: 'short-form', found: one }];
  });
}

/** In the order spelling, doubled words, long sentences, short forms; each once. */
export function hintsOf(text: string): Hint[] {
  const all = [...wordHints(text), ...joinedHints(text), ...repeatedHints(text), ...sentenceHints(text), ...shortFormHints(text)];
  const seen = new Set<string>();
  return all.filter((hint) => {
    const key = JSON.stringify(hint).toLowerCase();
    return !seen.has(key) && Boolean(seen.add(key));
  });
}
