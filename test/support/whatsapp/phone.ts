// A person's phone, with or without a second device beside it: what is sent from it to the bot's number, and what is seen on it.
import { type BinaryNode, encodeWAMessage, getBinaryNodeChild, type KeyPair, proto } from '@whiskeysockets/baileys';
import { tag } from './connection.ts';
import { type FileKind, mediaRetryAnswer, openFile, sealFile, sealVote } from './content.ts';
import type { Group } from './group.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { MediaHost } from './media-host.ts';
import { type Shown, show, textOf } from './shown.ts';
import { SignalDevice } from './signal-device.ts';
import { Trail } from './trail.ts';

const { MEDIA_ALBUM, HD_IMAGE_DUAL_UPLOAD, HD_VIDEO_DUAL_UPLOAD } = proto.MessageAssociation.AssociationType;
const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

export interface SendOptions {
  /** Of one's own choice: the same id twice is the same message twice. */
  id?: string;
  /** The identity that the message is addressed with; the other one is told beside it. */
  addressing?: 'lid' | 'pn';
  /** From the second device. */
  device?: number;
  to?: Group;
  /** The message that is quoted. */
  replyTo?: Shown | string;
  /** Arrives as if it had waited at the server (`append`), whenever it is sent. */
  offline?: boolean;
  /** What arrives first is not readable; the phone sends it again when it is asked to. */
  corrupt?: boolean;
  /** Seconds since 1970. */
  at?: number;
}

export interface FileOptions extends SendOptions {
  caption?: string;
  name?: string;
  mime?: string;
  /** What the message says of the file, where it is not true. */
  says?: { fileSha256?: Uint8Array; fileEncSha256?: Uint8Array; fileLength?: number; url?: string; directPath?: string | null };
  album?: { parent: string; index: number };
  /** This is the better copy of that file. */
  betterThan?: string;
}

export interface Sent {
  id: string;
  message: proto.IMessage;
  directPath: string;
  bytes: Buffer;
}

/** The server as a phone sees it. */
export interface Network {
  readonly media: MediaHost;
  /** The number that people write to. */
  readonly bot: Phone;
  seconds(): number;
  fault(error: Error): void;
}

export interface PhoneDevice {
  id: number;
  signal: SignalDevice;
  /** Everything that was sent to this device and could be read. */
  received: Trail<{ id: string; sealed: string; message: proto.IMessage }>;
}

export class Phone {
  readonly name: string;
  /** `628…@s.whatsapp.net` */
  readonly pn: string;
  readonly lid: string;
  readonly devices: PhoneDevice[];
  /** Devices that were linked to this number: the bot, when this is the bot's owner. */
  linked: LinkedDevice[] = [];
  readonly chat = new Trail<Shown>();
  /** Says that a message has arrived, as phones do by themselves. */
  tellsArrival = true;
  /** Sends again what could not be read, as phones do by themselves. */
  answersRetries = true;
  /** Ids of the bot's messages that could not be read as they came, once for each time. */
  readonly unreadable: string[] = [];
  /** Uploads a file again when it is asked to; `false`: it has it no more. */
  uploadsAgain = true;
  private readonly network: Network;
  private readonly sent = new Map<string, { message: proto.IMessage; options: SendOptions }>();
  private readonly files = new Map<string, Sent & { mediaKey: Buffer; encrypted: Buffer }>();
  private links = 0;
  private ids = 0;

  constructor(network: Network, number: string, options: { name: string; lid: string; devices: 1 | 2 }) {
    this.network = network;
    this.name = options.name;
    this.pn = `${number.replace(/\D/g, '')}@s.whatsapp.net`;
    this.lid = `${options.lid}@lid`;
    this.devices = Array.from({ length: options.devices }, (_, id) => ({ id, signal: new SignalDevice(), received: new Trail() }));
  }

  get identity(): KeyPair {
    return this.main.signal.creds.signedIdentityKey;
  }

