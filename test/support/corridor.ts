// The whole corridor in one process without I/O: real rules, real hearing, waking, arriving and delivering over ports in memory,
// virtual time and seeded chance. Tests step it by hand; the simulation lets faults in.
import { createHash } from 'node:crypto';
import { arrive } from '../../bots/arrive.ts';
import { hearNext } from '../../bots/hear.ts';
import { perform } from '../../bots/perform.ts';
import { arrivalOf } from '../../bots/telegram/arrival.ts';
import { wake } from '../../bots/wake.ts';
import { deliverNext } from '../../queues/deliver.ts';
import { failures } from '../../queues/failures.ts';
import { chatOf } from '../../queues/reconcile.ts';
import type { Case } from '../../src/case/case.ts';
import type { Office } from '../../src/office/office.ts';
import type { Backlog, Delivery } from '../../src/ports/store.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { FakePlatform, type Shown } from './fake-platform.ts';
import { MemoryStore, nextTimers } from './memory-store.ts';
import { type Seeded, seeded } from './seeded.ts';

export interface SentFile {
  kind: 'photo' | 'video' | 'document';
  bytes: string;
  name?: string;
}

export class Corridor {
  readonly store = new MemoryStore();
  readonly platform = new FakePlatform();
  readonly chance: Seeded;
  readonly buttonKey: Uint8Array;
  readonly dead: string[] = [];
  now: number;
  private nextUpdate = 1;
  private nextMessage = 100_000;
  private nextFile = 1;

  constructor(office: Office, sops: Sop[], options: { now: number; seed?: number }) {
    this.now = options.now;
    this.chance = seeded(options.seed ?? 1);
    this.buttonKey = this.chance.bytes(32);
    this.store.addOffice(office, sops);
  }

  /** Says of an error that it tells nothing of the post. */
  transient: (error: unknown) => boolean = () => false;

  /** What the process remembers of its deliveries: gone when it dies. */
  failures = failures();

  readonly clock = { now: (): number => this.now };

  get hearDeps() {
    const { store, clock, chance, buttonKey } = this;
    const translate = (body: unknown, at: number, _channel?: string) => this.platform.translate(body, at);
    const apart = <T>(_begun: number, work: () => Promise<T>): Promise<T> => work();
    const poisoned = (post: { id: string }, why: string): void => void this.dead.push(`${post.id}: ${why}`);
    return { store, clock, chance, buttonKey, translate, transient: this.transient, apart, poisoned };
  }

  get performDeps() {
    const { store, clock, buttonKey, platform } = this;
    return {
      store,
      clock,
      buttonKey,
      channel: () => platform,
      openFile: (): NodeJS.ReadableStream => {
        throw new Error('files go out by reference here');
      },
      personAt: async (office: string, chat: { id: string }): Promise<string | null> =>
        store.tables.bindings.find((one) => one.office === office && one.chat.id === chat.id)?.person ?? null,
    };
  }

  /** A raw update into the inbox. */
  async update(body: object): Promise<void> {
    const arrival = arrivalOf({ update_id: this.nextUpdate++, ...body }, this.platform.account);
    if (arrival) await this.store.receive([arrival], this.now);
  }

  takeUpdateId(): number {
    return this.nextUpdate++;
  }

  /** The same update may come more than once. */
  async receive(update: object): Promise<void> {
    const arrival = arrivalOf(update, this.platform.account);
    if (arrival) await this.store.receive([arrival], this.now);
  }

  /** Without waiting for what comes of it. */
  textOnly(user: string, text: string): Promise<void> {
    return this.update(this.message(user, { text }));
  }

  private message(user: string, fields: object, chat = user): { message: object } {
    const from = { id: Number(user), is_bot: false, first_name: `U${user}` };
    const type = chat.startsWith('-') ? 'supergroup' : 'private';
    const message = {
      message_id: this.nextMessage++,
      date: Math.floor(this.now / 1000),
      from,
      chat: { id: Number(chat), type },
      ...fields,
    };
    return { message };
  }

  async text(user: string, text: string, more: object = {}): Promise<void> {
    await this.update(this.message(user, { text, ...more }));
    await this.settle();
  }

  /** A photo, a video or a document as Telegram tells of it. */
  async file(user: string, file: SentFile, more: { caption?: string; album?: string } = {}): Promise<void> {
    const id = `file-${this.nextFile++}`;
    this.platform.files.set(id, Buffer.from(file.bytes));
    const told = { file_id: id, file_unique_id: `u-${id}`, file_size: file.bytes.length, width: 10, height: 10, duration: 1 };
    const fields = { ...(file.kind === 'photo' ? { photo: [told] } : { [file.kind]: { ...told, file_name: file.name ?? 'berkas' } }) };
    const caption = more.caption === undefined ? {} : { caption: more.caption };
    const album = more.album === undefined ? {} : { media_group_id: more.album };
    await this.update(this.message(user, { ...fields, ...caption, ...album }));
  }

