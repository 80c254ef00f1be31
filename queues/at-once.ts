// Work done at once in the process that made it, without the way through a queue: one run for each key at a time, a few keys side by
// side. What does not fit goes the ordinary way; what is lost with the process, the reconciler makes again from the rows.
import { messageOf, within } from './within.ts';

export interface AtOnce {
  /** `false`: full or stopped, and somebody else must do it. While the key's work runs it is only noted, and done once more after it. */
  run(key: string): boolean;
  /** Takes nothing new; what runs may finish within the time. */
  stop(patienceMs: number): Promise<void>;
}

export interface AtOnceOptions {
  /** Keys side by side. */
  limit: number;
  work(key: string): Promise<void>;
  /** The work threw: it is to be tried again the ordinary way. */
  failed(key: string): void;
  log: { warn(fields: object, message: string): void };
}

export function atOnce({ limit, work, failed, log }: AtOnceOptions): AtOnce {
  /** Keys at work, and whether they were wanted again meanwhile. */
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  let open = true;

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
      if (running.size >= limit) return false;
      const state = { again: false, done: Promise.resolve() };
      running.set(key, state);
      state.done = loop(key, state);
      return true;
    },
    async stop(patienceMs) {
      open = false;
      await within(Promise.all([...running.values()].map(({ done }) => done)), patienceMs);
    },
  };
}
