// A WhatsApp to test on: the server that linked devices connect to, its media host, and the phones of its people. An unmodified
// Baileys links itself, receives, sends and votes against it. Phones use the same Signal library as Baileys: this shows how our
// side behaves, not that it can talk to real phones.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
  proto,
  S_WHATSAPP_NET,
  unpadRandomMax16,
} from '@whiskeysockets/baileys';
import { Connection, tag } from './connection.ts';
import type { Group } from './group.ts';
import type { LinkedDevice } from './linked-device.ts';
import { MediaHost } from './media-host.ts';
import { makeNoiseIdentity } from './noise.ts';
import { Pairing } from './pairing.ts';
import { type Network, Phone } from './phone.ts';
import { answerTo, questionOf } from './queries.ts';
import { Trail } from './trail.ts';

export interface Faults {
  /** The error that the bot's messages are answered with (463, 479 …), for so many of them; they reach nobody. */
  refuse: { code: number; times: number } | null;
  /** Answers to the bot's messages are held back until `releaseAcks`. */
  holdAcks: boolean;
  /** Answers to the bot's messages come so much later. */
  slowAcksMs: number;
  /** The bot's receipts get lost: what it has received will come again at the next login. */
  loseReceipts: boolean;
  /** Logins are refused with this reason (401, 403, 405, 503 …). */
  refuseLogins: number | null;
}

export interface Receipt {
  ids: string[];
  /** `null`: delivered. */
  type: string | null;
  to: string;
}

