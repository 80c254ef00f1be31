// Phones with WhatsApp beside those with Telegram, over the same corridor: real translation, words and messenger, a socket in memory.
import { createCipheriv, createHash } from 'node:crypto';
import type { Channel } from '../../bots/channel.ts';
import { fileIdOf } from '../../bots/whatsapp/file-ref.ts';
import { jidOf } from '../../bots/whatsapp/identity.ts';
import { type VotePair, voteKey } from '../../bots/whatsapp/poll-vote.ts';
import type { RawMessage } from '../../bots/whatsapp/raw.ts';
import { type WhatsAppOptions, whatsappChannel } from '../../bots/whatsapp/whatsapp.ts';
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { FakeSocket, type WhatsAppShown } from './fake-socket.ts';
import { Phones } from './phones.ts';
import { sampleOffice } from './sample-office.ts';

export const ME = { pn: '6281100000001@s.whatsapp.net', lid: '900000000000001@lid' };
export const KARTIKA_WA = '+6281200000003';
export const SARI_WA = '+6281200000001';

/** As phones seal it. `options`: what was chosen; none withdraws the vote. */
export function sealVote(options: string[], pair: VotePair): { encPayload: string; encIv: string } {
  const hashes = options.map((option) => createHash('sha256').update(option).digest());
  const message = Buffer.concat(hashes.flatMap((hash) => [Buffer.from([0x0a, 32]), hash]));
  const iv = Buffer.alloc(12, 5);
  const cipher = createCipheriv('aes-256-gcm', voteKey(pair), iv);
  cipher.setAAD(Buffer.from(`${pair.poll}\u0000${pair.voter}`));
  const payload = Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
  return { encPayload: payload.toString('base64'), encIv: iv.toString('base64') };
}

/** The sample office with some of its people on WhatsApp instead of Telegram: `{ kartika: '+62…' }`. */
export function officeOn(whatsapp: Record<string, string>, more: Partial<Office> = {}): Office {
  const office = sampleOffice(more);
  const people = office.people.map(({ telegram, ...person }) => {
    const number = whatsapp[person.id];
    return number === undefined ? { ...person, ...(telegram === undefined ? {} : { telegram }) } : { ...person, whatsapp: number };
  });
  return { ...office, people };
}

export class WhatsAppPhones extends Phones {
  readonly socket = new FakeSocket();
  readonly whatsapp: Channel;
  private nextId = 1;

  constructor(office: Office, more: Partial<WhatsAppOptions> = {}, sops?: Sop[]) {
    super(office, sops);
    this.whatsapp = whatsappChannel({
      socket: this.socket,
      clock: this.clock,
      buttonKey: this.buttonKey,
      fetch: async () => ({ fetched: 'gone' }),
      sendFiles: async (jid, files, base) => {
        for (const [at, file] of files.entries()) {
          const taken = await this.socket.send(jid, { text: `[${file.name}]` }, { messageId: `${base}${at}` });
          if (taken.taken !== 'yes') return taken;
        }
        return { taken: 'yes', messages: files.map((_, at) => `${base}${at}`) };
      },
      jitter: () => 0,
      pace: { perMinute: 1_000_000, spacingMs: 0, jitterMs: 0 },
      ...more,
    });
  }

  override get hearDeps() {
    const deps = super.hearDeps;
    return {
      ...deps,
      translate: (body: unknown, at: number, channel?: string) =>
        channel === 'whatsapp' ? this.whatsapp.translate(body, at) : deps.translate(body, at),
    };
  }

  override get performDeps() {
    const { platform, whatsapp } = this;
    const channel = (name: string) => (name === 'whatsapp' ? whatsapp : platform);
    return { ...super.performDeps, channel: channel as never };
  }

