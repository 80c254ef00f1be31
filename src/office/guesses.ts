// How often codes of invitations may be guessed. A code has 40 bits: at this pace nobody finds one, however many accounts he has.
import { HOUR_MS } from '../time.ts';

/** Wrong codes are counted over this time. */
export const GUESS_WINDOW_MS = HOUR_MS;
export const GUESSES_OF_ACCOUNT = 5;
export const GUESSES_OF_ALL = 100;

/** Wrong codes within the window: of this account, and of all. A locked account is not heard, not even with the right code. */
export function guessesLocked({ mine, all }: { mine: number; all: number }): boolean {
  return mine >= GUESSES_OF_ACCOUNT || all >= GUESSES_OF_ALL;
}