export class WhatsApp implements Network {
  readonly media = new MediaHost();
  readonly pairing: Pairing;
  readonly receipts = new Trail<Receipt>();
  /** Every stanza that linked devices sent. */
  readonly stanzas = new Trail<BinaryNode>();
  readonly logins = new Trail<LinkedDevice>();
  readonly disconnects = new Trail<LinkedDevice | null>();
  /** What went wrong inside the server: a test that leaves something here has found a fault, in it or in the server. */
  readonly serverFaults: Error[] = [];
  readonly faults: Faults = {
    refuse: null,
    holdAcks: false,
    slowAcksMs: 0,
    loseReceipts: false,
    refuseLogins: null,
  };
  /** The number that people write to, and whose owner links the bot. */
  bot: Phone;
  private readonly server: Server;
  private readonly identity = makeNoiseIdentity();
  private readonly people = new Map<string, Phone>();
  private readonly groups = new Map<string, Group>();
  private readonly connections = new Set<Connection>();
  private held: (() => void)[] = [];
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.pairing = new Pairing(() => this.seconds());
    this.bot = this.phone('+6281100000001', { name: 'Nomor dinas' });
    this.server = createServer((_, response) => response.writeHead(404).end());
    this.server.on('upgrade', (request, socket, head) => {
      const connection = new Connection(request, socket, head, this.identity, {
        greeted: (one, hello) => (hello.payload.devicePairingData ? this.pairing.start(one) : this.login(one)),
        stanza: (one, node) => this.hear(one, node),
        fault: (error) => this.fault(error),
        closed: (one) => this.gone(one),
      });
      this.connections.add(connection);
    });
  }

  async start(): Promise<void> {
    await this.media.start();
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    await this.media.close();
  }

  /** Where a linked device connects to. */
  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/ws/chat`;
  }

  get mediaHost(): string {
    return this.media.host;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  fault(error: Error): void {
    this.serverFaults.push(error);
  }

  // Who there is.

  /** The phone of this number (`+62…`), the same one every time. */
  phone(number: string, options: { name?: string; devices?: 1 | 2; lid?: string } = {}): Phone {
    const digits = number.replace(/\D/g, '');
    const known = this.people.get(digits);
    if (known) return known;
    const lid = options.lid ?? `1${digits.slice(-13).padStart(14, '0')}`;
    const phone = new Phone(this, number, { name: options.name ?? `Orang ${digits}`, lid, devices: options.devices ?? 1 });
    this.people.set(digits, phone);
    this.people.set(lid, phone);
    return phone;
  }

  group(name: string, members: Phone[]): Group {
    const jid = `12036300000000${String(this.groups.size + 1).padStart(4, '0')}@g.us`;
    const group = { jid, name, members: [this.bot, ...members], introduced: new Set<Phone>() };
    this.groups.set(jid, group);
    return group;
  }

  phoneOf(jid: string): Phone | undefined {
    return this.people.get(jidDecode(jid)?.user ?? '');
  }

  groupOf(jid: string): Group | undefined {
    return this.groups.get(jid);
  }

  // What the owner of the bot's number does.

  scanQr(qr: string, owner: Phone = this.bot): LinkedDevice {
    return this.pairing.scan(qr, owner);
  }

  enterCode(code: string, owner: Phone = this.bot): Promise<void> {
    return this.pairing.enter(code, owner);
  }

  /** The owner removes every linked device: lines end with 401, and so does each later login. */
  unlink(owner: Phone = this.bot): void {
    const devices = owner.linked;
    owner.linked = [];
    for (const device of devices) device.connection?.streamError(401);
  }

  // What may go wrong.

  /** Every line breaks at once. */
  cut(): void {
    for (const connection of this.connections) connection.cut();
  }

  streamError(code: number): void {
    for (const device of this.bot.linked) device.connection?.streamError(code);
  }

  releaseAcks(): void {
    this.faults.holdAcks = false;
    for (const release of this.held.splice(0)) release();
  }

  /** The very same stanza once more, as it was; with `offline` as one that had waited. */
  redeliver(id: string, { offline = false }: { offline?: boolean } = {}): void {
    for (const device of this.bot.linked) {
      const node = device.sent.get(id);
      if (!node) throw new Error(`nothing was sent under ${id}`);
      device.deliver(offline ? { ...node, attrs: { ...node.attrs, offline: '0' } } : node);
    }
  }

  /** A message of which only the shell arrives (`unavailable`); the real one may come later under the same id. */
  sendStub(from: Phone, id: string): void {
    const attrs = {
      from: from.lid,
      sender_pn: from.pn,
      addressing_mode: 'lid',
      id,
      t: String(this.seconds()),
      type: 'text',
      notify: from.name,
    };
    for (const device of this.bot.linked) device.deliver(tag('message', attrs, [tag('unavailable', { hosted: 'false' })]));
  }

  /** How many stanzas wait for a receipt. */
  waiting(): number {
    return this.bot.linked.reduce((sum, device) => sum + device.pending.size, 0);
  }

  // How lines begin and end.

  private login(connection: Connection): void {
    const payload = connection.hello?.payload;
    const phone = this.people.get(String(payload?.username ?? ''));
    const device = phone?.linked.find((one) => one.id === payload?.device);
    if (this.faults.refuseLogins !== null) return connection.failure(this.faults.refuseLogins);
    if (!device || !connection.hello || !device.owns(connection.hello.clientStatic)) return connection.failure(401);
    // One line for each device: the newer one wins.
    device.connection?.streamError(440);
    connection.device = device;
    device.connection = connection;
    connection.send(
      tag('success', { t: String(this.seconds()), lid: device.lid, creation: '1700000000', props: '1', companion_enc_static: 'x' }),
    );
    this.logins.push(device);
  }

  private gone(connection: Connection): void {
    this.connections.delete(connection);
    this.pairing.gone(connection);
    if (connection.device?.connection === connection) connection.device.connection = null;
    this.disconnects.push(connection.device);
  }

  /** The device is ready: what waited for it comes first. */
  private async awake(connection: Connection, device: LinkedDevice): Promise<void> {
    const waiting = [...device.pending.values()];
    const count = String(waiting.length);
    const ib = (content: BinaryNode): BinaryNode => tag('ib', { from: S_WHATSAPP_NET }, [content]);
    if (waiting.length > 0) {
      connection.send(ib(tag('offline_preview', { count, message: count, notification: '0', receipt: '0', appdata: '0' })));
    }
    for (const [index, node] of waiting.entries()) connection.send({ ...node, attrs: { ...node.attrs, offline: String(index) } });
    connection.send(ib(tag('offline', { count })));
    if (!device.historySent) await this.sendHistory(device);
  }

  /** What the owner's phone tells a device that was just linked: no chats, but who is who. */
  private async sendHistory(device: LinkedDevice): Promise<void> {
    device.historySent = true;
    const owner = this.phoneOf(device.pn);
    const main = owner?.device(0);
    if (!owner || !main) return;
    const known = [...new Set(this.people.values())].map(({ pn, lid }) => ({ pnJid: pn, lidJid: lid }));
    const history = proto.HistorySync.encode({ syncType: 0, conversations: [], phoneNumberToLidMappings: known, progress: 100 }).finish();
    const sealed = await main.signal.encryptFor(device, {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
        historySyncNotification: { syncType: 0, initialHistBootstrapInlinePayload: deflateSync(history), progress: 100, chunkOrder: 1 },
      },
    });
    const attrs = { from: owner.pn, id: `HIST${device.id}`, t: String(this.seconds()), type: 'text', category: 'peer' };
    device.deliver(tag('message', attrs, [tag('enc', { v: '2', type: sealed.type }, sealed.ciphertext)]));
  }

  // What linked devices say.

  private async hear(connection: Connection, node: BinaryNode): Promise<void> {
    this.stanzas.push(node);
    switch (node.tag) {
      case 'iq':
        return this.hearQuery(connection, node);
      case 'message':
        return this.hearMessage(connection, node);
      case 'receipt':
        return this.hearReceipt(connection, node);
      case 'ack':
        if (node.attrs['class'] === 'message' && !this.faults.loseReceipts) connection.device?.pending.delete(node.attrs['id'] ?? '');
    }
  }

  private async hearQuery(connection: Connection, node: BinaryNode): Promise<void> {
    const id = node.attrs['id'] ?? '';
    if (node.attrs['type'] === 'result') return id === 'pair-2' ? this.pairing.finish(connection, node) : undefined;
    const question = questionOf(node);
    const code = getBinaryNodeChild(node, 'link_code_companion_reg');
    const content = code ? await this.pairing.onLinkCode(connection, code) : await answerTo(this, node, connection.device);
    const attrs = { from: S_WHATSAPP_NET, type: 'result', id };
    connection.send(content ? tag('iq', attrs, content) : tag('iq', attrs));
    if (question === 'passive/set/active' && connection.device) await this.awake(connection, connection.device);
    if (question === 'md/set/remove-companion-device' && connection.device) this.forget(connection.device);
  }

  private forget(device: LinkedDevice): void {
    const owner = this.phoneOf(device.pn);
    if (owner) owner.linked = owner.linked.filter((one) => one !== device);
    device.connection?.streamError(401);
  }

  private async hearReceipt(connection: Connection, node: BinaryNode): Promise<void> {
    const { id = '', type, to = '' } = node.attrs;
    const ids = [id, ...getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'item').flatMap(({ attrs }) => attrs['id'] ?? [])];
    this.receipts.push({ ids, type: type ?? null, to });
    if (this.faults.loseReceipts) return;
    connection.send(tag('ack', { class: 'receipt', id, from: to, ...(type === undefined ? {} : { type }) }));
    const device = connection.device;
    if (!device) return;
    if (type === 'retry') await this.retry(device, id, node);
    else if (type === 'server-error') this.mediaRetry(device, id, node);
    else for (const one of ids) device.pending.delete(one);
  }

  private async retry(device: LinkedDevice, id: string, node: BinaryNode): Promise<void> {
    const sender = this.senderOf(id);
    if (sender?.answersRetries) await sender.resend(device, id, node);
  }

  private mediaRetry(device: LinkedDevice, id: string, node: BinaryNode): void {
    const chat = getBinaryNodeChild(node, 'rmr')?.attrs['jid'] ?? '';
    const answer = this.senderOf(id)?.uploadAgain(id, chat);
    if (answer) device.connection?.send({ ...answer, attrs: { ...answer.attrs, from: chat, id, t: String(this.seconds()) } });
  }

  private senderOf(id: string): Phone | undefined {
    return [...this.people.values()].find((phone) => phone.sentHere(id));
  }

  private async hearMessage(connection: Connection, node: BinaryNode): Promise<void> {
    const { refuse } = this.faults;
    const refused = refuse !== null && refuse.times > 0;
    if (refused) refuse.times -= 1;
    const { id = '', to = '' } = node.attrs;
    const error: Record<string, string> = refused ? { error: String(refuse.code) } : {};
    const ack = (): void => connection.send(tag('ack', { class: 'message', id, from: to, t: String(this.seconds()), ...error }));
    if (this.faults.holdAcks) this.held.push(ack);
    else if (this.faults.slowAcksMs > 0) setTimeout(ack, this.faults.slowAcksMs);
    else ack();
    if (refused || !connection.device) return;
    await this.pass(connection.device, node);
  }

  private async pass(device: LinkedDevice, node: BinaryNode): Promise<void> {
    const { id = '', to = '' } = node.attrs;
    const direct = getBinaryNodeChild(node, 'enc');
    const each = getBinaryNodeChildren(getBinaryNodeChild(node, 'participants'), 'to');
    const group = this.groups.get(to);
    if (group) await this.introduce(device, group, each);
    if (group && direct) return this.passToGroup(device, group, id, direct);
    const targets = each.length > 0 ? each : direct ? [tag('to', { jid: node.attrs['participant'] ?? to }, [direct])] : [];
    for (const target of targets) {
      const jid = target.attrs['jid'] ?? '';
      const sealed = getBinaryNodeChild(target, 'enc');
      if (sealed) await this.phoneOf(jid)?.take(device, jidDecode(jid)?.device ?? 0, id, sealed);
    }
  }

  /** The bot tells members the key that it will speak with in the group. */
  private async introduce(device: LinkedDevice, group: Group, each: BinaryNode[]): Promise<void> {
    for (const target of each) {
      const jid = target.attrs['jid'] ?? '';
      const member = this.phoneOf(jid)?.device(jidDecode(jid)?.device ?? 0);
      const sealed = getBinaryNodeChild(target, 'enc');
      const key = member && sealed ? (await member.signal.decryptFrom(device, sealed)).senderKeyDistributionMessage : null;
      if (member && key) await member.signal.repository.processSenderKeyDistributionMessage({ authorJid: device.lid, item: key });
    }
    if (group.members.length === 0) throw new Error('a group of nobody');
  }

  private async passToGroup(device: LinkedDevice, group: Group, id: string, sealed: BinaryNode): Promise<void> {
    if (!(sealed.content instanceof Uint8Array)) throw new Error('a message without content');
    for (const member of group.members) {
      for (const one of member.devices) {
        const plain = await one.signal.repository.decryptGroupMessage({ group: group.jid, authorJid: device.lid, msg: sealed.content });
        member.took(device, one, id, 'skmsg', group.jid, proto.Message.decode(unpadRandomMax16(plain)));
      }
    }
  }
}

/** `now`: milliseconds, what the server dates stanzas with. */
export async function startWhatsApp({ now = Date.now }: { now?: () => number } = {}): Promise<WhatsApp> {
  const whatsapp = new WhatsApp(now);
  await whatsapp.start();
  return whatsapp;
}
