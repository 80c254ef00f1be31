// Work that only the store's absence keeps from its end: asked again until the store is back.

const EVERY_MS = 500;

/** Throws what tells something of the work itself, and everything after so many milliseconds. */
export async function whenBack<T>(work: () => Promise<T>, transient: (error: unknown) => boolean, patienceMs: number): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!transient(error) || performance.now() + EVERY_MS > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
