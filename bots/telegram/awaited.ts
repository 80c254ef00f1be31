// Telegram before it has answered for the first time. Work goes on without it: the clock, WhatsApp and the web need not wait for it, and
// what is for Telegram waits in its rows until it is there.
import type { Channel, Sent } from '../channel.ts';
import { TEXT_MAX } from './compose.ts';
import type { TelegramChannel } from './telegram.ts';
import { translate } from './translate.ts';

const AGAIN_MS = 5_000;
const WHY = 'Telegram has not answered yet';

export interface Awaited {
  /** Telegram itself as soon as it has come; until then everything is to be tried later. Nothing that a channel may do is left out. */
  channel: Required<Omit<Channel, 'ownIds'>>;
  come(channel: TelegramChannel): void;
}

/** `token`: the bot's id stands at its head. */
export function awaitedTelegram(token: string): Awaited {
  const [account = ''] = token.split(':');
  let there: TelegramChannel | null = null;
  const later: Sent = { sent: 'later', afterMs: AGAIN_MS, why: WHY, whole: true };
  return {
    come: (channel) => {
      there = channel;
    },
    channel: {
      name: 'telegram',
      get account() {
        return there?.account ?? account;
      },
      textMax: TEXT_MAX,
      say: async (...call) => there?.say(...call) ?? later,
      edit: async (...call) => there?.edit(...call) ?? later,
      album: async (...call) => there?.album(...call) ?? later,
      answer: async (...call) => there?.answer(...call) ?? later,
      fetch: async (file) => there?.fetch(file) ?? { fetched: 'later', afterMs: AGAIN_MS, why: WHY, away: true },
      invitation: (code) => there?.invitation(code) ?? null,
      waitMs: (...call) => there?.waitMs?.(...call) ?? 0,
      translate: (body, at) => there?.translate(body, at) ?? translate(body, { account, username: null }, at),
    },
  };
}
