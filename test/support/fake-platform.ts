// A chat platform in memory behind the real channel port: what each chat shows, which buttons stand there, and what may go wrong.

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Button, Channel, Fetched, Going, Message, OutFile, Sent } from '../../bots/channel.ts';
import { translate } from '../../bots/telegram/translate.ts';
import type { FileRef } from '../../src/case/case.ts';
import type { Chat } from '../../src/office/office.ts';

export interface Shown {
  id: string;
  text: string;
  buttons: Button[][];
  replyTo: string | null;
  files: string[];
  edits: number;
}

export interface PlatformFaults {
  /** Called before each call; gives an ending to answer with instead, or throws (the answer is lost before the platform acted). */
  before?(call: string): Sent | null;
  /** Milliseconds that the pace holds this back; nothing is held when it is left out. */
  waitMs?(chat: Chat, what: Going): number;
  /** Called after the platform acted: throws when the answer is lost. */
  after?(call: string): void;
}

export const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '').toLowerCase();

export class FakePlatform implements Channel {
  readonly name = 'telegram' as const;
  readonly account = '7000';
  readonly textMax = 4096;
  readonly chats = new Map<string, Shown[]>();
  readonly answers: { tap: string; text: string | null; alert: boolean }[] = [];
  readonly blocked = new Set<string>();
  /** What each file id holds. */
  readonly files = new Map<string, Buffer>();
  faults: PlatformFaults = {};
  calls = 0;
  private next = 1;

  waitMs(chat: Chat, what: Going): number {
    return this.faults.waitMs?.(chat, what) ?? 0;
  }

  /** Of the bytes behind a file id, hex. */
  sha256(fileId: string): string {
    return createHash('sha256')
      .update(this.files.get(fileId) ?? '')
      .digest('hex');
  }

  shown(chat: string): Shown[] {
    return this.chats.get(chat) ?? [];
  }

  last(chat: string): Shown | undefined {
    return this.shown(chat).at(-1);
  }

  /** The newest message of the chat whose button says this, compared as letters only. */
  button(chat: string, label: string): { data: string; message: string } | null {
    for (const shown of this.shown(chat).toReversed()) {
      const found = shown.buttons.flat().find((button) => lettersOf(button.label) === lettersOf(label));
      if (found && 'tap' in found.does) return { data: found.does.tap, message: shown.id };
    }
    return null;
  }

  private acted(call: string, chat: Chat | null, act: () => Sent): Promise<Sent> {
    this.calls += 1;
    return Promise.resolve().then(() => {
      const instead = this.faults.before?.(call) ?? null;
      if (instead) return instead;
      if (chat && chat.channel !== this.name) return { sent: 'unreachable', why: 'not a chat of this platform' };
      if (chat && this.blocked.has(chat.id)) return { sent: 'unreachable', why: 'blocked' };
      const sent = act();
      this.faults.after?.(call);
      return sent;
    });
  }

  private post(chat: Chat, message: Message, replyTo: string | null, files: string[]): string {
    const id = String(this.next++);
    const list = this.chats.get(chat.id) ?? [];
    list.push({ id, text: message.runs.map(({ text }) => text).join(''), buttons: message.buttons, replyTo, files, edits: 0 });
    this.chats.set(chat.id, list);
    return id;
  }

  say(chat: Chat, message: Message, { replyTo }: { replyTo?: string }): Promise<Sent> {
    return this.acted('say', chat, () => ({ sent: 'yes', messages: [this.post(chat, message, replyTo ?? null, [])] }));
  }

  edit(chat: Chat, id: string, message: Message): Promise<Sent> {
    return this.acted('edit', chat, () => {
      const shown = this.shown(chat.id).find((one) => one.id === id);
      if (!shown) return { sent: 'gone' };
      const text = message.runs.map((run) => run.text).join('');
      if (shown.text === text && JSON.stringify(shown.buttons) === JSON.stringify(message.buttons)) return { sent: 'unchanged' };
      shown.text = text;
      shown.buttons = message.buttons;
      shown.edits += 1;
      return { sent: 'yes', messages: [id] };
    });
  }

  album(chat: Chat, files: OutFile[]): Promise<Sent> {
    return this.acted('album', chat, () => {
      const message: Message = { runs: [], buttons: [] };
      return { sent: 'yes', messages: files.map((file) => this.post(chat, message, null, [file.sha256])) };
    });
  }

  answer(tap: string, text: string | null, alert: boolean): Promise<Sent> {
    return this.acted('answer', null, () => {
      this.answers.push({ tap, text, alert });
      return { sent: 'yes', messages: [] };
    });
  }

  fetch(file: FileRef): Promise<Fetched> {
    const bytes = this.files.get(file.fileId);
    return Promise.resolve(bytes ? { fetched: 'yes', stream: Readable.from([bytes]), size: bytes.length } : { fetched: 'gone' });
  }

  invitation(code: string): string {
    return `https://t.me/alur_bot?start=${code}`;
  }

  translate(body: unknown, at: number): ReturnType<Channel['translate']> {
    return translate(body, { account: this.account, username: 'alur_bot' }, at);
  }
}
