// Who goes first: work that somebody watches a screen for holds the door, and everything else lets it through, though never for long.

export interface Precedence {
  /** While this work runs, the others wait before they begin. */
  first<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody goes first any more, and after a while in any case. */
  clear(): Promise<void>;
}

/** `patienceMs`: the longest that anybody is kept waiting, so that a stream of first ones starves nobody. */
export function precedence(patienceMs: number): Precedence {
  let ahead = 0;
  const waiting = new Set<() => void>();
  return {
    async first(work) {
      ahead += 1;
      try {
        return await work();
      } finally {
        ahead -= 1;
        if (ahead === 0) for (const go of [...waiting]) go();
      }
    },
    clear() {
      if (ahead === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, patienceMs);
        waiting.add(go);
      });
    },
  };
}
