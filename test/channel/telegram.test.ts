// The channel's contract on Telegram, against the Bot API server of the simulator.
import { telegramChannel } from '../../bots/telegram/telegram.ts';
import { startBotApi } from '../../web/simulator/bot-api.ts';
import { KeptLog, TestClock, TOKEN } from '../telegram/hands.ts';
import { channelContract } from './contract.ts';
import { telegramUpdates } from './updates.ts';

channelContract('Telegram', async () => {
  const clock = new TestClock();
  const platform = await startBotApi({ token: TOKEN, clock });
  const sari = platform.phone(1001, 'Sari');
  const opened = await telegramChannel({ token: TOKEN, apiRoot: platform.root, clock, log: new KeptLog(), jitter: () => 0 });
  if (opened.opened === 'no') throw new Error(opened.why);
  const { channel } = opened;
  return {
    channel,
    chat: { channel: 'telegram', id: '1001' },
    seen: () =>
      sari
        .messages()
        .filter(({ from, media }) => from === 'bot' && media === null)
        .map(({ text, buttons, replyTo }) => ({
          text: text ?? '',
          choices: buttons.flat().map(({ label }) => label),
          replyTo: replyTo === null ? null : String(replyTo.id),
        })),
    files: () => sari.messages().filter(({ media }) => media !== null).length,
    ...telegramUpdates(1001),
    spelled: (message) => message,
    blocks: () => sari.block(),
    stumbles: () => platform.faults.next('sendMessage', { retryAfter: 3 }),
    passes: (ms) => clock.pass(ms),
    close: () => platform.close(),
  };
});
