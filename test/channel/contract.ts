// What every channel promises, whatever its platform: what people do is heard in shared words, and what is said stands there as it was meant.
// One suite for Telegram, WhatsApp and the platform in memory; `hands` play the platform and the person in front of it.
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Message, OutFile } from '../../bots/channel.ts';
import type { Heard } from '../../src/conversation/heard.ts';
import type { Chat } from '../../src/office/office.ts';

/** What the person sees of one message. */
export interface Seen {
  text: string;
  /** What can be chosen, by whatever means: buttons, or words and numbers. */
  choices: string[];
  replyTo: string | null;
}

export interface Hands {
  channel: Channel;
  /** The person's private chat with us. */
  chat: Chat;
  seen(): Seen[];
  /** Files that arrived, in all. */
  files(): number;
  /** Each gives the raw update that comes of it, or a promise of it. */
  writes(text: string, replyTo?: string): unknown;
  sendsPhoto(more: { caption?: string; album?: string }): unknown;
  edits(message: string, text: string): unknown;
  chooses(choice: string, message: string): unknown;
  /** The person lets nothing through any more. */
  blocks(): void;
  /** The message with its buttons as this channel's people are shown them: as they are, or in words. */
  spelled(message: Message): Message;
  /** The platform asks for a pause, or is away, at the next call. */
  stumbles(): void;
  passes(ms: number): void;
  close(): Promise<void>;
}

export const NOW = 1_795_000_000_000;
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AH//Z',
  'base64',
);
const message = (text: string, ...labels: string[]): Message => ({
  runs: [{ text }],
  buttons: labels.map((label) => [{ label, does: { tap: `1.${label}` } }]),
});