  device(id: number): PhoneDevice | undefined {
    return this.devices[id];
  }

  deviceIds(): number[] {
    return [...this.devices.map(({ id }) => id), ...this.linked.map(({ id }) => id)];
  }

  nextDeviceId(): number {
    this.links += 1;
    return this.devices.length - 1 + this.links;
  }

  // What is sent.

  sendText(text: string, options: SendOptions = {}): Promise<string> {
    const { replyTo } = options;
    if (replyTo === undefined) return this.send({ conversation: text }, options);
    return this.send({ extendedTextMessage: { text, contextInfo: this.quoting(replyTo) } }, options);
  }

  reply(to: Shown | string, text: string, options: SendOptions = {}): Promise<string> {
    return this.sendText(text, { ...options, replyTo: to });
  }

  sendImage(bytes: Buffer, options: FileOptions = {}): Promise<Sent> {
    return this.sendFile('image', bytes, { mime: 'image/jpeg', ...options });
  }

  sendVideo(bytes: Buffer, options: FileOptions = {}): Promise<Sent> {
    return this.sendFile('video', bytes, { mime: 'video/mp4', ...options });
  }

  sendDocument(bytes: Buffer, options: FileOptions = {}): Promise<Sent> {
    return this.sendFile('document', bytes, { mime: 'application/pdf', name: 'berkas.pdf', ...options });
  }

  /** The announcement, then each file; the caption stands at the first. */
  async sendAlbum(
    files: { kind: 'image' | 'video'; bytes: Buffer }[],
    options: FileOptions = {},
  ): Promise<{ parent: string; files: Sent[] }> {
    const { caption, ...rest } = options;
    const images = files.filter(({ kind }) => kind === 'image').length;
    const parent = await this.send({ albumMessage: { expectedImageCount: images, expectedVideoCount: files.length - images } }, rest);
    const sent: Sent[] = [];
    for (const [index, { kind, bytes }] of files.entries()) {
      const own: FileOptions = { ...rest, album: { parent, index: index + 1 } };
      if (index === 0 && caption !== undefined) own.caption = caption;
      sent.push(await (kind === 'image' ? this.sendImage(bytes, own) : this.sendVideo(bytes, own)));
    }
    return { parent, files: sent };
  }

  /** One option of a poll that is shown. Which identities a phone signs with is not known for sure: they are parameters. */
  vote(
    poll: Shown,
    option: string | null,
    how: SendOptions & { creator?: 'lid' | 'pn'; voter?: 'lid' | 'pn'; ms?: number } = {},
  ): Promise<string> {
    if (!poll.poll) throw new Error('this is no poll');
    if (option !== null && !poll.poll.options.includes(option)) throw new Error(`no option ${option} in ${poll.poll.options.join(', ')}`);
    const { creator = 'lid', voter = 'lid', ms = this.network.seconds() * 1000 + this.ids, ...options } = how;
    const vote = sealVote({
      poll: poll.id,
      secret: poll.poll.secret,
      options: option === null ? [] : [option],
      creator: this.network.bot[creator],
      voter: this[voter],
    });
    const pollCreationMessageKey = this.botKey(poll.id);
    return this.send({ pollUpdateMessage: { pollCreationMessageKey, vote, senderTimestampMs: ms } }, options, 'poll');
  }

  withdrawVote(poll: Shown, how: Parameters<Phone['vote']>[2] = {}): Promise<string> {
    return this.vote(poll, null, how);
  }

  react(to: Shown | string, emoji: string, options: SendOptions = {}): Promise<string> {
    const key = this.botKey(idOf(to));
    return this.send({ reactionMessage: { key, text: emoji, senderTimestampMs: this.network.seconds() * 1000 } }, options, 'reaction');
  }

  /** Changes a text of one's own. */
  edit(id: string, text: string, options: SendOptions = {}): Promise<string> {
    const timestampMs = this.network.seconds() * 1000;
    return this.send(
      { protocolMessage: { key: this.ownKey(id), type: MESSAGE_EDIT, editedMessage: { conversation: text }, timestampMs } },
      options,
    );
  }

