// What nobody asks for any more goes: at the start, and once a day.
import type { PgStore } from '../../db/store.ts';
import { messageOf } from '../../queues/within.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import { HOUR_MS, type Instant } from '../../src/time.ts';

const DAY_MS = 24 * HOUR_MS;
/** So long after its end a case's messages still tell why their choices no longer count; later they only say that. */
const CHOICES_KEPT_MS = 30 * DAY_MS;

export interface HousekeepingParts {
  store: Pick<PgStore, 'pruneChoices'>;
  clock: Clock;
  log: { warn(fields: object, message: string): void };
}

export interface Housekeeping {
  /** Resolves with how much went. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

export const choicesKeptFrom = (now: Instant): Instant => now - CHOICES_KEPT_MS;

export function startHousekeeping({ store, clock, log }: HousekeepingParts, everyMs = DAY_MS): Housekeeping {
  const sweep = () => store.pruneChoices(choicesKeptFrom(clock.now()));
  let running: Promise<unknown> = Promise.resolve();
  const run = (): void => {
    running = running.then(sweep).catch((error: unknown) => log.warn({ err: messageOf(error) }, 'housekeeping: could not sweep'));
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    sweep,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
