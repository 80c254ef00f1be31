// Post that may have ended the process before is worked on by itself: one at a time, and what has done so twice lets the others go first,
// because after a new start there is work of everybody's, and it may be all the time they get.
import { setTimeout as pause } from 'node:timers/promises';

/** Long enough to work off what came while the process was gone. */
const OTHERS_FIRST_MS = 2_000;

export function apart(othersFirstMs = OTHERS_FIRST_MS): <T>(begun: number, work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (begun, work) => {
    if (begun >= 2) await pause(othersFirstMs);
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