  /** Takes a message of one's own back. */
  remove(id: string, options: SendOptions = {}): Promise<string> {
    return this.send({ protocolMessage: { key: this.ownKey(id), type: REVOKE } }, options);
  }

  /** Anything else that a phone may send. Gives the message's id. */
  async send(message: proto.IMessage, options: SendOptions = {}, type = 'text'): Promise<string> {
    const id = options.id ?? `3EB0${(this.pn.split('@')[0] ?? '').slice(-10)}${String(++this.ids).padStart(6, '0')}`;
    this.sent.set(id, { message, options });
    const targets = this.network.bot.linked;
    if (targets.length === 0) throw new Error('nothing is linked to the number that this is sent to');
    for (const target of targets) target.deliver(await this.stanza(target, id, message, options, type));
    return id;
  }

  private async stanza(target: LinkedDevice, id: string, message: proto.IMessage, options: SendOptions, type: string): Promise<BinaryNode> {
    const device = this.devices[options.device ?? 0] ?? this.main;
    const mediatype = KINDS.find((kind) => carried(message)?.[`${kind}Message`]);
    const attrs = {
      ...this.address(options, device.id),
      id,
      t: String(options.at ?? this.network.seconds()),
      type: mediatype ? 'media' : type,
      notify: this.name,
      ...(options.offline ? { offline: '0' } : {}),
    };
    const enc = (kind: string, bytes: Uint8Array): BinaryNode =>
      tag('enc', { v: '2', type: kind, ...(mediatype ? { mediatype } : {}) }, spoilt(bytes, options.corrupt));
    if (options.to) return tag('message', attrs, await this.groupParts(target, device, options.to, message, enc));
    const sealed = await device.signal.encryptFor(target, message);
    return tag('message', attrs, [enc(sealed.type, sealed.ciphertext)]);
  }

  private async groupParts(
    target: LinkedDevice,
    device: PhoneDevice,
    group: Group,
    message: proto.IMessage,
    enc: (kind: string, bytes: Uint8Array) => BinaryNode,
  ): Promise<BinaryNode[]> {
    const data = encodeWAMessage(message);
    const sealed = await device.signal.repository.encryptGroupMessage({ group: group.jid, meId: this.lid, data });
    if (group.introduced.has(this)) return [enc('skmsg', sealed.ciphertext)];
    group.introduced.add(this);
    const key = { groupId: group.jid, axolotlSenderKeyDistributionMessage: sealed.senderKeyDistributionMessage };
    const introduction = await device.signal.encryptFor(target, { senderKeyDistributionMessage: key });
    return [tag('enc', { v: '2', type: introduction.type }, introduction.ciphertext), enc('skmsg', sealed.ciphertext)];
  }

  private address({ addressing = 'lid', to }: SendOptions, device: number): Record<string, string> {
    const own = (jid: string): string => (device === 0 ? jid : jid.replace('@', `:${device}@`));
    if (to) return { from: to.jid, participant: own(this.lid), participant_pn: this.pn, addressing_mode: 'lid' };
    if (addressing === 'lid') return { from: own(this.lid), sender_pn: this.pn, addressing_mode: 'lid' };
    return { from: own(this.pn), sender_lid: this.lid, addressing_mode: 'pn' };
  }

