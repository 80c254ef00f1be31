// Short pauses kept in this process itself: what must wait a moment for the platform's pace would cost a queue more than its work. What is
// lost with the process, the reconciler finds in the rows.

/** A timer of the platform may ring a little early, and what is not yet due would be left until somebody looks again. */
const LATE_MS = 2;

export interface Pauses {
  /** The key's end comes after so many milliseconds, or earlier when that was said before. `false`: too long or too many, and somebody else must. */
  set(key: string, ms: number): boolean;
  stop(): void;
}

export interface PausesOptions {
  /** Longest pause that is kept here, milliseconds. */
  longestMs: number;
  /** Keys kept. */
  limit: number;
  ended(key: string): void;
  /** Runs the work once, later; returns how to take that back. Real time when absent. */
  later?: (work: () => void, ms: number) => () => void;
}

export function pauses({ longestMs, limit, ended, later = inRealTime }: PausesOptions): Pauses {
  const kept = new Map<string, { leftAt: number; cancel: () => void }>();
  let open = true;

  return {
    set(key, ms) {
      if (!open || ms > longestMs) return false;
      const leftAt = performance.now() + ms;
      const known = kept.get(key);
      if (known && known.leftAt <= leftAt) return true;
      if (!known && kept.size >= limit) return false;
      known?.cancel();
      const end = (): void => {
        kept.delete(key);
        ended(key);
      };
      kept.set(key, { leftAt, cancel: later(end, ms + LATE_MS) });
      return true;
    },
    stop() {
      open = false;
      for (const { cancel } of kept.values()) cancel();
      kept.clear();
    },
  };
}

function inRealTime(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
