// How often this process has failed at each delivery. The leases that the row counts do not tell: the platform's own pauses lease it too.

export interface Failures {
  /** One more. `own`: a fault of the delivery itself. Answers how many those are, and how many failures in all. */
  note(id: string, own: boolean): { own: number; all: number };
  /** It is over. */
  forget(id: string): void;
}

const KEPT_MAX = 10_000;

/** Of more than `limit` the one that failed longest ago is forgotten: it is tried some times more. */
export function failures(limit = KEPT_MAX): Failures {
  const counts = new Map<string, { own: number; all: number }>();
  return {
    note(id, own) {
      const before = counts.get(id) ?? { own: 0, all: 0 };
      const count = { own: before.own + (own ? 1 : 0), all: before.all + 1 };
      // Taken out first, so that the map is in the order of the last failure.
      counts.delete(id);
      counts.set(id, count);
      const [oldest] = counts.keys();
      if (counts.size > limit && oldest !== undefined) counts.delete(oldest);
      return count;
    },
    forget: (id) => void counts.delete(id),
  };
}
