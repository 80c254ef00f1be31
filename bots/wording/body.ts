// The caption and the narrative of a revision as messages of their own: whole, exact, and in as many parts as the platform needs.
import type { Named } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { MESSAGE_MAX } from './cut.ts';
import { caseNumber } from './named.ts';
import { bold, line } from './text.ts';

/** Room for the heading of a part. */
const PART_MAX = MESSAGE_MAX - 200;
const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** Where the part that starts the text ends: after a line, else after a word, else after a whole letter, if one is near the limit. */
function partEnd(text: string, max: number): number {
  if (text.length <= max) return text.length;
  for (const mark of ['\n', ' ']) {
    const at = text.lastIndexOf(mark, max - 1) + 1;
    if (at > max / 2) return at;
  }
  const near = graphemes.segment(text).containing(max)?.index ?? max;
  if (near > max / 2) return near;
  const last = text.charCodeAt(max - 1);
  return last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
}

/** Parts of at most `max` (≥ 2) UTF-16 units that together are the text, letter by letter. */
export function parts(text: string, max: number): string[] {
  const found: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = partEnd(rest, max);
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return found;
}

/** The caption stands alone, so that it can be copied as it is; the narrative has a heading. */
export function bodyMessages(part: 'caption' | 'narrative', named: Named, text: string): Message[] {
  const pieces = parts(text, PART_MAX).filter((piece) => piece.trim() !== '');
  return pieces.map((piece, at) => {
    if (part === 'caption') return { runs: [{ text: piece }], buttons: [] };
    const which = pieces.length > 1 ? ` (${at + 1}/${pieces.length})` : '';
    return { runs: [...line('📝 ', bold('Narasi'), ' ', caseNumber(named), `${which}\n`), { text: piece }], buttons: [] };
  });
}
