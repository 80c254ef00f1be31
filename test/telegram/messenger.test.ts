import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message, OutFile } from '../../bots/channel.ts';
import { TELEGRAM_LIMITS } from '../../bots/telegram/pace.ts';
import { type TelegramChannel, telegramChannel } from '../../bots/telegram/telegram.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import type { Phone } from '../../web/simulator/phone.ts';
import { KeptLog, TestClock, TOKEN } from './hands.ts';

const SARI = { channel: 'telegram', id: '1001' } as const;
const JPEG = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } })
  .jpeg()
  .toBuffer();

let platform: BotApi;
let clock: TestClock;
let channel: TelegramChannel;
let sari: Phone;

async function open(root: string): Promise<TelegramChannel> {
  const opened = await telegramChannel({ token: TOKEN, apiRoot: root, clock, log: new KeptLog(), jitter: () => 0, timeoutMs: 2000 });
  if (opened.opened === 'no') throw new Error(opened.why);
  return opened.channel;
}

beforeEach(async () => {
  clock = new TestClock();
  platform = await startBotApi({ token: TOKEN, clock });
  sari = platform.phone(1001, 'Sari');
  channel = await open(platform.root);
});
afterEach(() => platform.close());

const plain = (text: string, more: Partial<Message> = {}): Message => ({ runs: [{ text }], buttons: [], ...more });
const newest = () => sari.messages().at(-1);
const idOf = (sent: Awaited<ReturnType<TelegramChannel['say']>>): string => {
  if (sent.sent !== 'yes') throw new Error(JSON.stringify(sent));
  return sent.messages[0] ?? '';
};

describe('saying', () => {
  test('runs and buttons arrive, and markup in people’s text stays text', async () => {
    const sent = await channel.say(
      SARI,
      { runs: [{ text: 'Konten', bold: true }, { text: ' <b>*_Rapat_*</b>' }], buttons: [[{ label: 'TERIMA', does: { tap: '1.ac' } }]] },
      {},
    );
    expect(sent).toEqual({ sent: 'yes', messages: [String(newest()?.id)] });
    expect(newest()).toMatchObject({ text: 'Konten <b>*_Rapat_*</b>', entities: [{ type: 'bold', offset: 0, length: 6 }] });
    expect(newest()?.buttons[0]?.[0]).toMatchObject({ label: 'TERIMA', data: '1.ac' });
    expect(platform.calls.at(-1)?.params).not.toHaveProperty('parse_mode');
    expect(platform.calls.at(-1)?.params['link_preview_options']).toEqual({ is_disabled: true });
  });

  test('a question opens a reply, unless it has buttons', async () => {
    await channel.say(SARI, plain('Nama kegiatan?', { asks: true }), {});
    expect(newest()?.forceReply).not.toBeNull();
    expect(platform.calls.at(-1)?.params['reply_markup']).toEqual({ force_reply: true, selective: true });
    await channel.say(SARI, plain('Tanggal?', { asks: true, buttons: [[{ label: 'Hari ini', does: { tap: 't' } }]] }), {});
    expect(newest()).toMatchObject({ forceReply: null });
  });

  test('what nobody has to do anything about makes no sound', async () => {
    await channel.say(SARI, plain('pelan', { silent: true }), {});
    expect(platform.calls.at(-1)?.params['disable_notification']).toBe(true);
    await channel.say(SARI, plain('biasa'), {});
    expect(platform.calls.at(-1)?.params).not.toHaveProperty('disable_notification');
  });

  test('a reply stands under its message, and goes out without it when that is gone', async () => {
    const asked = sari.sendText('satu');
    await channel.say(SARI, plain('dua'), { replyTo: String(asked) });
    expect(newest()?.replyTo?.id).toBe(asked);
    sari.deleteMessage(asked);
    expect(await channel.say(SARI, plain('tiga'), { replyTo: String(asked) })).toMatchObject({ sent: 'yes' });
    expect(await channel.say(SARI, plain('empat'), { replyTo: 'bukan nomor' })).toMatchObject({ sent: 'yes' });
  });

  test('endings of the platform come back as values', async () => {
    sari.block();
    expect(await channel.say(SARI, plain('x'), {})).toMatchObject({ sent: 'unreachable' });
    expect(await channel.say({ channel: 'telegram', id: '9999' }, plain('x'), {})).toMatchObject({ sent: 'unreachable' });
    expect(await channel.say({ channel: 'whatsapp', id: '1001' }, plain('x'), {})).toMatchObject({ sent: 'unreachable' });
    platform.group(-55, 'Tim', [1001]);
    platform.migrate(-55, -1002000000055);
    expect(await channel.say({ channel: 'telegram', id: '-55' }, plain('x'), {})).toEqual({ sent: 'moved', to: '-1002000000055' });
  });

  test('what could never be sent is refused without asking the platform', async () => {
    const before = platform.calls.length;
    expect(await channel.say(SARI, plain(' '), {})).toMatchObject({ sent: 'refused' });
    const tooLong: Message = plain('x', { buttons: [[{ label: 'A', does: { tap: 'x'.repeat(65) } }]] });
    expect(await channel.say(SARI, tooLong, {})).toMatchObject({ sent: 'refused' });
    expect(platform.calls.length).toBe(before);
  });

  test.each([
    ['a 500', { status: 500 }],
    ['a cut connection', { drop: true }],
    ['an answer that never comes', { hangMs: 2500 }],
  ])('%s means later', async (_, fault) => {
    platform.faults.next('sendMessage', fault);
    expect(await channel.say(SARI, plain('x'), {})).toMatchObject({ sent: 'later' });
  });
});

