// A simulated Telegram with a hand-set clock and a telegraf client that knows nothing of it.
import { Telegraf } from 'telegraf';
import type { Clock } from '../../src/ports/ambient.ts';
import { type BotApi, type BotApiOptions, startBotApi } from '../../web/simulator/bot-api.ts';

export const TOKEN = '7000000001:simulator-test';

export class HandClock implements Clock {
  at = Date.UTC(2026, 10, 20, 1, 0);

  now(): number {
    return this.at;
  }
}

export interface Bench {
  api: BotApi;
  bot: Telegraf;
  clock: HandClock;
  end(): Promise<void>;
}

export async function bench(options: Partial<BotApiOptions> = {}): Promise<Bench> {
  const clock = new HandClock();
  const api = await startBotApi({ token: TOKEN, clock, ...options });
  const bot = new Telegraf(TOKEN, { telegram: { apiRoot: api.root, webhookReply: false } });
  return { api, bot, clock, end: () => api.close() };
}

/** The Bot API's error of a call, as telegraf reports it: code and words. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no error';
}
