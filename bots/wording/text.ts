// Building texts out of runs. What people wrote is always a plain run of its own, so it can never become markup or borrow ours.
import type { Button, Message, Run } from '../channel.ts';
import { cut, withinLimit } from './cut.ts';
import { inWords } from './in-words.ts';

/** A string is our own words; people's words come in as a run made by `said` or `block`. */
export type Piece = string | Run | readonly Piece[] | null;
export type Line = Run[];

// Control characters, and the marks that turn the direction of what follows: with them a title could rewrite our own words.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const UNSEEN_BUT_NEWLINE = /(?!\n)[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

export function line(...pieces: Piece[]): Line {
  return pieces.flatMap((piece): Run[] => {
    if (piece === null || piece === '') return [];
    if (typeof piece === 'string') return [own(piece)];
    if (isRun(piece)) return piece.text === '' ? [] : [piece];
    return line(...piece);
  });
}

/** Our own words, as they read with and without buttons. */
function own(text: string): Run {
  const words = inWords(text);
  return words === text ? { text } : { text, words };
}

function isRun(piece: Run | readonly Piece[]): piece is Run {
  return !Array.isArray(piece);
}

/** Our own words, in bold. */
export function bold(text: string): Run {
  return { text, bold: true };
}

/** One line of text without line breaks, so that nobody can add lines of his own to ours. */
export function oneLine(text: string, max: number): string {
  return cut(text.replace(/\s+/gu, ' ').replace(UNSEEN, '').trim(), max);
}

/** People's words on one line. `max` in UTF-16 units. */
export function said(text: string, max = 160): Run {
  return { text: oneLine(text, max) };
}

/** People's words with their own line breaks. `max` in UTF-16 units. */
export function block(text: string, max: number): Run {
  return { text: cut(text.replace(/\r\n?/g, '\n').replace(UNSEEN_BUT_NEWLINE, '').trim(), max) };
}

export function quoted(text: string, max = 520): Piece {
  return ['"', said(text, max), '"'];
}

/** "a dan b", "a, b, dan c" */
export function listed(items: readonly Piece[], last = 'dan'): Piece[] {
  const end = items.length > 2 ? `, ${last} ` : ` ${last} `;
  return items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? end : ', ', item]));
}

/** "1.234" */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '.');
}

/** Lines as one text; what is `null` or empty is left out. */
export function page(...lines: (Line | null)[]): Run[] {
  return lines
    .filter((each): each is Line => each !== null && each.length > 0)
    .flatMap((each, at) => (at === 0 ? each : [{ text: '\n' }, ...each]));
}

export function message(lines: (Line | null)[], buttons: Button[][] = []): Message {
  return withinLimit({ runs: page(...lines), buttons: buttons.filter((row) => row.length > 0) });
}

/** A message whose answer is the person's next text. */
export function asking(lines: (Line | null)[], buttons: Button[][] = []): Message {
  return { ...message(lines, buttons), asks: true };
}

export function plain(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}
