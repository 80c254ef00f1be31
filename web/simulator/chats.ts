// Who is there and what was written: people, groups, and the messages of every chat.
import type { Markup } from './markup.ts';
import type { Chat, Failure, Message, User } from './wire.ts';
import { refuse } from './wire.ts';

export interface Person {
  user: User;
  /** Has pressed start: before that a bot cannot write first. */
  started: boolean;
  blocked: boolean;
}

export interface Group {
  chat: Chat;
  members: number[];
  /** Privacy mode: the bot hears only commands, replies to itself and service messages. */
  privacy: boolean;
  movedTo: number | null;
}

/** A message as it lies in its chat; `message` is what goes over the wire. */
export interface Kept {
  message: Message;
  markup: Markup;
}

export interface ChatsState {
  people: Person[];
  groups: Group[];
  messages: [number, Kept[]][];
  lastIds: [number, number][];
}

export class Chats {
  readonly people = new Map<number, Person>();
  readonly groups = new Map<number, Group>();
  private readonly kept = new Map<number, Kept[]>();
  private readonly lastIds = new Map<number, number>();

  chat(id: number): Chat | undefined {
    const person = this.people.get(id);
    return person ? { id, type: 'private', first_name: person.user.first_name } : this.groups.get(id)?.chat;
  }

  /** The chat, when the bot may write there. */
  reach(id: number | undefined): { chat: Chat } | Failure {
    const chat = id === undefined ? undefined : this.chat(id);
    if (!chat) return refuse(400, 'chat not found');
    const person = this.people.get(chat.id);
    if (person?.blocked) return refuse(403, 'bot was blocked by the user');
    if (person && !person.started) return refuse(403, "bot can't initiate conversation with a user");
    const moved = this.groups.get(chat.id)?.movedTo;
    if (moved) return refuse(400, 'group chat was upgraded to a supergroup chat', { migrate_to_chat_id: moved });
    return { chat };
  }

  messages(chatId: number): Kept[] {
    const list = this.kept.get(chatId) ?? [];
    this.kept.set(chatId, list);
    return list;
  }

  find(chatId: number, messageId: number | undefined): Kept | undefined {
    return this.messages(chatId).findLast((kept) => kept.message.message_id === messageId);
  }

  nextId(chatId: number): number {
    const id = (this.lastIds.get(chatId) ?? 0) + 1;
    this.lastIds.set(chatId, id);
    return id;
  }

  remove(chatId: number, messageId: number): boolean {
    const list = this.messages(chatId);
    const at = list.findIndex((kept) => kept.message.message_id === messageId);
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  }

  /** Chats that this person's phone shows: the bot's, then his groups. */
  chatsOf(userId: number): number[] {
    const groups = [...this.groups.values()].filter((group) => group.members.includes(userId) && group.movedTo === null);
    return [userId, ...groups.map((group) => group.chat.id)];
  }

  dump(): ChatsState {
    return {
      people: [...this.people.values()],
      groups: [...this.groups.values()],
      messages: [...this.kept],
      lastIds: [...this.lastIds],
    };
  }

  restore(state: ChatsState): void {
    for (const person of state.people) this.people.set(person.user.id, person);
    for (const group of state.groups) this.groups.set(group.chat.id, group);
    for (const [id, list] of state.messages) this.kept.set(id, list);
    for (const [id, last] of state.lastIds) this.lastIds.set(id, last);
  }
}
