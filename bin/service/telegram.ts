// The hearing half: Telegram's updates into the inbox, by long polling or by webhook. One poller per token, guarded by the database.
import { setTimeout as pause } from 'node:timers/promises';
import { watchSilence } from '../../bots/silence.ts';
import { type OnPost, poll } from '../../bots/telegram/ingest.ts';
import type { TelegramChannel } from '../../bots/telegram/telegram.ts';
import { isAllBrought, registerWebhook, webhookHandler } from '../../bots/telegram/webhook.ts';
import type { PgStore } from '../../db/store.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Logger } from '../log.ts';
import type { TelegramSettings } from '../settings.ts';

export interface HearingParts {
  store: PgStore;
  channel: TelegramChannel;
  clock: Clock;
  log: Logger;
  onPost: OnPost;
  /** `false` while too much waits. */
  mayAsk(): boolean;
}

export interface Hearing {
  /** When Telegram last answered a poll; `null` before the first time. Webhooks have none. */
  lastAnswerAt(): number | null;
  refused(): string | null;
  stop(): Promise<void>;
}

const LOCK_RETRY_MS = 2_000;
/** A token that is refused may be right again: a gateway in front of a Bot API server says so while that one starts. */
const REFUSED_RETRY_MS = 60_000;
const WEBHOOK_LOOK_MS = 60_000;

const silenceOf = ({ store, clock, channel, log }: HearingParts) =>
  watchSilence({ store, clock, channel: channel.name, account: channel.account, log });

/** Polls as long as it holds the bot's lock; a second instance waits for the first to go. */
export function startPolling(parts: HearingParts, refusedRetryMs = REFUSED_RETRY_MS): Hearing {
  const { store, channel, clock, log } = parts;
  const stop = new AbortController();
  let lastAnswerAt: number | null = null;
  let refused: string | null = null;
  const run = async (): Promise<void> => {
    let said = false;
    while (!stop.signal.aborted) {
      const held = await store.holdLock(`telegram:${channel.account}`).catch(() => null);
      if (held === null) {
        if (!said) log.warn({}, 'telegram: another process polls for this bot; waiting for it to end');
        said = true;
        await pause(LOCK_RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
        continue;
      }
      // Whoever polled meanwhile has written down when he was last heard: what was known before the lock was had counts no more.
      const silence = silenceOf(parts);
      let writing: Promise<void> = Promise.resolve();
      const ended = await poll({
        api: channel.api,
        store,
        clock,
        signal: AbortSignal.any([stop.signal, held.lost]),
        onPost: parts.onPost,
        log,
        account: channel.account,
        jitter: Math.random,
        mayAsk: parts.mayAsk,
        onAnswer: (at) => {
          lastAnswerAt = at;
          refused = null;
        },
        onHeard: () => {
          writing = silence.answered();
        },
        onFailure: () => {
          writing = silence.unanswered();
        },
      });
      await writing;
      await held.release();
      if (ended.ended === 'unauthorised') {
        // Said once, however long it lasts.
        if (refused === null) log.error({ why: ended.why }, 'telegram: the token is refused; check TELEGRAM_BOT_TOKEN');
        refused = ended.why;
        await pause(refusedRetryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  };
  const running = run();
  return {
    lastAnswerAt: () => lastAnswerAt,
    refused: () => refused,
    stop: () => {
      stop.abort();
      return running;
    },
  };
}

/** The handler for the one listener; the address is registered until Telegram takes it. */
export function startWebhook(
  parts: HearingParts,
  settings: TelegramSettings & { mode: 'webhook' },
): Hearing & { handle(request: Request): Promise<Response> } {
  const { store, channel, clock, log, onPost, mayAsk } = parts;
  const stop = new AbortController();
  const silence = silenceOf(parts);
  let refused: string | null = 'belum terdaftar';
  const register = async (): Promise<void> => {
    for (let waitMs = 1_000; !stop.signal.aborted; waitMs = Math.min(waitMs * 2, 60_000)) {
      const registered = await registerWebhook(channel.api, settings.url, settings.secret);
      if (registered.registered === 'yes') {
        refused = null;
        return;
      }
      refused = registered.why;
      log.warn({ why: registered.why }, 'telegram: the webhook was not registered yet');
      await pause(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  // Nobody asks where Telegram brings by itself: what it still has is asked for now and then instead.
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await ((await isAllBrought(channel.api)) ? silence.answered() : silence.unanswered());
      await pause(WEBHOOK_LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const running = register().then(look);
  return {
    lastAnswerAt: () => null,
    refused: () => refused,
    stop: () => {
      stop.abort();
      return running;
    },
    handle: webhookHandler({ secret: settings.secret, store, clock, account: channel.account, onPost, log, mayAsk }),
  };
}
