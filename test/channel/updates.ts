// What Telegram tells of what a person does, by hand.
import { NOW } from './contract.ts';

export interface Updates {
  writes(text: string, replyTo?: string): unknown;
  sendsPhoto(more: { caption?: string; album?: string }): unknown;
  edits(message: string, text: string): unknown;
  chooses(choice: string, message: string): unknown;
}

export function telegramUpdates(user: number): Updates {
  let next = 100_000;
  const from = { id: user, is_bot: false, first_name: 'Sari' };
  const chat = { id: user, type: 'private' };
  const of = (fields: object) => ({ message_id: next++, date: NOW / 1000, from, chat, ...fields });
  return {
    writes: (text, replyTo) => ({
      update_id: next,
      message: of({ text, ...(replyTo === undefined ? {} : { reply_to_message: { message_id: Number(replyTo), date: 1, chat } }) }),
    }),
    sendsPhoto: ({ caption, album }) => ({
      update_id: next,
      message: of({
        photo: [{ file_id: `f${next}`, file_unique_id: `u${next}`, width: 10, height: 10 }],
        ...(caption === undefined ? {} : { caption }),
        ...(album === undefined ? {} : { media_group_id: album }),
      }),
    }),
    edits: (message, text) => ({
      update_id: next,
      edited_message: { ...of({ text, edit_date: NOW / 1000 }), message_id: Number(message) },
    }),
    chooses: (choice, message) => ({
      update_id: next,
      callback_query: { id: 't', from, data: `1.${choice}`, message: { message_id: Number(message), date: 1, chat } },
    }),
  };
}
