// The Telegram channel, opened: who the bot is, and everything a channel can do, in one value.
import type { Clock } from '../../src/ports/ambient.ts';
import type { Channel } from '../channel.ts';
import { type Api, createApi } from './api.ts';
import { announceCommands } from './commands.ts';
import { TEXT_MAX } from './compose.ts';
import { createFetch } from './files.ts';
import type { Log } from './log.ts';
import { createMessenger } from './messenger.ts';
import { createPace, type PaceLimits, TELEGRAM_LIMITS } from './pace.ts';
import { idOf, shapeOf, textOf } from './shape.ts';
import { translate } from './translate.ts';
import { backoffMs, sleep as realSleep, type Sleep } from './wait.ts';

export interface TelegramOptions {
  token: string;
  apiRoot: string;
  clock: Clock;
  log: Log;
  /** A random number in [0, 1). */
  jitter: () => number;
  /** Ends the waiting for a Telegram that cannot be reached. */
  signal?: AbortSignal;
  limits?: PaceLimits;
  timeoutMs?: number;
  uploadTimeoutMs?: number;
  sleep?: Sleep;
}

export type TelegramChannel = Channel & {
  readonly name: 'telegram';
  /** Without `@`. */
  readonly username: string;
  /** For the ingest and the webhook's registration: the one way out stays one. */
  readonly api: Api;
};

export type Opened =
  | { opened: 'yes'; channel: TelegramChannel }
  /** `refused`: the token is wrong. `stopped`: the signal was given before Telegram could be reached. */
  | { opened: 'no'; reason: 'refused' | 'stopped'; why: string };

/** Asks Telegram who the bot is, for as long as it takes; only a refused token or the signal ends that. */
export async function telegramChannel(options: TelegramOptions): Promise<Opened> {
  const api = createApi(options);
  const who = await introduce(api, options);
  if (who.opened === 'no') return who;
  if (!(await announceCommands(api))) options.log.warn({}, 'telegram: the menu of commands was not taken');
  return { opened: 'yes', channel: channelOf(api, who.account, who.username, options) };
}

type Introduced = { opened: 'yes'; account: string; username: string } | Extract<Opened, { opened: 'no' }>;

async function introduce(api: Api, { log, jitter, signal, sleep = realSleep }: TelegramOptions): Promise<Introduced> {
  const stop = signal ?? new AbortController().signal;
  for (let failures = 1; ; failures += 1) {
    const answered = await api.call('getMe', {}, { signal: stop });
    const me = answered.ok ? shapeOf(answered.result) : null;
    const account = idOf(me?.['id']);
    const username = textOf(me?.['username']);
    if (account !== null && username !== null) return { opened: 'yes', account, username };
    if (stop.aborted) return { opened: 'no', reason: 'stopped', why: 'stopped before Telegram answered' };
    const why = answered.ok ? 'getMe answered without a bot' : answered.description;
    if (!answered.ok && (answered.code === 401 || answered.code === 404)) return { opened: 'no', reason: 'refused', why };
    if (failures === 1) log.warn({ why }, 'telegram: not reachable yet');
    await sleep(Math.max(answered.ok ? 0 : (answered.retryAfterMs ?? 0), backoffMs(failures, jitter())), stop);
  }
}

function channelOf(api: Api, account: string, username: string, { clock, limits = TELEGRAM_LIMITS }: TelegramOptions): TelegramChannel {
  const me = { account, username };
  return {
    name: 'telegram',
    account,
    username,
    api,
    textMax: TEXT_MAX,
    ...createMessenger({ api, account, clock, pace: createPace(limits), editWeight: limits.editWeight }),
    fetch: createFetch({ api, account }),
    // A start parameter is at most 64 of these characters; anything else would open the chat without its code.
    invitation: (code) => (/^[A-Za-z0-9_-]{1,64}$/.test(code) ? `https://t.me/${username}?start=${code}` : null),
    translate: (body, at) => translate(body, me, at),
  };
}
