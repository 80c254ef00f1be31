// Work done at once in the process that made it, without the way through a queue: one run for each key at a time, a few keys side by
// side, some more in line behind them. What does not fit goes the ordinary way; what is lost with the process, the reconciler makes
// again from the rows.
import { messageOf, within } from './within.ts';

export interface AtOnce {
  /**
   * `false`: full or stopped, and somebody else must do it. While the key's work runs it is only noted, and done once more after it;
   * while the key is in line it is there already.
   */
  run(key: string): boolean;
  /** What of this key there is here. */
  holds(key: string): 'running' | 'in-line' | null;
  /** Takes nothing new and forgets the line; what runs may finish within the time. */
  stop(patienceMs: number): Promise<void>;
}

export interface AtOnceOptions {
  /** Keys side by side. */
  limit: number;
  /** Keys in line behind them, first come, first served: a queue's way costs several times the work itself. */
  line?: number;
  work(key: string): Promise<void>;
  /** The work threw: it is to be tried again the ordinary way. */
  failed(key: string): void;
  log: { warn(fields: object, message: string): void };
}

export function atOnce({ limit, line = 0, work, failed, log }: AtOnceOptions): AtOnce {
  /** Keys at work, and whether they were wanted again meanwhile. */
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  /** In order of their coming. */
  const waiting = new Set<string>();
  let open = true;

  const begin = (key: string): void => {
    const state = { again: false, done: Promise.resolve() };
    running.set(key, state);
    state.done = loop(key, state);
  };

  const next = (): void => {
    const [key] = waiting;
    if (key === undefined || !open) return;
    waiting.delete(key);
    begin(key);
  };

  const loop = async (key: string, state: { again: boolean }): Promise<void> => {
    try {
      do {
        state.again = false;
        await work(key);
      } while (state.again && open);
      if (state.again) failed(key);
    } catch (error) {
      log.warn({ key, err: messageOf(error) }, 'at once: failed; it goes the ordinary way');
      failed(key);
    } finally {
      running.delete(key);
      next();
    }
  };

  return {
    run(key) {
      if (!open) return false;
      const now = running.get(key);
      if (now) {
        now.again = true;
        return true;
      }
      if (running.size < limit) begin(key);
      else if (waiting.size < line || waiting.has(key)) waiting.add(key);
      else return false;
      return true;
    },
    holds: (key) => (running.has(key) ? 'running' : waiting.has(key) ? 'in-line' : null),
    async stop(patienceMs) {
      open = false;
      waiting.clear();
      await within(Promise.all([...running.values()].map(({ done }) => done)), patienceMs);
    },
  };
}