  /** Any content, as a message from this number (`+62…`), in a group when one is named. */
  async writes(number: string, message: Record<string, unknown> | null, more: Partial<RawMessage['key']> = {}): Promise<string> {
    const id = more.id ?? `IN${this.nextId++}`;
    const jid = jidOf({ channel: 'whatsapp', id: number }) ?? number;
    const key = { id, remoteJid: jid, remoteJidAlt: null, participant: null, participantAlt: null, fromMe: false, ...more };
    const body: RawMessage = { key, me: ME, messageTimestamp: Math.floor(this.now / 1000), pushName: 'Siapa saja', message };
    const account = this.socket.account;
    const lane = `whatsapp:${account}:${key.remoteJid}`;
    await this.store.receive([{ channel: 'whatsapp', account, externalId: `${jid}/${id}`, lane, body, tap: false }], this.now);
    await this.settle();
    return id;
  }

  /** `author`: who wrote what is replied to, us unless it says otherwise. */
  says(number: string, text: string, more: { replyTo?: string; author?: string; group?: string } = {}): Promise<string> {
    const { replyTo: stanzaId, author } = more;
    const participant = author === undefined ? ME.lid : jidOf({ channel: 'whatsapp', id: author });
    const message =
      stanzaId === undefined ? { conversation: text } : { extendedTextMessage: { text, contextInfo: { stanzaId, participant } } };
    const jid = jidOf({ channel: 'whatsapp', id: number });
    return this.writes(number, message, more.group === undefined ? {} : { remoteJid: more.group, participant: jid });
  }

  /** A photo of the album with this id. */
  async sendsPhoto(number: string, bytes: string, more: { caption?: string; album?: string; betterThan?: string } = {}): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('base64');
    const id = `P${this.nextId++}`;
    const remoteJid = jidOf({ channel: 'whatsapp', id: number }) ?? '';
    const place = { directPath: `/v/${id}`, mediaKey: digest, fileSha256: digest, fileEncSha256: digest, fileLength: bytes.length };
    const fileId = fileIdOf({ kind: 'image', ...place, key: { id, remoteJid, participant: null } });
    this.platform.files.set(fileId ?? '', Buffer.from(bytes));
    const { caption, album, betterThan } = more;
    const association = { associationType: betterThan === undefined ? 1 : 10, parentMessageKey: { id: betterThan ?? album } };
    return this.writes(
      number,
      {
        imageMessage: { ...place, mimetype: 'image/jpeg', ...(caption === undefined ? {} : { caption }) },
        ...(album === undefined && betterThan === undefined ? {} : { messageContextInfo: { messageAssociation: association } }),
      },
      { id },
    );
  }

  seen(number: string): WhatsAppShown[] {
    return this.socket.shown(jidOf({ channel: 'whatsapp', id: number }) ?? number);
  }

  /** The texts of the last `n` messages that were sent to this number. */
  read(number: string, n = 1): string {
    return this.seen(number)
      .slice(-n)
      .map(({ text }) => text)
      .join('\n');
  }

  /** The newest poll that this number was sent. */
  poll(number: string): WhatsAppShown {
    const found = this.seen(number).findLast(({ poll }) => poll !== null);
    if (!found) throw new Error(`no poll for ${number}`);
    return found;
  }

  /** The card beside the newest poll. */
  card(number: string): WhatsAppShown {
    const all = this.seen(number);
    const found = all[all.indexOf(this.poll(number)) - 1];
    if (!found) throw new Error(`no card for ${number}`);
    return found;
  }

  async votes(
    number: string,
    options: string[],
    more: { creator?: string; voter?: string; at?: number; poll?: WhatsAppShown; key?: Partial<RawMessage['key']> } = {},
  ): Promise<void> {
    const { id, poll } = more.poll ?? this.poll(number);
    const voter = more.voter ?? jidOf({ channel: 'whatsapp', id: number }) ?? '';
    const vote = sealVote(options, { poll: id, secret: poll?.secret ?? new Uint8Array(32), creator: more.creator ?? ME.lid, voter });
    const pollUpdateMessage = { pollCreationMessageKey: { id, fromMe: false }, vote, senderTimestampMs: more.at ?? this.now };
    await this.writes(number, { pollUpdateMessage }, more.key);
  }
}