  private async sendFile(kind: FileKind, bytes: Buffer, options: FileOptions): Promise<Sent> {
    const { media } = this.network;
    const { encrypted, ...sealed } = await sealFile(bytes, kind);
    const directPath = media.put(encrypted);
    const says = options.says ?? {};
    const file = {
      ...sealed,
      url: `https://${media.host}${directPath}`,
      directPath,
      mimetype: options.mime ?? '',
      mediaKeyTimestamp: options.at ?? this.network.seconds(),
      ...(options.caption === undefined ? {} : { caption: options.caption }),
      ...(kind === 'document' && options.name !== undefined ? { fileName: options.name, title: options.name } : {}),
      ...(options.replyTo === undefined ? {} : { contextInfo: this.quoting(options.replyTo) }),
      ...says,
    };
    const plain: proto.IMessage = { [`${kind}Message`]: file };
    const message = kind === 'document' && options.caption !== undefined ? { documentWithCaptionMessage: { message: plain } } : plain;
    const association = this.associationOf(kind, options);
    if (association) message.messageContextInfo = { messageAssociation: association };
    const id = await this.send(message, options);
    const sent = { id, message, directPath, bytes };
    this.files.set(id, { ...sent, mediaKey: sealed.mediaKey, encrypted });
    return sent;
  }

  private associationOf(kind: FileKind, { album, betterThan }: FileOptions): proto.IMessageAssociation | null {
    if (betterThan !== undefined) {
      const associationType = kind === 'video' ? HD_VIDEO_DUAL_UPLOAD : HD_IMAGE_DUAL_UPLOAD;
      return { associationType, parentMessageKey: this.ownKey(betterThan) };
    }
    return album ? { associationType: MEDIA_ALBUM, parentMessageKey: this.ownKey(album.parent), messageIndex: album.index } : null;
  }

  private quoting(quoted: Shown | string): proto.IContextInfo {
    const there = typeof quoted === 'string' ? this.shown(quoted) : quoted;
    const participant = this.network.bot.lid;
    return { stanzaId: idOf(quoted), participant, quotedMessage: { conversation: there?.text ?? '' } };
  }

  private botKey(id: string): proto.IMessageKey {
    return { remoteJid: this.network.bot.lid, fromMe: false, id };
  }

  private ownKey(id: string): proto.IMessageKey {
    return { remoteJid: this.network.bot.lid, fromMe: true, id };
  }

  // What arrives.

  /** A message of the bot for one of the devices. */
  async take(from: LinkedDevice, to: number, id: string, sealed: BinaryNode): Promise<void> {
    const device = this.devices[to];
    if (!device) return;
    const message = await device.signal.decryptFrom(from, sealed).catch(() => null);
    if (message !== null) return this.took(from, device, id, sealed.attrs['type'] ?? '', null, message);
    // What a real phone does, while it says that it waits for the message.
    const times = this.unreadable.filter((one) => one === id).length + 1;
    this.unreadable.push(id);
    if (times <= RETRIES_MAX) this.askAgainOf(from, device, id, times);
  }

  took(from: LinkedDevice, device: PhoneDevice, id: string, sealed: string, group: string | null, message: proto.IMessage): void {
    device.received.push({ id, sealed, message });
    const own = from.lid.startsWith(this.lid.replace('@lid', ':'));
    if (device.id !== 0 || own) return;
    this.note(id, group, message);
    if (this.tellsArrival) this.receipt(from, id, null, group);
  }

  private note(id: string, group: string | null, message: proto.IMessage): void {
    const change = message.protocolMessage ?? message.editedMessage?.message?.protocolMessage;
    const target = change?.key?.id ? this.shown(change.key.id) : undefined;
    if (change?.type === MESSAGE_EDIT && target && change.editedMessage) {
      target.text = textOf(change.editedMessage);
      target.edits += 1;
    } else if (change?.type === REVOKE && target) target.removed = true;
    // The same message once more is the same message.
    else if (!change && !message.senderKeyDistributionMessage && !this.shown(id)) this.chat.push(show(id, group, message));
  }

  shown(id: string): Shown | undefined {
    return this.chat.all.find((one) => one.id === id);
  }

  /** The bytes of a file that is shown. */
  async open(shown: Shown): Promise<Buffer> {
    if (!shown.file) throw new Error('this is no file');
    const encrypted = this.network.media.read(shown.file.directPath);
    if (!encrypted) throw new Error('the file is not at the host');
    return openFile(encrypted, shown.file.mediaKey, shown.file.kind);
  }

