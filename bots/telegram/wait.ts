// Waiting that a stop signal ends at once, and how long to wait after how many failures.
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** 1 to 30 seconds, doubling with every failure in a row; `jitter` in [0, 1) takes away up to half, so that bots do not come back in step. */
export function backoffMs(failures: number, jitter: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(full * (1 - jitter / 2));
}
