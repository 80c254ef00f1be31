// The channel's contract on the platform in memory: what the simulation stands on behaves as the real ones do.
import { FakePlatform } from '../support/fake-platform.ts';
import { channelContract } from './contract.ts';
import { telegramUpdates } from './updates.ts';

channelContract(
  'the platform in memory',
  async () => {
    const channel = new FakePlatform();
    const shown = () => channel.shown('1001');
    return {
      channel,
      chat: { channel: 'telegram', id: '1001' },
      seen: () =>
        shown()
          .filter(({ files }) => files.length === 0)
          .map(({ text, buttons, replyTo }) => ({ text, choices: buttons.flat().map(({ label }) => label), replyTo })),
      files: () => shown().filter(({ files }) => files.length > 0).length,
      ...telegramUpdates(1001),
      spelled: (message) => message,
      blocks: () => void channel.blocked.add('1001'),
      stumbles: () => {
        let left = 1;
        channel.faults = { before: () => (left-- > 0 ? { sent: 'later', afterMs: 3_000, why: '429' } : null) };
      },
      passes: () => undefined,
      close: async () => undefined,
    };
  },
  { paced: false },
);
