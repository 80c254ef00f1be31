// An unmodified Baileys with its secrets in memory: what the server is tried on, and a bot for tests that need no gateway.
import { Agent } from 'node:https';
import {
  type AuthenticationCreds,
  type BinaryNode,
  Browsers,
  type ConnectionState,
  initAuthCreds,
  type MessageUpsertType,
  makeCacheableSignalKeyStore,
  makeWASocket,
  proto,
  type SignalKeyStore,
  type WAMessage,
  type WAMessageUpdate,
  type WASocket,
} from '@whiskeysockets/baileys';
import { memoryKeys, silent } from './keys.ts';
import { Trail } from './trail.ts';
import type { WhatsApp } from './whatsapp.ts';

export interface Upsert {
  type: MessageUpsertType;
  message: WAMessage;
}

export class PlainBaileys {
  creds: AuthenticationCreds = initAuthCreds();
  keys: SignalKeyStore = memoryKeys();
  readonly upserts = new Trail<Upsert>();
  readonly updates = new Trail<WAMessageUpdate>();
  readonly states = new Trail<Partial<ConnectionState>>();
  readonly reactions = new Trail<{ key: proto.IMessageKey; reaction: proto.IReaction }>();
  /** The server's answers to what was sent: id and error. */
  readonly acks = new Trail<{ id: string; error: string | null }>();
  /** What was sent, for phones that ask again. */
  readonly sent = new Map<string, proto.IMessage>();
  private readonly whatsapp: WhatsApp;
  private socket: WASocket | null = null;

  constructor(whatsapp: WhatsApp) {
    this.whatsapp = whatsapp;
  }

  get sock(): WASocket {
    if (!this.socket) throw new Error('not connected');
    return this.socket;
  }

  connect(): WASocket {
    const sock = makeWASocket({
      auth: { creds: this.creds, keys: makeCacheableSignalKeyStore(this.keys, silent) },
      waWebSocketUrl: this.whatsapp.url,
      fetchAgent: new Agent({ ca: this.whatsapp.media.cert }),
      logger: silent,
      browser: Browsers.ubuntu('Alur'),
      markOnlineOnConnect: false,
      syncFullHistory: false,
      getMessage: (key) => Promise.resolve(this.sent.get(key.id ?? '')),
    });
    this.socket = sock;
    sock.ev.on('creds.update', (update) => Object.assign(this.creds, update));
    sock.ev.on('connection.update', (update) => this.states.push(update));
    sock.ev.on('messages.upsert', ({ type, messages }) => {
      for (const message of messages) this.upserts.push({ type, message });
    });
    sock.ev.on('messages.update', (updates) => {
      for (const update of updates) this.updates.push(update);
    });
    sock.ev.on('messages.reaction', (reactions) => {
      for (const reaction of reactions) this.reactions.push(reaction);
    });
    sock.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => this.acks.push({ id: attrs['id'] ?? '', error: attrs['error'] ?? null }));
    return sock;
  }

  /** Connects, and is there when this ends. */
  async open(): Promise<WASocket> {
    const open = this.states.next(({ connection }) => connection === 'open', 'open');
    const sock = this.connect();
    await open;
    return sock;
  }

  /** Linked by QR, with the restart that the server asks for after it. */
  async link(): Promise<WASocket> {
    const shown = this.states.next(({ qr }) => qr !== undefined, 'a QR');
    this.connect();
    const { qr } = await shown;
    const closed = this.closing();
    this.whatsapp.scanQr(qr ?? '');
    await closed;
    return this.open();
  }

  /** The code that the next close ends with. */
  async closing(): Promise<number | undefined> {
    const { lastDisconnect } = await this.states.next(({ connection }) => connection === 'close', 'close');
    const error = lastDisconnect?.error;
    return error && 'output' in error ? (error as { output: { statusCode: number } }).output.statusCode : undefined;
  }

  /** Goes away and waits until the server knows. */
  async leave(): Promise<void> {
    const gone = this.whatsapp.disconnects.next(() => true, 'the line to end');
    await this.sock.end(undefined);
    await gone;
  }

  /** The message with its content, as it came. */
  heard(id: string): Promise<Upsert> {
    return this.upserts.until(({ message }) => message.key.id === id && message.message != null, `message ${id}`);
  }

  /** Waits until a message of our own has this status, at least or as an error. Within a moment of sending it is told by the message itself. */
  async reaches(id: string, status: proto.WebMessageInfo.Status): Promise<void> {
    const error = proto.WebMessageInfo.Status.ERROR;
    const there = (now: proto.WebMessageInfo.Status | null | undefined): boolean =>
      now != null && (status === error ? now === error : now >= status);
    await Promise.any([
      this.updates.until(({ key, update }) => key.id === id && there(update.status), `status ${status}`),
      this.upserts.until(({ message }) => message.key.id === id && there(message.status), `status ${status}`),
    ]);
  }

  forget(): void {
    this.creds = initAuthCreds();
    this.keys = memoryKeys();
  }
}
