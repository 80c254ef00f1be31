// Cutting people's text so that no message is ever too long for the platform, and no letter or emoji is cut in half.
import type { Message, Run } from '../channel.ts';

/** Telegram refuses texts over 4096 UTF-16 units; the rest is air for what a channel adds itself. */
export const MESSAGE_MAX = 4000;
/** A cut never leaves less than this of a run, so that the reader still sees what it was. */
const RUN_MIN = 16;

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** The text itself, or its longest beginning of whole graphemes with `…`; never more than `max` (≥ 1) UTF-16 units. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = max - 1;
  let end = 0;
  // One grapheme may be any length (a letter under a thousand accents), so only what can matter is segmented.
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return `${(end === 0 ? wholeUnits(text, room) : text.slice(0, end)).trimEnd()}…`;
}

/** For a first grapheme that is longer than the room itself: whole code points at least. */
function wholeUnits(text: string, room: number): string {
  const last = text.charCodeAt(room - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? room - 1 : room);
}

export function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.text.length, 0);
}

/** The message within `MESSAGE_MAX`: the longest runs give way first, so that the facts around them stay. */
export function withinLimit(message: Message): Message {
  const runs = [...message.runs];
  let excess = lengthOf(runs) - MESSAGE_MAX;
  while (excess > 0) {
    const longest = runs.reduce((best, run, at) => (run.text.length > (runs[best]?.text.length ?? 0) ? at : best), 0);
    const run = runs[longest];
    if (run === undefined || run.text.length <= RUN_MIN) return { ...message, runs: firstRuns(runs) };
    runs[longest] = { ...run, text: cut(run.text, Math.max(RUN_MIN, run.text.length - excess)) };
    excess = lengthOf(runs) - MESSAGE_MAX;
  }
  return { ...message, runs };
}

/** Thousands of tiny runs: what has no room any more is left out. */
function firstRuns(runs: readonly Run[]): Run[] {
  let room = MESSAGE_MAX - 1;
  const kept = runs.filter((run) => {
    room -= run.text.length;
    return room >= 0;
  });
  return [...kept, { text: '…' }];
}
