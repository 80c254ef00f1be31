// The queue `deliver`: what waits for a chat goes out in order, one at a time: lease, perform, settle.
import type { Chat } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Delivered, Delivery, Store } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Payload } from './catalogue.ts';
import { type Failures, failures } from './failures.ts';
import { whenBack } from './when-back.ts';
import { messageOf, within } from './within.ts';

/** After a kill the chat waits for so long, and for the round that finds it: together less than ten seconds. */
export const LEASE_MS = 6_000;
/** While it is being sent, the lease is extended so often. */
const EXTEND_MS = 1_500;
/** What hangs is given up. An album may have to be uploaded. */
const PERFORM_MS = 12_500;
const PERFORM_ALBUM_MS = 27_500;
/** A delivery at which this process fails so often, by no fault of the store's, is ended. */
const FAILURES_MAX = 8;
const GIVE_UP_MS = 600_000;
const BACKOFF_MAX_MS = 60_000;
/** After so many deliveries other chats get their chance. */
const TURNS_MAX = 100;
/** What came of a delivery is kept for so long while the store is away. */
const SETTLE_PATIENCE_MS = 120_000;
/** Chats that are remembered to be waiting; one that is not is only looked at in vain. */
const HEADS_MAX = 10_000;

export interface DeliverDeps {
  store: Pick<Store, 'leaseDelivery' | 'extendLease' | 'settleDelivery'>;
  clock: Clock;
  perform(delivery: Delivery): Promise<Delivered>;
  /** Says of an error that it tells nothing of the delivery: the store was away. */
  transient(error: unknown): boolean;
  failures: Failures;
}

export interface Next {
  /** Something was ended: there may be more. */
  more: boolean;
  /** When to come again because the delivery has to wait. */
  againAtMs: Instant | null;
  /** It was the answer to a tap, which waits behind nothing. */
  answered: boolean;
}

/** Takes the chat's first waiting delivery to its end, or to a pause. Throws only when the store does. */
export async function deliverNext(deps: DeliverDeps, chat: Chat): Promise<Next> {
  const { store, clock } = deps;
  const delivery = await store.leaseDelivery(chat, clock.now(), LEASE_MS);
  if (delivery === null) return { more: false, againAtMs: null, answered: false };
  const answered = delivery.out.out === 'answer';
  const delivered = await performed(deps, delivery);
  const now = clock.now();
  await store.settleDelivery(delivery, delivered, now);
  if (delivered.ended !== 'later') deps.failures.forget(delivery.id);
  if (delivered.ended === 'later') return { more: false, againAtMs: now + delivered.afterMs, answered };
  return { more: true, againAtMs: null, answered };
}

async function performed(deps: DeliverDeps, delivery: Delivery): Promise<Delivered> {
  // In a then, so that even a throw on the spot becomes a rejection.
  const performing = Promise.resolve().then(() => deps.perform(delivery));
  const patienceMs = delivery.out.out === 'album' ? PERFORM_ALBUM_MS : PERFORM_MS;
  const release = hold(deps, delivery);
  const result = await within(performing, patienceMs);
  release();
  if (result.ended === 'in-time') return result.value;
  const why = result.ended === 'late' ? `no end after ${patienceMs / 1_000} s` : messageOf(result.error);
  const failed = deps.failures.note(delivery.id, result.ended === 'late' || !deps.transient(result.error));
  if (failed.own >= FAILURES_MAX && deps.clock.now() - delivery.createdAt >= GIVE_UP_MS) return { ended: 'refused', why };
  return { ended: 'later', afterMs: Math.min(1_000 * 2 ** failed.all, BACKOFF_MAX_MS), why };
}

/** Keeps the lease for as long as it is worked on. Returns how to let go. A store that is away gives it to nobody else, either. */
function hold({ store, clock }: DeliverDeps, delivery: Delivery): () => void {
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void store
      .extendLease(delivery, clock.now(), LEASE_MS)
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  }, EXTEND_MS);
  return () => clearInterval(timer);
}

export interface DeliverProcessorDeps extends Omit<DeliverDeps, 'failures'> {
  /** Adds the chat's job again, not before so many milliseconds. */
  again(chat: Chat, delayMs: number): Promise<unknown>;
}

/** The platform has done it: to forget that because the store is away for a moment would do it twice, and after the lease. */
function patient({ store, transient }: Pick<DeliverDeps, 'store' | 'transient'>): DeliverDeps['store'] {
  return {
    leaseDelivery: (chat, now, leaseMs) => store.leaseDelivery(chat, now, leaseMs),
    extendLease: (delivery, now, leaseMs) => store.extendLease(delivery, now, leaseMs),
    settleDelivery: (delivery, delivered, now) =>
      whenBack(() => store.settleDelivery(delivery, delivered, now), transient, SETTLE_PATIENCE_MS),
  };
}

export function deliverProcessor(deps: DeliverProcessorDeps): (payload: Payload<'deliver'>) => Promise<void> {
  /** Until when the head of a chat has to wait; `again` comes for it then. */
  const heads = new Map<string, Instant>();
  const each: DeliverDeps = { ...deps, store: patient(deps), failures: failures() };
  const waits = (key: string): boolean => {
    const until = heads.get(key);
    // A clock that was set back has not made the pause longer.
    return until !== undefined && until > deps.clock.now() && until - deps.clock.now() <= BACKOFF_MAX_MS;
  };
  return async ({ channel, chat: id }) => {
    const chat: Chat = { channel, id };
    const key = `${channel}:${id}`;
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const next = await deliverNext(each, chat);
      if (next.more && !next.answered) heads.delete(key);
      if (next.againAtMs !== null) {
        if (!next.answered && heads.size < HEADS_MAX) heads.set(key, next.againAtMs);
        await deps.again(chat, Math.max(1, next.againAtMs - deps.clock.now()));
      }
      // Answers to taps wait for nobody; what stands behind them may have to.
      if (!next.more || (next.answered && waits(key))) return;
    }
    await deps.again(chat, 0);
  };
}
