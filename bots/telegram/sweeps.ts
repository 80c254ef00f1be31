// When everything that is remembered is looked through for what is over: never for each newcomer, or a crowd would cost its square.
import type { Instant } from '../../src/time.ts';

/** Asked before each newcomer; `true`: look through them now. From `limit` on, then every `everyMs` or when there are twice as many. */
export function sweeps(limit: number, everyMs: number): (size: number, now: Instant) => boolean {
  let last: { size: number; at: Instant } | null = null;
  return (size, now) => {
    if (size < limit) return false;
    // A clock that was set back has not made the pause longer.
    const pausing = last !== null && now >= last.at && now - last.at < everyMs && size < last.size * 2;
    if (pausing) return false;
    last = { size, at: now };
    return true;
  };
}