  async album(user: string, count: number, caption?: string, tag = 'foto'): Promise<void> {
    const album = `g${this.nextFile}`;
    for (let i = 0; i < count; i += 1) {
      await this.file(user, { kind: 'photo', bytes: `${tag} ${i}` }, { album, ...(i === 0 && caption !== undefined ? { caption } : {}) });
    }
    await this.settle();
  }

  /** Presses the newest button of that name in the chat; `false` when there is none. */
  async press(user: string, label: string, chat = user): Promise<boolean> {
    const found = this.platform.button(chat, label);
    if (!found) return false;
    await this.tap(user, found.data, found.message, chat);
    await this.settle();
    return true;
  }

  async tap(user: string, data: string, message: string, chat = user): Promise<void> {
    const from = { id: Number(user), is_bot: false, first_name: `U${user}` };
    const type = chat.startsWith('-') ? 'supergroup' : 'private';
    const body = {
      id: `tap-${this.nextUpdate}`,
      from,
      data,
      chat_instance: '1',
      message: { message_id: Number(message), date: 1, chat: { id: Number(chat), type } },
    };
    await this.update({ callback_query: body });
  }

  /** Everything that can be done now, done; one thing after the other. */
  async settle(): Promise<void> {
    for (let i = 0; i < 10_000; i += 1) if (!(await this.step())) return;
    throw new Error('the corridor does not come to rest');
  }

  /** Everything that can be done now: timers, posts, files, deliveries. */
  async available(): Promise<(() => Promise<true>)[]> {
    return this.worksOf(await this.store.backlog(this.now, 100));
  }

  worksOf({ timers, lanes, media, chats }: Backlog): (() => Promise<true>)[] {
    return [
      ...timers.map((timer) => () => this.wake(timer)),
      ...lanes.map((lane) => () => this.hear(lane)),
      ...media.map((file) => () => this.arrive(file)),
      ...chats.map((chat) => () => this.deliver(chat)),
    ];
  }

  /** One thing, the most urgent. `false`: nothing to do now. */
  async step(): Promise<boolean> {
    const [first] = await this.available();
    return first ? first() : false;
  }

  async wake(timer: string): Promise<true> {
    await wake(this, timer);
    return true;
  }

  async hear(lane: string): Promise<true> {
    await hearNext(this.hearDeps, lane);
    return true;
  }

  async arrive(media: string): Promise<true> {
    const claimed = await this.store.claimMedia(media, this.now);
    const c = claimed && (await this.store.readCase(claimed.case))?.case;
    const found = c && [...c.content.media, ...c.proofs].find(({ id }) => id === media);
    if (!found) return true;
    const bytes = this.platform.files.get(found.file.fileId) ?? Buffer.alloc(0);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const pdf = bytes.toString().startsWith('%PDF');
    const kind = pdf ? 'document' : found.kind === 'document' ? 'photo' : found.kind;
    const mime = pdf ? 'application/pdf' : kind === 'video' ? 'video/mp4' : 'image/jpeg';
    await arrive(
      this,
      media,
      bytes.length === 0 ? { came: 'fault', why: { fault: 'empty' } } : { came: 'kept', sha256, bytes: bytes.length, mime, kind },
    );
    return true;
  }

  async deliver(chat: string): Promise<true> {
    const { store, clock, transient, failures: failed } = this;
    const deps = { store, clock, transient, failures: failed, perform: (delivery: Delivery) => perform(this.performDeps, delivery) };
    await deliverNext(deps, chatOf(chat));
    return true;
  }

  /** Moves the clock on and lets everything happen that falls due on the way, in order. */
  async advance(to: number): Promise<void> {
    for (;;) {
      const next = nextTimers(this.store.tables, this.now)[0];
      if (!next || next.at > to) break;
      this.now = next.at;
      await this.settle();
    }
    this.now = to;
    await this.settle();
  }

  get cases(): Case[] {
    return [...this.store.tables.cases.values()];
  }

  chat(user: string): Shown[] {
    return this.platform.shown(user);
  }

  said(user: string, pattern: RegExp): Shown | undefined {
    return this.chat(user).findLast(({ text }) => pattern.test(text));
  }
}
