// Whether a file that waits is in hand in this process: begun at once where there is room, and not begun a second time beside itself.
import type { AtOnce } from '../../queues/at-once.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Instant } from '../../src/time.ts';

/** A file that has not come is begun anew here so long after this process last began on it: its pauses between two tries are the queue's business. */
const AGAIN_MS = 120_000;
const BEGUN_MAX = 10_000;

/** `true`: it is being fetched here, since now or since before. `false`: it takes the ordinary way, through its queue. */
export function inHand(files: Pick<AtOnce, 'run' | 'holds'>, clock: Clock): (media: string) => boolean {
  const begun = new Map<string, Instant>();
  const lately = (media: string, now: Instant): boolean => {
    const at = begun.get(media);
    // A clock that was set back has not made it later.
    return at !== undefined && now >= at && now - at < AGAIN_MS;
  };
  return (media) => {
    // Found waiting at every round until it has come: a job would fetch it a second time beside this one.
    if (files.holds(media) !== null) return true;
    const now = clock.now();
    if (lately(media, now) || !files.run(media)) return false;
    if (begun.size > BEGUN_MAX) begun.clear();
    begun.set(media, now);
    return true;
  };
}
