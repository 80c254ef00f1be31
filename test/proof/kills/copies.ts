// What was sent more than once: the platform shows it, and no delivery knows of it, because its answer was lost with whoever had sent it.
import { asOwner } from '../../../bench/server.ts';
import type { BotApi } from '../../../web/simulator/bot-api.ts';
import { UPLOADER } from './armed.ts';

/** Messages of the bot on all phones, and those that no delivery names. The same words may be said twice for good reason: they have two. */
export async function copiesIn(api: BotApi, url: string): Promise<{ messages: number; copies: number }> {
  const owner = asOwner(url);
  try {
    const rows = await owner<
      { chat: string; message: string }[]
    >`select chat, unnest(messages) as message from outbox where messages is not null`;
    const known = new Set(rows.map(({ chat, message }) => `${chat} ${message}`));
    // The proof's own uploads go to somebody of no office.
    const people = api.phones().filter(({ id }) => id !== UPLOADER);
    const all = people.flatMap((phone) =>
      phone
        .messages()
        .filter(({ from }) => from === 'bot')
        .map(({ id }) => `${phone.id} ${id}`),
    );
    return { messages: all.length, copies: all.filter((one) => !known.has(one)).length };
  } finally {
    await owner.end();
  }
}
