// One person's phone: what it shows, and everything a person can do with it.
import type { Kept, Person } from './chats.ts';
import { type Formatted, format } from './entities.ts';
import type { NewFile } from './files.ts';
import { mediaBody, mimeOf } from './media.ts';
import { CAPTION_MAX, TEXT_MAX } from './methods-send.ts';
import { type PhoneMessage, viewOf } from './phone-view.ts';
import type { TapAnswer } from './taps.ts';
import type { Chat, FileKind, Message, UpdateBody } from './wire.ts';
import { addMessage, dateOf, quoted, type World } from './world.ts';

export interface Where {
  /** A group's id; without it the private chat with the bot. */
  chatId?: number;
  /** Message that is replied to. */
  replyTo?: number;
}

export interface AlbumItem {
  kind: 'photo' | 'video' | 'document';
  bytes: Uint8Array;
  fileName?: string;
  mime?: string;
}

export interface Named {
  caption?: string;
  fileName?: string;
  mime?: string;
}

const ALBUM_MAX = 10;

export class Phone {
  readonly id: number;
  private readonly world: World;
  private readonly person: Person;
  private readonly watch: (listener: (chatId: number) => void) => () => void;

  constructor(world: World, person: Person, watch: (listener: (chatId: number) => void) => () => void) {
    this.id = person.user.id;
    this.world = world;
    this.person = person;
    this.watch = watch;
  }

  get name(): string {
    return this.person.user.first_name;
  }

  get blocked(): boolean {
    return this.person.blocked;
  }

  /** The bot's chat first, then the groups. */
  chats(): Chat[] {
    return this.world.chats.chatsOf(this.id).flatMap((id) => this.world.chats.chat(id) ?? []);
  }

  /** A text longer than 4096 code points goes out in several messages, as phones do it. Gives the id of the last one. */
  sendText(text: string, where: Where = {}): number {
    const points = [...text];
    let last = 0;
    for (let at = 0; at === 0 || at < points.length; at += TEXT_MAX) {
      const { text: clean, entities } = plain(points.slice(at, at + TEXT_MAX).join(''));
      last = this.say({ text: clean, ...(entities.length > 0 ? { entities } : {}) }, where);
    }
    return last;
  }

  start(payload?: string): number {
    this.person.started = true;
    return this.sendText(payload === undefined ? '/start' : `/start ${payload}`);
  }

  sendPhoto(bytes: Uint8Array, options: Named & Where = {}): Promise<number> {
    return this.sendFile({ kind: 'photo', bytes: Buffer.from(bytes) }, options);
  }

  sendVideo(bytes: Uint8Array, options: Named & Where = {}): Promise<number> {
    return this.sendFile(newFile({ kind: 'video', bytes, ...nameOf(options) }), options);
  }

  sendDocument(bytes: Uint8Array, options: Named & Where = {}): Promise<number> {
    return this.sendFile(newFile({ kind: 'document', bytes, fileName: 'berkas.bin', ...nameOf(options) }), options);
  }

  sendVoice(bytes: Uint8Array = Buffer.from('OggS'), where: Where = {}): Promise<number> {
    return this.sendFile({ kind: 'voice', bytes: Buffer.from(bytes) }, where);
  }

  sendSticker(where: Where = {}): Promise<number> {
    return this.sendFile({ kind: 'sticker', bytes: Buffer.from('RIFF0000WEBP') }, where);
  }

  /** Each file is a message and an update of its own under one media_group_id, the caption on the first. Gives the ids. */
  async sendAlbum(items: AlbumItem[], caption?: string, where: Where & { album?: string } = {}): Promise<number[]> {
    if (items.length > ALBUM_MAX) throw new Error(`an album has at most ${ALBUM_MAX} files`);
    const album = where.album ?? this.world.mint();
    const stored = await Promise.all(items.map((item) => this.world.files.add(newFile(item))));
    return stored.map((file, index) => {
      const words = index === 0 ? captionOf(caption) : {};
      return this.say({ ...mediaBody(this.world.files, file), ...words, media_group_id: album }, where);
    });
  }

  sendContact(where: Where = {}): number {
    return this.say({ contact: { phone_number: '+620000000000', first_name: this.name, user_id: this.id } }, where);
  }

  sendLocation(where: Where = {}): number {
    return this.say({ location: { latitude: -2.2, longitude: 113.9 } }, where);
  }

  /** Changes the text, or the caption of a file. */
  editMessage(messageId: number, text: string, where: Where = {}): void {
    const kept = this.world.chats.find(where.chatId ?? this.id, messageId);
    if (!kept || kept.message.from.id !== this.id) throw new Error(`message ${messageId} is not ${this.name}'s`);
    const clean = plain(text);
    const { message } = kept;
    const changed = message.text === undefined ? captionOf(text) : { text: clean.text, entities: clean.entities };
    kept.message = { ...message, ...changed, edit_date: dateOf(this.world) };
    this.world.changed(message.chat.id);
    this.report(kept, { edited_message: kept.message });
  }

  /** Nobody is told of it: Telegram reports no deletions. */
  deleteMessage(messageId: number, where: Where = {}): void {
    this.world.chats.remove(where.chatId ?? this.id, messageId);
    this.world.changed(where.chatId ?? this.id);
  }

