// Everything of one simulated Telegram in one hand, for the methods and the phones.
import type { Clock } from '../../src/ports/ambient.ts';
import type { Chats, Kept } from './chats.ts';
import type { FileStore } from './files.ts';
import type { Pace } from './limits.ts';
import type { Taps } from './taps.ts';
import type { Updates } from './updates.ts';
import type { Webhook } from './webhook.ts';
import type { Chat, Message, User } from './wire.ts';

export interface World {
  bot: User;
  clock: Clock;
  chats: Chats;
  files: FileStore;
  updates: Updates;
  webhook: Webhook;
  taps: Taps;
  /** `null`: no flood limits. */
  pace: Pace | null;
  /** Bytes that getFile still gives. */
  downloadMax: number;
  /** Names of things said once, such as album ids. */
  mint(): string;
  /** A chat looks different now. */
  changed(chatId: number): void;
}

/** Telegram's time, in seconds. */
export function dateOf(world: World): number {
  return Math.floor(world.clock.now() / 1000);
}

export function addMessage(world: World, chat: Chat, from: User, body: Partial<Message>, markup: Kept['markup']): Kept {
  const message: Message = { message_id: world.chats.nextId(chat.id), from, chat, date: dateOf(world), ...body };
  if (markup.is === 'inline') message.reply_markup = { inline_keyboard: markup.rows };
  const kept: Kept = { message, markup };
  world.chats.messages(chat.id).push(kept);
  world.changed(chat.id);
  return kept;
}

/** The message as a reply carries it: without the message that it answered itself. */
export function quoted(kept: Kept): Message {
  const { reply_to_message: _, ...rest } = kept.message;
  return rest;
}
