// Long polling that never acknowledges what is not written down: a batch is committed before the next call confirms it.
// telegraf's own loop confirms updates whose handlers failed, and goes deaf for minutes on a half-open connection.
import type { Clock } from '../../src/ports/ambient.ts';
import type { Arrival, Store } from '../../src/ports/store.ts';
import { HOUR_MS, type Instant } from '../../src/time.ts';
import type { Answered, Api, Failed } from './api.ts';
import { arrivalOf, HEARD_UPDATES } from './arrival.ts';
import type { Log } from './log.ts';
import { numberOf, shapeOf } from './shape.ts';
import { backoffMs, sleep as realSleep, type Sleep } from './wait.ts';

const POLL_SECONDS = 25;
/** A poll that is not answered this long after its own time is a dead connection. */
const GRACE_MS = 10_000;
const BATCH_MAX = 100;
// After a week without updates the ids start anew at a random number, which an old offset would hide.
const OFFSET_KEPT_MS = 6 * 24 * HOUR_MS;
const BACKLOG_PAUSE_MS = 500;

/** Rings for a lane that has post. What it misses, the reconciler finds. */
export type OnPost = (lane: string, tap: boolean) => void | Promise<void>;

export interface PollOptions {
  api: Api;
  store: Pick<Store, 'receive'>;
  clock: Clock;
  signal: AbortSignal;
  onPost: OnPost;
  log: Log;
  account: string;
  /** A random number in [0, 1). */
  jitter: () => number;
  /** `false` while too much waits to be worked off: then nothing more is asked for. */
  mayAsk?: () => boolean;
  /** Told after every answered poll: the bot is not deaf. */
  onAnswer?: (at: Instant) => void;
  /** Told when all that an answered poll brought was written down. */
  onHeard?: () => void;
  /** Told after every poll of which that is not so. */
  onFailure?: () => void;
  pollSeconds?: number;
  sleep?: Sleep;
}

export type PollEnding =
  /** The signal was given. */
  | { ended: 'stopped' }
  /** The token is not (or no longer) valid. */
  | { ended: 'unauthorised'; why: string };

/** Runs until it is stopped or the token is refused; everything else is waited out. Only one may run per token. */
export async function poll(options: PollOptions): Promise<PollEnding> {
  const { clock, signal } = options;
  const wait = options.sleep ?? realSleep;
  let offset: number | null = null;
  let lastHeardAt = clock.now();
  let failures = 0;
  let said = '';
  let hooked = true;
  while (!signal.aborted) {
    if (options.mayAsk?.() === false) {
      await wait(BACKLOG_PAUSE_MS, signal);
      continue;
    }
    if (clock.now() - lastHeardAt > OFFSET_KEPT_MS) offset = null;
    const turn: Turn = hooked ? await unhook(options) : await ask(options, offset);
    if (turn.is === 'closed') {
      options.onFailure?.();
      return { ended: 'unauthorised', why: turn.why };
    }
    if (turn.is === 'failed') {
      failures += 1;
      if (!signal.aborted) options.onFailure?.();
      hooked ||= turn.hooked;
      // Said once, however long it lasts.
      if (turn.why !== said && !signal.aborted) options.log.warn({ why: turn.why }, 'telegram: not heard');
      said = turn.why;
      await wait(Math.max(turn.afterMs, backoffMs(failures, options.jitter())), signal);
      continue;
    }
    if (failures > 0) options.log.info({ failures }, 'telegram: hearing again');
    failures = 0;
    said = '';
    hooked = false;
    if (turn.is === 'heard') options.onHeard?.();
    if (turn.is === 'heard' && turn.last !== null) {
      offset = turn.last + 1;
      lastHeardAt = clock.now();
    }
  }
  return { ended: 'stopped' };
}

type Turn =
  | { is: 'unhooked' }
  /** Committed up to and with this update. */
  | { is: 'heard'; last: number | null }
  | { is: 'failed'; afterMs: number; hooked: boolean; why: string }
  | { is: 'closed'; why: string };

/** A webhook that is still set makes every poll fail. What waits there is kept. */
async function unhook({ api, signal }: PollOptions): Promise<Turn> {
  const answered = await api.call('deleteWebhook', { drop_pending_updates: false }, { signal });
  // A Bot API server of one's own may not know the method; whether a webhook stands in the way, the poll itself tells.
  const unknown = !answered.ok && answered.cause === 'platform' && answered.code === 404;
  return answered.ok || unknown ? { is: 'unhooked' } : failedTurn(answered);
}

async function ask(options: PollOptions, offset: number | null): Promise<Turn> {
  const { api, signal } = options;
  const timeout = options.pollSeconds ?? POLL_SECONDS;
  const request = { limit: BATCH_MAX, timeout, allowed_updates: [...HEARD_UPDATES], ...(offset === null ? {} : { offset }) };
  const answered: Answered = await api.call('getUpdates', request, { signal, timeoutMs: timeout * 1000 + GRACE_MS });
  if (!answered.ok) return failedTurn(answered);
  if (!Array.isArray(answered.result)) return { is: 'failed', afterMs: 0, hooked: false, why: 'getUpdates answered without a list' };
  options.onAnswer?.(options.clock.now());
  return keep(options, answered.result);
}

async function keep(options: PollOptions, updates: unknown[]): Promise<Turn> {
  const { store, clock, account, log, api } = options;
  const arrivals = updates.map((update) => arrivalOf(update, account)).filter((arrival) => arrival !== null);
  if (arrivals.length === 0) return { is: 'heard', last: null };
  let fresh: boolean[];
  try {
    fresh = await store.receive(arrivals, clock.now());
  } catch (error) {
    // Nothing is confirmed: the same batch comes again with the next poll.
    return { is: 'failed', afterMs: 0, hooked: false, why: `post could not be written down: ${api.scrub(String(error))}` };
  }
  ring(arrivals, fresh, options.onPost, log);
  const ids = updates.map((update) => numberOf(shapeOf(update)?.['update_id'])).filter((id) => id !== null);
  return { is: 'heard', last: Math.max(...ids) };
}

/** Once for every lane with something new. The post is safe: a bell that does not ring is only a delay. */
export function ring(arrivals: readonly Arrival[], fresh: readonly boolean[], onPost: OnPost, log: Log): void {
  const lanes = new Map<string, boolean>();
  for (const [index, arrival] of arrivals.entries()) if (fresh[index] === true) lanes.set(arrival.lane, arrival.tap);
  for (const [lane, tap] of lanes) {
    Promise.resolve()
      .then(() => onPost(lane, tap))
      .catch((error: unknown) => log.warn({ lane, error: String(error) }, 'telegram: the bell for new post did not ring'));
  }
}

function failedTurn({ code, cause, description, retryAfterMs }: Failed): Turn {
  if (code === 401 || code === 404) return { is: 'closed', why: description };
  const hooked = code === 409 && /webhook/i.test(description);
  const why = code === 409 && !hooked ? 'another program polls with this token' : `${code ?? cause}: ${description}`;
  return { is: 'failed', afterMs: retryAfterMs ?? 0, hooked, why };
}