  /** Taps the newest button with this label, compared as letters only. Ends with the answer's text, or null. */
  async press(label: string | RegExp, where: { message?: number; chatId?: number } = {}): Promise<string | null> {
    const chatId = where.chatId ?? this.id;
    const messages = this.messages(chatId).filter((message) => where.message === undefined || message.id === where.message);
    for (const message of messages.reverse()) {
      const button = message.buttons.flat().find((candidate) => candidate.data !== null && fits(candidate.label, label));
      if (button?.data != null) return (await this.tap(button.data, message.id, { chatId })).text;
    }
    const there = this.messages(chatId).flatMap((message) => message.buttons.flat().map((button) => button.label));
    throw new Error(`${this.name} sees no button ${String(label)}; there are: ${there.join(', ') || 'none'}`);
  }

  /** Sends this data as if a button of the message had carried it. */
  async pressData(data: string, messageId: number, where: { chatId?: number } = {}): Promise<string | null> {
    return (await this.tap(data, messageId, where)).text;
  }

  tap(data: string, messageId: number, where: { chatId?: number } = {}): Promise<TapAnswer> {
    const chatId = where.chatId ?? this.id;
    const kept = this.world.chats.find(chatId, messageId);
    const { id, answer } = this.world.taps.start();
    const query = { id, from: this.person.user, chat_instance: String(chatId), data, ...(kept ? { message: kept.message } : {}) };
    this.world.updates.add({ callback_query: query }, `tap/${this.id}`);
    return answer;
  }

  block(): void {
    this.switchMembership(true);
  }

  unblock(): void {
    this.switchMembership(false);
  }

  messages(chatId: number = this.id): PhoneMessage[] {
    return this.world.chats.messages(chatId).map((kept) => viewOf(kept, this.world.bot.id));
  }

  /** The newest message that fits, now or as soon as there is one. */
  waitFor(predicate: (message: PhoneMessage) => boolean, options: { timeoutMs?: number; chatId?: number } = {}): Promise<PhoneMessage> {
    const find = () => {
      const kept = this.world.chats.messages(options.chatId ?? this.id);
      for (let at = kept.length - 1; at >= 0; at--) {
        const message = kept[at];
        const view = message && viewOf(message, this.world.bot.id);
        if (view && predicate(view)) return view;
      }
      return undefined;
    };
    const found = find();
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const stop = this.watch(() => {
        const now = find();
        if (now === undefined) return;
        clearTimeout(timer);
        stop();
        resolve(now);
      });
      const timer = setTimeout(() => {
        stop();
        const last = this.messages(options.chatId).slice(-3);
        reject(new Error(`${this.name} waited in vain; last messages: ${JSON.stringify(last.map((m) => m.text ?? m.caption))}`));
      }, options.timeoutMs ?? 10_000);
    });
  }

  private async sendFile(file: NewFile, options: Named & Where): Promise<number> {
    const stored = await this.world.files.add(file);
    return this.say({ ...mediaBody(this.world.files, stored), ...captionOf(options.caption) }, options);
  }

  private say(body: Partial<Message>, where: Where): number {
    if (this.person.blocked) throw new Error(`${this.name} has blocked the bot`);
    const chat = this.world.chats.chat(where.chatId ?? this.id);
    if (!chat) throw new Error(`there is no chat ${where.chatId}`);
    if (chat.id === this.id) this.person.started = true;
    const target = where.replyTo === undefined ? undefined : this.world.chats.find(chat.id, where.replyTo);
    const reply = target ? { reply_to_message: quoted(target) } : {};
    const kept = addMessage(this.world, chat, this.person.user, { ...body, ...reply }, { is: 'none' });
    this.report(kept, { message: kept.message });
    return kept.message.message_id;
  }

  private report(kept: Kept, body: UpdateBody): void {
    const group = this.world.chats.groups.get(kept.message.chat.id);
    const toBot = kept.message.reply_to_message?.from.id === this.world.bot.id;
    const command = kept.message.entities?.some((entity) => entity.type === 'bot_command') === true;
    if (group?.privacy && !toBot && !command) return;
    this.world.updates.add(body, `chat/${kept.message.chat.id}`);
  }

  private switchMembership(blocked: boolean): void {
    if (this.person.blocked === blocked) return;
    this.person.blocked = blocked;
    const chat = this.world.chats.chat(this.id);
    if (!chat) return;
    const [was, is] = blocked ? ['member', 'kicked'] : ['kicked', 'member'];
    const change = { chat, from: this.person.user, date: dateOf(this.world) };
    const user = this.world.bot;
    const body = { my_chat_member: { ...change, old_chat_member: { user, status: was }, new_chat_member: { user, status: is } } };
    this.world.updates.add(body as UpdateBody, `chat/${this.id}`);
    this.world.changed(this.id);
  }
}

function plain(text: string): Formatted {
  const formatted = format(text, undefined, undefined);
  return 'fault' in formatted ? { text, entities: [] } : formatted;
}

function captionOf(caption: string | undefined): Partial<Message> {
  if (caption === undefined || caption === '') return {};
  const { text, entities } = plain([...caption].slice(0, CAPTION_MAX).join(''));
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

function nameOf(options: Named): { fileName?: string; mime?: string } {
  const { fileName, mime } = options;
  return { ...(fileName !== undefined ? { fileName } : {}), ...(mime !== undefined ? { mime } : {}) };
}

function newFile(item: { kind: FileKind; bytes: Uint8Array; fileName?: string; mime?: string }): NewFile {
  const mime = item.mime ?? (item.kind === 'document' ? mimeOf(item.fileName ?? '') : undefined);
  return {
    kind: item.kind,
    bytes: Buffer.from(item.bytes),
    ...(item.fileName !== undefined ? { name: item.fileName } : {}),
    ...(mime !== undefined ? { mime } : {}),
  };
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '');
}

function fits(label: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? lettersOf(label) === lettersOf(wanted) : wanted.test(label);
}