describe('changing', () => {
  test('a text and its buttons change, and without buttons none are left', async () => {
    const id = idOf(await channel.say(SARI, plain('lama', { buttons: [[{ label: 'A', does: { tap: 'a' } }]] }), {}));
    expect(await channel.edit(SARI, id, plain('baru'))).toMatchObject({ sent: 'yes' });
    expect(newest()).toMatchObject({ text: 'baru', buttons: [] });
  });

  test('the same again is unchanged', async () => {
    const message = plain('tetap', { buttons: [[{ label: 'A', does: { tap: 'a' } }]] });
    const id = idOf(await channel.say(SARI, message, {}));
    expect(await channel.edit(SARI, id, message)).toEqual({ sent: 'unchanged' });
  });

  test('what is not there, or cannot be changed, is gone', async () => {
    expect(await channel.edit(SARI, '987654', plain('x'))).toEqual({ sent: 'gone' });
    expect(await channel.edit(SARI, 'abc', plain('x'))).toEqual({ sent: 'gone' });
    const question = idOf(await channel.say(SARI, plain('?', { asks: true }), {}));
    expect(await channel.edit(SARI, question, plain('x'))).toEqual({ sent: 'gone' });
  });
});

describe('answering a tap', () => {
  test('the words reach the phone, cut to what fits', async () => {
    const id = idOf(await channel.say(SARI, plain('x', { buttons: [[{ label: 'A', does: { tap: 'a' } }]] }), {}));
    const tapped = sari.tap('a', Number(id));
    const query = platform.pending().at(-1)?.callback_query;
    expect(await channel.answer(query?.id ?? '', 'y'.repeat(300), true)).toEqual({ sent: 'yes', messages: [] });
    expect(await tapped).toMatchObject({ text: `${'y'.repeat(199)}…` });
  });

  test('one that is too old is gone', async () => {
    expect(await channel.answer('tidak-ada', null, false)).toEqual({ sent: 'gone' });
  });
});