/** `paced: false`: the platform knows no limits. */
export function channelContract(name: string, open: () => Promise<Hands>, { paced = true }: { paced?: boolean } = {}): void {
  describe(name, () => {
    let hands: Hands;
    let deliveries = 0;
    beforeEach(async () => {
      hands = await open();
    });
    afterEach(() => hands.close());

    const ids = () => {
      const own = hands.channel.ownIds?.({ id: String(++deliveries), createdAt: NOW });
      return own ? { ids: own } : {};
    };
    const say = (what: Message, more: { replyTo?: string } = {}) =>
      hands.channel.say(hands.chat, hands.spelled(what), { ...more, ...ids() });
    const saidId = async (what: Message, more: { replyTo?: string } = {}): Promise<string> => {
      // A channel may ask to come again; it says when.
      for (let i = 0; i < 10; i += 1) {
        const sent = await say(what, more);
        if (sent.sent === 'yes') return sent.messages[0] ?? '';
        if (sent.sent !== 'later') throw new Error(JSON.stringify(sent));
        hands.passes(sent.afterMs);
      }
      throw new Error('never sent');
    };
    const heard = (update: unknown): Heard => hands.channel.translate(update, NOW);
    const file = (): OutFile => ({
      kind: 'photo',
      ref: null,
      sha256: 'a'.repeat(64),
      name: 'pasar.jpg',
      mime: 'image/jpeg',
      open: () => Readable.from([JPEG]),
    });

    describe('hears', () => {
      test('a text, from whom and where, and what it answers', async () => {
        const asked = await saidId(message('Nama kegiatan?'));
        const { what, ...envelope } = heard(await hands.writes('Pasar murah', asked));
        expect(envelope).toMatchObject({ chat: hands.chat, chatKind: 'private', from: { id: expect.any(String) } });
        expect(what).toMatchObject({ kind: 'text', text: 'Pasar murah', replyTo: asked });
        expect(heard(await hands.writes('Pasar murah')).what).not.toHaveProperty('replyTo');
      });

      test('a file, its caption and the album that it belongs to', async () => {
        const { what } = heard(await hands.sendsPhoto({ caption: 'Pasar murah', album: 'A1' }));
        expect(what).toMatchObject({ kind: 'media', media: { kind: 'photo' }, caption: 'Pasar murah', album: expect.any(String) });
        const other = heard(await hands.sendsPhoto({ album: 'A1' })).what;
        expect(other).toMatchObject({ kind: 'media', album: what.kind === 'media' ? what.album : '' });
        expect(other).not.toHaveProperty('caption');
        const of = (one: typeof what) => (one.kind === 'media' ? one.media.file : null);
        expect(of(what)).toMatchObject({ channel: hands.channel.name, account: hands.channel.account });
        expect(of(other)?.uniqueId).not.toBe(of(what)?.uniqueId);
      });

      test('an edit, by the message that was edited', async () => {
        const written = heard(await hands.writes('Pasar mrah')).what;
        const id = written.kind === 'text' ? written.message : '';
        expect(heard(await hands.edits(id, 'Pasar murah')).what).toMatchObject({ kind: 'edited', text: 'Pasar murah', message: id });
      });

      test('a choice, by the message that it was made on', async () => {
        const card = await saidId(message('Konten 0001', 'TERIMA', 'TOLAK'));
        const { what } = heard(await hands.chooses('TERIMA', card));
        // A button carries its reference; words name the message, and are looked up there.
        if (what.kind === 'tap') expect(what).toMatchObject({ data: '1.TERIMA', message: card });
        else expect(what).toMatchObject({ kind: 'text', text: 'TERIMA', replyTo: card });
      });

      test('the same update again, as the same', async () => {
        const update = await hands.writes('Pasar murah');
        expect(heard(update)).toEqual(heard(structuredClone(update)));
      });

      test('whatever else comes, without failing', () => {
        for (const body of [null, undefined, 0, '', [], {}, { message: 1 }, { key: {} }]) {
          expect(heard(body)).toMatchObject({ what: { kind: 'nothing' }, from: null });
        }
      });
    });

    describe('says', () => {
      test('messages in their order, each answering what it should', async () => {
        const first = await saidId(message('satu'));
        await saidId(message('dua'), { replyTo: first });
        expect(hands.seen().map(({ text }) => text)).toEqual(['satu', 'dua']);
        expect(hands.seen()[1]?.replyTo).toBe(first);
      });

      test("people's marks as the signs that they are, or as their twins", async () => {
        await saidId(message('<b>*Rapat* _besok_</b>'));
        expect(hands.seen()[0]?.text).toMatch(/^<b>[*∗]Rapat[*∗] [_＿]besok[_＿]<\/b>$/);
      });

      test('a card whose choices stand there, change, and go', async () => {
        const card = await saidId(message('Konten 0001', 'TERIMA', 'TOLAK'));
        expect(hands.seen()).toEqual([{ text: 'Konten 0001', choices: ['TERIMA', 'TOLAK'], replyTo: null }]);
        hands.passes(5_000);
        expect(await hands.channel.edit(hands.chat, card, hands.spelled(message('Konten 0001, revisi ke-2', 'TERIMA')))).toMatchObject({
          sent: 'yes',
        });
        expect(hands.seen()).toEqual([{ text: 'Konten 0001, revisi ke-2', choices: ['TERIMA'], replyTo: null }]);
        hands.passes(5_000);
        expect(await hands.channel.edit(hands.chat, card, hands.spelled(message('Diputus')))).toMatchObject({ sent: 'yes' });
        expect(hands.seen()).toEqual([{ text: 'Diputus', choices: [], replyTo: null }]);
      });

      test('an album as one thing after the other', async () => {
        const own = ids();
        const sent = await hands.channel.album(hands.chat, [file(), file()], own.ids);
        expect(sent).toMatchObject({ sent: 'yes' });
        expect(sent.sent === 'yes' ? new Set(sent.messages).size : 0).toBe(2);
        expect(hands.files()).toBe(2);
      });
    });

    describe('ends every call in a value', () => {
      test('a chat that is closed, and one that is none of the platform', async () => {
        hands.blocks();
        expect(await say(message('x'))).toMatchObject({ sent: 'unreachable' });
        const foreign: Chat = { channel: hands.channel.name === 'telegram' ? 'whatsapp' : 'telegram', id: 'x' };
        expect(await hands.channel.say(foreign, message('x'), ids())).toMatchObject({ sent: 'unreachable' });
      });

      test('a stumble of the platform: later, and then it goes', async () => {
        hands.stumbles();
        const sent = await say(message('x'));
        expect(sent).toMatchObject({ sent: 'later', afterMs: expect.any(Number) });
        await saidId(message('y'));
        expect(hands.seen().at(-1)?.text).toBe('y');
      });

      test('a message that nobody sent cannot be changed', async () => {
        expect(['gone', 'refused']).toContain((await hands.channel.edit(hands.chat, '987654', message('x'))).sent);
      });

      test('an answer to a tap', async () => {
        expect((await hands.channel.answer('unknown', 'x', false)).sent).toMatch(/^(yes|gone)$/);
      });
    });

    if (!paced) return;
    test('keeps a pace: a flood into one chat is told to wait, and says how long', async () => {
      let waits = 0;
      for (let i = 0; i < 60; i += 1) {
        const sent = await say(message(`pesan ${i}`));
        if (sent.sent !== 'later') continue;
        waits += 1;
        expect(sent.afterMs).toBeGreaterThan(0);
        hands.passes(sent.afterMs);
      }
      expect(waits).toBeGreaterThan(0);
    });
  });
}
