// What waits for WhatsApp while its gateway does not run goes on by the people's other channel. A gateway that lives and has no connection
// does so by itself; one that is dead, or dies at every start, cannot.
import { LOST_AFTER_MS } from '../../bots/whatsapp/messenger.ts';
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import type { PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { GatewayCondition } from '../../db/whatsapp.ts';
import { deliverNext } from '../../queues/deliver.ts';
import { failures } from '../../queues/failures.ts';
import { chatOf } from '../../queues/reconcile.ts';
import { messageOf } from '../../queues/within.ts';
import type { Clock } from '../../src/ports/ambient.ts';

export interface AwayParts {
  store: Pick<PgStore, 'backlog' | 'leaseDelivery' | 'extendLease' | 'settleDelivery'> & {
    whatsApp: Pick<PgStore['whatsApp'], 'condition'>;
  };
  clock: Clock;
  /** A gateway is to be running somewhere. */
  on: boolean;
  log: { warn(fields: object, message: string): void };
}

export interface Away {
  /** Looks now; resolves when what waits was handed over. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = 15_000;
const CHATS_MAX = 500;

/** For longer than a gateway needs to come back by itself. `upMs`: how long this process has been waiting for one. */
export function isAway(condition: GatewayCondition | null, on: boolean, upMs: number): boolean {
  if (condition === null) return on && upMs > LOST_AFTER_MS;
  if (condition.silentMs > LOST_AFTER_MS) return true;
  // A time-lock closes new chats only.
  return condition.state !== 'open' && condition.why !== 'timelocked' && condition.lastingMs > LOST_AFTER_MS;
}

export function startHandingOver({ store, clock, on, log }: AwayParts, everyMs = EVERY_MS): Away {
  const begun = performance.now();
  const handing = {
    store,
    clock,
    perform: async () => ({ ended: 'unreachable', why: 'the gateway is not running', whole: true }) as const,
    transient: isTransient,
    failures: failures(),
  };
  const look = async (): Promise<void> => {
    if (!isAway(await store.whatsApp.condition(GATEWAY), on, performance.now() - begun)) return;
    const { chats } = await store.backlog(clock.now(), CHATS_MAX, ['whatsapp']);
    // Who has no other channel waits: his chat comes to rest by itself.
    for (const chat of chats.map(chatOf)) while ((await deliverNext(handing, chat)).more);
  };
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(look).catch((error: unknown) => log.warn({ err: messageOf(error) }, 'whatsapp: nothing could be handed over'));
  }, everyMs);
  return {
    look,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
