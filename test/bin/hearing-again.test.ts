// Telegram is heard again by itself: after the lock was lost with the database, and after a token was refused that is right.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Hearing, startPolling } from '../../bin/service/telegram.ts';
import { telegramChannel } from '../../bots/telegram/telegram.ts';
import type { HeldLock } from '../../db/lock.ts';
import type { PgStore } from '../../db/store.ts';
import { HOUR_MS } from '../../src/time.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { Phones, SARI } from '../support/phones.ts';
import { KeptLog, TOKEN, until } from '../telegram/hands.ts';

let phones: Phones;
let platform: BotApi;
let log: KeptLog;
let hearing: Hearing;
/** What the database gives now, and what loses it. */
let lose: () => void;
let away: boolean;

const clock = { now: () => phones.now };

beforeEach(async () => {
  phones = new Phones();
  log = new KeptLog();
  away = false;
  platform = await startBotApi({ token: TOKEN, clock });
  const opened = await telegramChannel({
    token: TOKEN,
    apiRoot: platform.root,
    clock,
    log,
    jitter: () => 0,
    signal: new AbortController().signal,
  });
  if (opened.opened !== 'yes') throw new Error('not opened');
  const holdLock = async (): Promise<HeldLock | null> => {
    if (away) throw new Error('the database is away');
    const lost = new AbortController();
    lose = () => lost.abort();
    return { lost: lost.signal, release: async () => undefined };
  };
  const { store } = phones;
  const away_ = <T>(work: () => Promise<T>): Promise<T> => (away ? Promise.reject(new Error('the database is away')) : work());
  hearing = startPolling(
    {
      store: {
        holdLock,
        receive: (...given: Parameters<typeof store.receive>) => away_(() => store.receive(...given)),
        transaction: (work: Parameters<typeof store.transaction>[0]) => away_(() => store.transaction(work)),
      } as unknown as PgStore,
      channel: opened.channel,
      clock,
      log: log as never,
      onPost: () => undefined,
      mayAsk: () => true,
    },
    20,
  );
  // Whoever waits is answered by what comes.
  platform.phone(Number(SARI), 'Sari').sendText('satu');
  await until(() => hearing.lastAnswerAt() !== null);
  await phones.settle();
});
afterEach(async () => {
  await hearing.stop();
  await platform.close();
});

const asked = () => phones.chat(SARI).filter(({ text }) => /lalu kirim ulang/.test(text)).length;

test('what Telegram threw away while the database was away for longer than a day is asked for', async () => {
  away = true;
  lose();
  await phones.advance(phones.now + 60 * HOUR_MS);
  away = false;
  platform.phone(Number(SARI), 'Sari').sendText('halo');
  await until(() => [...phones.store.tables.outbox.values()].some(({ out }) => out.out === 'say' && out.notice.notice === 'resend'));
  await phones.settle();
  expect(asked()).toBe(1);
});

test('a token that is refused for a while is heard again, and said once', async () => {
  for (let i = 0; i < 3; i += 1) platform.faults.next('getUpdates', { status: 404 });
  platform.phone(Number(SARI), 'Sari').sendText('halo');
  await until(() => hearing.refused() !== null);
  platform.phone(Number(SARI), 'Sari').sendText('dua');
  await until(() => hearing.refused() === null);
  expect(log.lines.filter((line) => /the token is refused/.test(JSON.stringify(line)))).toHaveLength(1);
});
