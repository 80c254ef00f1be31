// Due timers are told in this process itself, at their instant and straight from the rows: whatever a queue holds back, has lost or has
// too much of, no deadline waits for it. Only the nearest instants are kept in memory, however many timers are pending.
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Log } from './log.ts';
import { messageOf, within } from './within.ts';

/** Rows looked at in one go. */
const BATCH = 200;
/** Side by side: beside people's taps, which must not wait for a burst of deadlines. */
const ABREAST = 4;
/** Instants kept; the reconciler names the nearest ones again every few seconds. */
const KEPT = 200;
/** Longest that is slept without a look: a clock may be moved. */
const SLEEP_MAX_MS = 60_000;

export interface AlarmClock {
  /** A timer is wanted at this instant. */
  set(at: Instant): void;
  /** Something is due: look now. `false`: stopped, and somebody else must. */
  ring(): boolean;
  /** Takes nothing new; what runs may finish within the time. */
  stop(patienceMs: number): Promise<void>;
}

export interface AlarmClockDeps {
  store: Pick<Store, 'dueTimers'>;
  clock: Clock;
  wake(timer: string): Promise<void>;
  /** It threw: it is to be tried again the ordinary way. */
  failed(timer: string): void;
  log: Log;
  /** Runs the work once, later; returns how to take that back. Real time when absent. */
  later?: (work: () => void, ms: number) => () => void;
}

export function alarmClock(deps: AlarmClockDeps): AlarmClock {
  const { store, clock, log, later = inRealTime } = deps;
  let open = true;
  /** Sorted, each once. */
  let instants: Instant[] = [];
  let cancel = (): void => undefined;
  let running: Promise<void> | null = null;
  let again = false;

  const wakeOne = async (timer: string): Promise<void> => {
    try {
      await deps.wake(timer);
    } catch (error) {
      log.warn({ timer, err: messageOf(error) }, 'alarm clock: a timer failed; it goes the ordinary way');
      deps.failed(timer);
    }
  };

  /** Until nothing is due any more. What was tried once is left to the ordinary way, so that one bad row holds up nobody. */
  const drain = async (): Promise<void> => {
    const tried = new Set<string>();
    let left = 0;
    while (open) {
      const due = await store.dueTimers(clock.now(), BATCH + left);
      const fresh = due.filter((timer) => !tried.has(timer));
      left = due.length - fresh.length;
      if (fresh.length === 0) return;
      for (const timer of fresh) tried.add(timer);
      await abreast(fresh, wakeOne, () => open);
    }
  };

  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        await drain();
      } while (again && open);
    } catch (error) {
      log.warn({ err: messageOf(error) }, 'alarm clock: the rows could not be read');
    } finally {
      running = null;
    }
  };

  const ring = (): boolean => {
    if (!open) return false;
    if (running) again = true;
    else running = run();
    return true;
  };

  const sleep = (): void => {
    cancel();
    const [next] = instants;
    if (next !== undefined && open) cancel = later(awake, Math.min(SLEEP_MAX_MS, Math.max(0, next - clock.now())));
  };

  const awake = (): void => {
    const now = clock.now();
    const ahead = instants.filter((at) => at > now);
    if (ahead.length < instants.length) ring();
    instants = ahead;
    sleep();
  };

  return {
    set(at) {
      const place = instants.findIndex((known) => known >= at);
      if (instants[place] === at || (place < 0 && instants.length >= KEPT)) return;
      instants.splice(place < 0 ? instants.length : place, 0, at);
      instants.length = Math.min(instants.length, KEPT);
      if (instants[0] === at) sleep();
    },
    ring,
    async stop(patienceMs) {
      open = false;
      cancel();
      if (running) await within(running, patienceMs);
    },
  };
}

async function abreast(timers: string[], work: (timer: string) => Promise<void>, open: () => boolean): Promise<void> {
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let timer = timers[next++]; timer !== undefined && open(); timer = timers[next++]) await work(timer);
  };
  await Promise.all(Array.from({ length: Math.min(ABREAST, timers.length) }, runner));
}

function inRealTime(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
