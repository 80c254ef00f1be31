// Whoever opens registers the closing; closing goes in reverse order, each within its time, and one that fails does not keep the rest open.
import { messageOf, within } from '../../queues/within.ts';

export interface Closing {
  add(name: string, close: () => Promise<unknown>, patienceMs?: number): void;
  all(): Promise<void>;
}

const PATIENCE_MS = 3_000;

export function closing(log: { warn(fields: object, message: string): void }): Closing {
  const steps: { name: string; close: () => Promise<unknown>; patienceMs: number }[] = [];
  return {
    add: (name, close, patienceMs = PATIENCE_MS) => void steps.push({ name, close, patienceMs }),
    async all() {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        const { name, close, patienceMs } = step;
        const ended = await within(Promise.resolve().then(close), patienceMs);
        if (ended.ended === 'late') log.warn({ part: name }, 'stop: did not close in time');
        if (ended.ended === 'failed') log.warn({ part: name, err: messageOf(ended.error) }, 'stop: did not close cleanly');
      }
    },
  };
}
