// A message in WhatsApp's words. WhatsApp knows nothing but markup within the text itself, so whatever could be read as markup in what
// people wrote is replaced by a sign that looks the same: no zero-width sign is sure to stop it. Addresses are spelled so that they still lead there.
import type { Message, Run } from '../channel.ts';
import { clean, cut } from '../telegram/clean.ts';

/** The app takes 65 536 characters. UTF-16 units. */
export const TEXT_MAX = 60_000;
const POLL_NAME_MAX = 255;
const POLL_OPTION_MAX = 100;

const TWINS: Record<string, string> = { '*': '∗', _: '＿', '~': '∼', '`': 'ˋ' };
const ADDRESS = /https?:\/\/\S+/giu;
/** Within a word these signs mean nothing; `snake_case` and most addresses stay as they are. Which other letters WhatsApp takes for letters is not known. */
const MARK = /(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])|`/gu;
/** A quote, a bullet or a number at the beginning of a line would be drawn as one. */
const LINE_START = /^(?=\s*(?:>|[-*•∗]\s|\d{1,3}[.)]\s))/gmu;
const ZERO_WIDTH = '\u200b';

function plain(text: string): string {
  return text.replace(MARK, (mark) => TWINS[mark] ?? mark);
}

function address(text: string): string {
  return text.replace(MARK, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Text without a mark in it that WhatsApp would draw as one. */
function unmarked(text: string): string {
  const cleaned = clean(text);
  let made = '';
  let from = 0;
  for (const match of cleaned.matchAll(ADDRESS)) {
    made += plain(cleaned.slice(from, match.index)) + address(match[0]);
    from = match.index + match[0].length;
  }
  return made + plain(cleaned.slice(from));
}

/** Text that WhatsApp draws as it was written. */
export function harmless(text: string): string {
  return unmarked(text).replace(LINE_START, ZERO_WIDTH);
}

/** Marked where WhatsApp takes it: not around spaces, and on one line. */
function marked(run: Run): string {
  const text = unmarked(run.words ?? run.text);
  const mark = run.code ? '`' : run.bold ? '*' : run.italic ? '_' : '';
  if (mark === '' || text.trim() === '' || text.includes('\n')) return text;
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? [];
  return `${before}${mark}${inner}${mark}${after}`;
}

/** `null`: nothing is left to be sent. */
export function compose(message: Message): string | null {
  // A line's beginning may be made of several runs.
  const text = cut(message.runs.map(marked).join('').replace(LINE_START, ZERO_WIDTH), TEXT_MAX);
  return text.trim() === '' ? null : text;
}

/** Options must differ, and there must be two; each is named by the hash of its very text, so none is changed here. */
export function composePoll(poll: Message['poll']): { name: string; options: string[] } | null {
  if (!poll) return null;
  const options = [...new Set(poll.options)].filter((option) => option !== '' && option.length <= POLL_OPTION_MAX);
  return options.length < 2 ? null : { name: cut(clean(poll.name).replace(/\s+/gu, ' ').trim() || '·', POLL_NAME_MAX), options };
}
