// What goes out over Telegram: texts with buttons, changes of standing messages, answers to taps. It asks the pace first and never waits itself.
import type { InlineKeyboardMarkup, Opts } from 'telegraf/types';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Channel, Message } from '../channel.ts';
import { albumSender } from './album.ts';
import type { Api } from './api.ts';
import { clean, cut } from './clean.ts';
import { type Composed, compose } from './compose.ts';
import { sentOf } from './endings.ts';
import type { Pace } from './pace.ts';
import { chatIdOf, createPaced } from './paced.ts';

const ANSWER_MAX = 200;

export type Messenger = Pick<Channel, 'say' | 'edit' | 'album' | 'answer' | 'waitMs'>;

export interface MessengerParts {
  api: Api;
  account: string;
  clock: Clock;
  pace: Pace;
  /** What an edit counts beside a new message. */
  editWeight: number;
}

export function createMessenger({ api, account, clock, pace, editWeight }: MessengerParts): Messenger {
  const paced = createPaced(pace, clock);
  const album = albumSender(api, account, paced);
  return {
    async say(chat, message, { replyTo }) {
      const chatId = chatIdOf(chat);
      const composed = compose(message);
      if ('fault' in composed) return { sent: 'refused', why: composed.fault };
      if (chatId === null) return { sent: 'unreachable', why: 'not a chat of Telegram' };
      return paced(chat, 1, () =>
        api.call('sendMessage', {
          chat_id: chatId,
          ...textOf(composed),
          ...replyOf(replyTo),
          ...markupOf(message, composed),
          ...soundOf(message),
        }),
      );
    },
    async edit(chat, id, message) {
      const chatId = chatIdOf(chat);
      const messageId = Number(id);
      const composed = compose(message);
      if ('fault' in composed) return { sent: 'refused', why: composed.fault };
      if (chatId === null || !Number.isSafeInteger(messageId) || messageId <= 0) return { sent: 'gone' };
      // Without a keyboard in the call the platform takes the standing buttons away, which is what an empty one means.
      return paced(chat, editWeight, () =>
        api.call('editMessageText', { chat_id: chatId, message_id: messageId, ...textOf(composed), reply_markup: keyboardOf(composed) }),
      );
    },
    album,
    waitMs: (chat, what) => pace.waitMs(chat.id, what === 'change' ? editWeight : 1, clock.now(), what === 'message to a stranger'),
    // A tap is waited for with the finger on the screen, and is not counted by the platform: it is never paced.
    async answer(tap, text, alert) {
      const words = text === null ? {} : { text: cut(clean(text), ANSWER_MAX), show_alert: alert };
      const answered = await api.call('answerCallbackQuery', { callback_query_id: tap, ...words });
      return answered.ok ? { sent: 'yes', messages: [] } : sentOf(answered);
    },
  };
}

function textOf({ text, entities }: Composed) {
  return { text, entities, link_preview_options: { is_disabled: true } };
}

function soundOf({ silent }: Message): Pick<Opts<'sendMessage'>, 'disable_notification'> {
  return silent ? { disable_notification: true } : {};
}

function replyOf(replyTo: string | undefined): Pick<Opts<'sendMessage'>, 'reply_parameters'> {
  const id = Number(replyTo);
  if (replyTo === undefined || !Number.isSafeInteger(id) || id <= 0) return {};
  return { reply_parameters: { message_id: id, allow_sending_without_reply: true } };
}

function markupOf(message: Message, composed: Composed): Pick<Opts<'sendMessage'>, 'reply_markup'> {
  if (composed.keyboard.length > 0) return { reply_markup: keyboardOf(composed) };
  // Selective: in a group only the person replied to is asked; and the reply reaches the bot in privacy mode too.
  return message.asks ? { reply_markup: { force_reply: true, selective: true } } : {};
}

function keyboardOf({ keyboard }: Composed): InlineKeyboardMarkup {
  // telegraf's types end at Bot API 7.1, before copy_text.
  return { inline_keyboard: keyboard } as InlineKeyboardMarkup;
}