  /** The newest message of the bot that holds these words; waits for one where there is none. */
  async sees(words: string): Promise<Shown> {
    const holds = ({ text }: Shown): boolean => text.includes(words);
    return this.chat.all.findLast(holds) ?? this.chat.next(holds, `${this.name} sees “${words}”`);
  }

  // What phones do by themselves, or when they are told to.

  read(id: string): void {
    for (const device of this.network.bot.linked) this.receipt(device, id, 'read', this.shown(id)?.group ?? null);
  }

  /** The phone could not read a message of the bot and asks for it again. */
  askAgain(id: string, count = 1): void {
    for (const device of this.network.bot.linked) this.askAgainOf(device, this.main, id, count);
  }

  private askAgainOf(bot: LinkedDevice, device: PhoneDevice, id: string, count: number): void {
    const registration = Buffer.alloc(4);
    registration.writeUInt32BE(device.signal.creds.registrationId);
    const t = String(this.network.seconds());
    const from = device.id === 0 ? this.lid : this.lid.replace('@', `:${device.id}@`);
    bot.connection?.send(
      tag('receipt', { from, id, type: 'retry', t }, [
        tag('retry', { count: String(count), id, t, v: '1' }),
        tag('registration', {}, registration),
      ]),
    );
  }

  private receipt(device: LinkedDevice, id: string, type: 'read' | null, group: string | null): void {
    const from = group === null ? { from: this.lid } : { from: group, participant: this.lid };
    device.connection?.send(tag('receipt', { ...from, id, t: String(this.network.seconds()), ...(type === null ? {} : { type }) }));
  }

  /** The bot could not read what was sent and asks for it again. */
  async resend(target: LinkedDevice, id: string, request: BinaryNode | null): Promise<void> {
    const was = this.sent.get(id);
    if (!was) return;
    const keys = request ? getBinaryNodeChild(request, 'keys') : undefined;
    if (keys) await this.main.signal.renew(target, keys);
    const count = (request ? getBinaryNodeChild(request, 'retry')?.attrs['count'] : undefined) ?? '1';
    const { corrupt: _, ...options } = was.options;
    const again = await this.stanza(target, id, was.message, options, 'text');
    for (const part of Array.isArray(again.content) ? again.content : []) part.attrs['count'] = count;
    target.deliver(again);
  }

  /** The bot could not get a file and asks for it to be uploaded again. `null`: this phone did not send it. */
  uploadAgain(id: string, chat: string): BinaryNode | null {
    const file = this.files.get(id);
    if (!file) return null;
    const rmr = tag('rmr', { jid: chat, from_me: 'false' });
    if (!this.uploadsAgain) return tag('notification', { type: 'mediaretry' }, [tag('error', { code: '2' }), rmr]);
    const { ciphertext, iv } = mediaRetryAnswer(file.mediaKey, id, this.network.media.put(file.encrypted));
    return tag('notification', { type: 'mediaretry' }, [tag('encrypt', {}, [tag('enc_p', {}, ciphertext), tag('enc_iv', {}, iv)]), rmr]);
  }

  sentHere(id: string): boolean {
    return this.sent.has(id);
  }

  private get main(): PhoneDevice {
    const [first] = this.devices;
    if (!first) throw new Error('a phone without itself');
    return first;
  }
}

const RETRIES_MAX = 5;
const KINDS = ['image', 'video', 'document', 'audio'] as const;

function carried(message: proto.IMessage): proto.IMessage | null | undefined {
  return message.documentWithCaptionMessage?.message ?? message;
}

const idOf = (shown: Shown | string): string => (typeof shown === 'string' ? shown : shown.id);

function spoilt(bytes: Uint8Array, corrupt: boolean | undefined): Uint8Array {
  if (!corrupt) return bytes;
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = copy.readUInt8(copy.length - 1) ^ 1;
  return copy;
}