describe('files', () => {
  const out = (kind: OutFile['kind'], fileId: string | null, more: Partial<OutFile> = {}): OutFile => ({
    kind,
    ref: fileId === null ? null : { channel: 'telegram', account: '777', fileId, uniqueId: fileId },
    sha256: 'x',
    name: 'a"b.jpg',
    mime: 'image/jpeg',
    open: () => Readable.from([JPEG]),
    ...more,
  });
  const received = () => sari.messages().filter((message) => message.from === 'bot');
  const fileIdOf = (id: number) => sari.messages().find((message) => message.id === id)?.media?.fileId ?? '';

  test('an album goes by reference, without a byte of upload', async () => {
    const ids = await sari.sendAlbum([
      { kind: 'photo', bytes: JPEG },
      { kind: 'video', bytes: JPEG },
    ]);
    const unread = () => {
      throw new Error('the vault was opened');
    };
    const files = [out('photo', fileIdOf(ids[0] ?? 0), { open: unread }), out('video', fileIdOf(ids[1] ?? 0), { open: unread })];
    const sent = await channel.album(SARI, files);
    expect(sent).toEqual({ sent: 'yes', messages: received().map((message) => String(message.id)) });
    expect(received().map((message) => message.media?.kind)).toEqual(['photo', 'video']);
    expect(new Set(received().map((message) => message.album)).size).toBe(1);
  });

  test('references that the platform does not know, or that are another bot’s, are uploaded from the vault', async () => {
    const foreign = out('photo', 'F', { ref: { channel: 'telegram', account: '888', fileId: 'F', uniqueId: 'F' } });
    platform.phone(1002, 'Budi');
    expect(await channel.album(SARI, [out('photo', 'tidak-dikenal'), foreign])).toMatchObject({ sent: 'yes' });
    expect(received().map((message) => message.media?.kind)).toEqual(['photo', 'photo']);
    const before = platform.calls.length;
    expect(await channel.album({ channel: 'telegram', id: '1002' }, [foreign])).toMatchObject({ sent: 'yes' });
    // Another bot's reference is not even tried.
    expect(platform.calls.length).toBe(before + 1);
  });

  test.each([
    ['photo', 'sendPhoto'],
    ['video', 'sendVideo'],
    ['document', 'sendDocument'],
    ['audio', 'sendAudio'],
  ] as const)('a single %s goes by %s', async (kind, method) => {
    expect(await channel.album(SARI, [out(kind, null)])).toMatchObject({ sent: 'yes' });
    expect(platform.calls.at(-1)?.method).toBe(method);
    expect(received()).toMatchObject([{ media: { kind } }]);
  });

  test('a picture that was sent as a file keeps coming through: uploaded, where its reference is of another kind', async () => {
    const id = await sari.sendDocument(JPEG, { fileName: 'foto.jpg', mime: 'image/jpeg' });
    expect(await channel.album(SARI, [out('photo', fileIdOf(id))])).toMatchObject({ sent: 'yes' });
    expect(received()).toMatchObject([{ media: { kind: 'photo' } }]);
  });

  test('what the platform will not have as pictures goes as files', async () => {
    const body = JSON.stringify({ ok: false, error_code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' });
    platform.faults.next('sendMediaGroup', { status: 400, body });
    expect(await channel.album(SARI, [out('photo', null), out('photo', null)])).toMatchObject({ sent: 'yes' });
    expect(received().map((message) => message.media?.kind)).toEqual(['document', 'document']);
  });

  test('kinds that cannot stand together, none and too many are refused', async () => {
    const before = platform.calls.length;
    for (const files of [[out('photo', 'a'), out('document', 'b')], [], Array.from({ length: 11 }, () => out('photo', 'a'))]) {
      expect(await channel.album(SARI, files)).toMatchObject({ sent: 'refused' });
    }
    expect(platform.calls.length).toBe(before);
  });
});

describe('pace', () => {
  test('a chat that is full is told to wait, without a call; the wait is enough', async () => {
    for (let i = 0; i < TELEGRAM_LIMITS.private.burst; i += 1) await channel.say(SARI, plain(`x${i}`), {});
    const before = platform.calls.length;
    const sent = await channel.say(SARI, plain('lima'), {});
    expect(sent).toMatchObject({ sent: 'later', why: 'pace' });
    expect(platform.calls.length).toBe(before);
    clock.pass(sent.sent === 'later' ? sent.afterMs : 0);
    expect(await channel.say(SARI, plain('lima'), {})).toMatchObject({ sent: 'yes' });
  });

  test('a pause the platform asks for holds its chat and no other, and never a tap', async () => {
    platform.phone(1002, 'Budi');
    platform.faults.next('sendMessage', { retryAfter: 7 });
    expect(await channel.say(SARI, plain('x'), {})).toMatchObject({ sent: 'later', afterMs: 7000 });
    expect(await channel.say(SARI, plain('x'), {})).toEqual({ sent: 'later', afterMs: 7000, why: 'pace' });
    expect(await channel.say({ channel: 'telegram', id: '1002' }, plain('x'), {})).toMatchObject({ sent: 'yes' });
    expect(await channel.answer('q', null, false)).toEqual({ sent: 'gone' });
  });

  test('pauses for several chats are told as one for the account', async () => {
    const ids = ['1001', '1002', '1003'];
    for (const id of ids) platform.phone(Number(id));
    platform.faults.next('sendMessage', { retryAfter: 7, times: 3 });
    const sent = [];
    for (const id of ids) sent.push(await channel.say({ channel: 'telegram', id }, plain('x'), {}));
    expect(sent.map((one) => one.sent === 'later' && one.whole === true)).toEqual([false, false, true]);
  });

  test('hundreds of messages to many people cause no 429 on a platform that keeps its limits', async () => {
    await platform.close();
    platform = await startBotApi({ token: TOKEN, clock, enforceLimits: true });
    const strict = await open(platform.root);
    const waiting = Array.from({ length: 120 }, (_, i) => ({ channel: 'telegram', id: String(2000 + (i % 60)) }) as const);
    for (const chat of waiting) platform.phone(Number(chat.id));
    while (waiting.length > 0) {
      const chat = waiting.shift();
      if (!chat) break;
      const sent = await strict.say(chat, plain('x'), {});
      if (sent.sent === 'yes') continue;
      expect(sent).toMatchObject({ sent: 'later', why: 'pace' });
      waiting.push(chat);
      clock.pass(10);
    }
    expect(platform.calls.filter((call) => call.method === 'sendMessage' && !call.answer.ok)).toEqual([]);
  });
});
