// A longer text reaches us in pieces: the platform cuts it at about its own limit, whoever sends it. What has come is taken at once, and
// remembered until the sender's next message, which may be its rest.
import type { CaseId } from '../case/case.ts';
import type { Instant } from '../time.ts';
import type { Heard } from './heard.ts';

/** Length from which a text may have been cut (UTF-16 units): clients cut at a space or a line's end where one is near. */
export const PIECE_MIN = 3500;
/** Longest text of one Telegram message, in code points. */
export const TEXT_MAX = 4096;
/** A phone sends the pieces at once; nobody reads a question and writes an answer as fast. */
const AT_ONCE_MS = 3_000;
/** Where nothing at all stands between the two in the chat, no question of ours either, a bad connection may have held the second up. */
const NOTHING_BETWEEN_MS = 20_000;

export interface Piece {
  case: CaseId;
  /** What it became: the draft's narrative, a text whose meaning was asked for, or a decider's correction (the revision that he made). */
  into: { part: 'narrative' } | { part: 'in-hand' } | { part: 'repair'; step: string; round: number; revision: number };
  /** The messages that the text so far came in, in order. */
  messages: string[];
  /** The last one has exactly the platform's length: it was cut where it stood, in the middle of a word perhaps. */
  cut: boolean;
  /** The platform's own time of the last one. */
  at: Instant;
  /** The whole became too long, and was refused: what else comes of it is refused with it. */
  over?: true;
}

/** The text that this message may be the rest of. */
export function restOf({ what, at }: Heard, { piece }: { piece?: Piece }): Piece | null {
  if (!piece || what.kind !== 'text') return null;
  const between = at - piece.at;
  const next = Number(what.message) - Number(piece.messages.at(-1)) === 1;
  return between >= 0 && between <= (next ? NOTHING_BETWEEN_MS : AT_ONCE_MS) ? piece : null;
}
