// A platform keeps for a day what people send. When it could not be heard for longer, something is lost that nobody here knows of: whoever may
// have sent it is asked to look and to send it again; and before it comes to that, the supervisors hear of it.
import type { Outgoing } from '../src/case/outgoing.ts';
import type { Chat } from '../src/office/office.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../src/time.ts';
import { silenceWords } from './wording/silence.ts';

/** Telegram: "incoming updates will not be kept longer than 24 hours" (Bot API, Getting updates). */
export const KEPT_MS = 24 * HOUR_MS;
export const WARN_MS = 20 * HOUR_MS;
/** What is remembered of a platform that answers is at most this old. */
const NOTED_EVERY_MS = MINUTE_MS;

export interface SilenceDeps {
  store: Pick<Store, 'transaction'>;
  clock: Clock;
  channel: Chat['channel'];
  account: string;
  log: { error(fields: object, message: string): void; warn(fields: object, message: string): void };
}

export interface Silence {
  /** The platform has answered, and all it still had is here or comes with this answer. Resolves when what is to be said was written down. */
  answered(): Promise<void>;
  /** It could not be asked. */
  unanswered(): Promise<void>;
}

export function watchSilence({ store, clock, channel, account, log }: SilenceDeps): Silence {
  const heard = `heard:${channel}:${account}`;
  const warned = `warned:${channel}:${account}`;
  let last: Instant | null = null;
  /** Between two answers of one process without a failure there is no silence, whatever the clock says. */
  let silent = true;
  let warnedOf: Instant | null = null;
  let chain: Promise<void> = Promise.resolve();

  /** One after the other; what fails is said at the next answer. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    chain = chain
      .then(work)
      .catch((error: unknown) => log.warn({ err: error }, `${channel}: what is known of its silence was not written down`));
    return chain;
  };

  async function note(now: Instant): Promise<void> {
    if (!silent && last !== null && now >= last && now - last < NOTED_EVERY_MS) return;
    await store.transaction(async (tx) => {
      const before = await tx.remember(heard, String(now));
      if (!silent || before === null || now - Number(before) <= KEPT_MS) return;
      for (const { id, timezone } of await tx.offices()) {
        const notice = { notice: 'resend', channel, from: Number(before), until: now, keptMs: KEPT_MS, timezone } as const;
        const people = await tx.peopleOn(id, channel);
        await tx.send(
          id,
          people.map((person): Outgoing => ({ out: 'say', to: { person }, notice })),
          now,
        );
      }
      log.error({ from: new Date(Number(before)).toISOString() }, `${channel}: not heard for more than a day; what was sent first is lost`);
    });
    last = now;
    silent = false;
  }

  async function warn(now: Instant): Promise<void> {
    silent = true;
    last ??= await store.transaction(async (tx) => Number((await tx.recall(heard)) ?? now));
    const since = last;
    if (now - since < WARN_MS || warnedOf === since) return;
    await store.transaction(async (tx) => {
      if ((await tx.remember(warned, String(since))) === String(since)) return;
      for (const { id, timezone, supervisors } of await tx.offices()) {
        const notice = { notice: 'operator', ...silenceWords(channel, since, since + KEPT_MS, timezone) } as const;
        const people = [...new Set(supervisors.flat())];
        await tx.send(
          id,
          people.map((person): Outgoing => ({ out: 'say', to: { person }, notice })),
          now,
        );
      }
      log.error({ since: new Date(since).toISOString() }, `${channel}: not heard for 20 hours; after 24 what people send is lost`);
    });
    warnedOf = since;
  }

  return {
    answered: () => inTurn(() => note(clock.now())),
    unanswered: () => inTurn(() => warn(clock.now())),
  };
}
