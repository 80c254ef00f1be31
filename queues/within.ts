// A limit on waiting: nothing that a queue or a platform does may hold its caller for ever.

export type Within<T> = { ended: 'in-time'; value: T } | { ended: 'failed'; error: unknown } | { ended: 'late' };

/** Waits at most `ms` milliseconds. What ends later ends unheard. Never rejects. */
export async function within<T>(work: Promise<T>, ms: number): Promise<Within<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Within<T>>((resolve) => {
    timer = setTimeout(resolve, ms, { ended: 'late' });
  });
  const settled = work.then(
    (value): Within<T> => ({ ended: 'in-time', value }),
    (error: unknown): Within<T> => ({ ended: 'failed', error }),
  );
  const first = await Promise.race([settled, late]);
  clearTimeout(timer);
  return first;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
