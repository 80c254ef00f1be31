import { expect, test } from 'vitest';
import { awaitedTelegram } from '../../bots/telegram/awaited.ts';
import { TELEGRAM_LIMITS } from '../../bots/telegram/pace.ts';
import { telegramChannel } from '../../bots/telegram/telegram.ts';
import { startBotApi } from '../../web/simulator/bot-api.ts';
import { KeptLog, TestClock, TOKEN } from './hands.ts';

test('Telegram that was waited for keeps its pace, and the strangers’ line with it', async () => {
  const clock = new TestClock();
  const platform = await startBotApi({ token: TOKEN, clock });
  const opening = {
    token: TOKEN,
    apiRoot: platform.root,
    clock,
    log: new KeptLog(),
    jitter: () => 0,
    signal: new AbortController().signal,
  };
  const opened = await telegramChannel(opening);
  if (opened.opened !== 'yes') throw new Error('not opened');
  const { channel, come } = awaitedTelegram(TOKEN);
  const stranger = (n: number) => ({ channel: 'telegram', id: String(9000 + n) }) as const;
  // Before it has come everything is asked, and answered with later.
  expect(channel.waitMs(stranger(0), 'message to a stranger')).toBe(0);
  expect(await channel.say(stranger(0), { runs: [{ text: 'a' }], buttons: [] }, {})).toMatchObject({ sent: 'later' });
  come(opened.channel);
  for (let n = 0; n < TELEGRAM_LIMITS.strangers.burst; n += 1) {
    platform.phone(9000 + n, `Warga ${n}`).sendText('/start');
    expect(channel.waitMs(stranger(n), 'message to a stranger')).toBe(0);
    expect(await channel.say(stranger(n), { runs: [{ text: 'a' }], buttons: [] }, {})).toMatchObject({ sent: 'yes' });
  }
  expect(channel.waitMs(stranger(100), 'message to a stranger')).toBeGreaterThan(0);
  expect(channel.waitMs({ channel: 'telegram', id: '1001' }, 'message')).toBe(0);
  await platform.close();
});
