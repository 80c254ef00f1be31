// What goes out over WhatsApp, and what its answers mean for the message.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Message, OutFile } from '../../bots/channel.ts';
import { idBeside, madeAt, ownIds, pollSecret } from '../../bots/whatsapp/own-ids.ts';
import { type WhatsAppOptions, whatsappChannel } from '../../bots/whatsapp/whatsapp.ts';
import type { Chat } from '../../src/office/office.ts';
import { FakeSocket } from '../support/fake-socket.ts';
import { TestClock } from '../telegram/hands.ts';

const KEY = new Uint8Array(32).fill(3);
const KARTIKA: Chat = { channel: 'whatsapp', id: '+6281200000003' };
const BUDI: Chat = { channel: 'whatsapp', id: '100000000000002@lid' };
const JID = '6281200000003@s.whatsapp.net';

let socket: FakeSocket;
let clock: TestClock;
let deliveries = 0;

function open(more: Partial<WhatsAppOptions> = {}): Channel {
  return whatsappChannel({
    socket,
    clock,
    buttonKey: KEY,
    fetch: async () => ({ fetched: 'gone' }),
    sendFiles: async (jid, files, base) => {
      const taken = await socket.send(jid, { text: `${files.length} files` }, { messageId: base });
      return taken.taken === 'yes' ? { taken: 'yes', messages: files.map((_, at) => `${base}-${at}`) } : taken;
    },
    jitter: () => 0.5,
    ...more,
  });
}
const ids = (channel: Channel) => channel.ownIds?.({ id: String(++deliveries), createdAt: clock.now() }) ?? { message: '', poll: '' };
const plain = (text: string, more: Partial<Message> = {}): Message => ({ runs: [{ text }], buttons: [], ...more });
const say = (channel: Channel, text: string, chat = KARTIKA, more: Partial<Message> = {}) =>
  channel.say(chat, plain(text, more), { ids: ids(channel) });
const file = (name: string): OutFile => ({
  kind: 'photo',
  ref: null,
  sha256: name,
  name,
  mime: 'image/jpeg',
  open: () => {
    throw new Error('not read here');
  },
});

beforeEach(() => {
  socket = new FakeSocket();
  clock = new TestClock();
});

describe('an id of our own', () => {
  test('is the same for every attempt at a delivery, another for each, and tells when it was made', () => {
    const at = 1_795_000_000_999;
    const one = ownIds(KEY, { id: '7', createdAt: at });
    expect(ownIds(KEY, { id: '7', createdAt: at })).toEqual(one);
    expect(one.message).toMatch(/^3EB0[0-9A-F]{28}$/);
    const others = [
      ownIds(KEY, { id: '8', createdAt: at }).message,
      ownIds(new Uint8Array(32), { id: '7', createdAt: at }).message,
      one.poll,
    ];
    expect(new Set([one.message, ...others]).size).toBe(4);
    expect(madeAt(one.message)).toBe(1_795_000_000_000);
    expect(madeAt(idBeside(KEY, one.message, 'change'))).toBe(1_795_000_000_000);
    expect(idBeside(KEY, one.message, 'change')).not.toBe(one.message);
    expect(madeAt('3EB0ABCDEF')).toBeNull();
    expect(pollSecret(KEY, one.poll)).toHaveLength(32);
    expect(pollSecret(KEY, one.poll).equals(pollSecret(KEY, one.message))).toBe(false);
  });
});

describe('saying', () => {
  test('a message tried again is the same message', async () => {
    const channel = open();
    const own = ids(channel);
    socket.answers.push({ taken: 'unknown', why: 'the connection broke' });
    const first = await channel.say(KARTIKA, plain('Halo'), { ids: own, replyTo: 'OURS' });
    expect(first).toEqual({ sent: 'later', afterMs: 5_000, why: 'the connection broke' });
    clock.pass(5_000);
    expect(await channel.say(KARTIKA, plain('Halo'), { ids: own })).toEqual({ sent: 'yes', messages: [own.message] });
    expect(socket.shown(JID)).toMatchObject([{ id: own.message, text: 'Halo', replyTo: 'OURS' }]);
  });

  test('a poll goes beside its text, or not at all where polls are off; the text counts', async () => {
    const poll = { name: 'Keputusan', options: ['TERIMA', 'TOLAK'] };
    const own = ids(open());
    socket.answers.push({ taken: 'yes' }, { taken: 'no', code: 479 });
    expect(await open().say(KARTIKA, plain('Kartu', { poll }), { ids: own })).toEqual({ sent: 'yes', messages: [own.message] });
    expect(socket.calls[1]).toMatchObject({
      content: { poll: { ...poll, secret: pollSecret(KEY, own.poll) } },
      options: { messageId: own.poll },
    });
    await say(open({ polls: false }), 'Kartu', BUDI, { poll });
    expect(socket.calls).toHaveLength(3);
    expect(socket.calls[2]).toMatchObject({ jid: '100000000000002@lid', content: { text: 'Kartu' } });
  });

  test('what could never be sent is refused, and never tried', async () => {
    const channel = open();
    expect(await say(channel, ' ')).toMatchObject({ sent: 'refused' });
    expect(await channel.say(KARTIKA, plain('Halo'), {})).toMatchObject({ sent: 'refused' });
    expect(await say(channel, 'Halo', { channel: 'telegram', id: '1001' })).toMatchObject({ sent: 'unreachable' });
    expect(await say(channel, 'Halo', { channel: 'whatsapp', id: 'status@broadcast' })).toMatchObject({ sent: 'unreachable' });
    expect(socket.calls).toEqual([]);
  });

  test.each([
    [463, { sent: 'unreachable', why: 'WhatsApp answered 463' }],
    [403, { sent: 'unreachable', why: 'WhatsApp answered 403' }],
    [429, { sent: 'later', afterMs: 60_000, why: 'WhatsApp answered 429', whole: true }],
    [503, { sent: 'later', afterMs: 5_000, why: 'WhatsApp answered 503' }],
    [479, { sent: 'refused', why: 'WhatsApp answered 479' }],
  ])('%i', async (code, ending) => {
    socket.answers.push({ taken: 'no', code });
    expect(await say(open(), 'Halo')).toEqual(ending);
  });

  test('a chat that WhatsApp has closed to us is not tried again for a while, and others are', async () => {
    const channel = open();
    socket.answers.push({ taken: 'no', code: 463 });
    await say(channel, 'satu');
    expect(await say(channel, 'dua')).toMatchObject({ sent: 'unreachable' });
    expect(socket.calls).toHaveLength(1);
    expect(await say(channel, 'tiga', BUDI)).toMatchObject({ sent: 'yes' });
    clock.pass(120_000);
    expect(await say(channel, 'empat')).toMatchObject({ sent: 'yes' });
  });

  test('failures in a row open the circuit for all; after a pause one attempt closes or opens it again', async () => {
    const channel = open({ circuit: { failures: 3, openMs: 300_000, chatMs: 0 } });
    for (let i = 0; i < 3; i += 1) {
      socket.answers.push({ taken: 'unknown', why: 'no answer' });
      expect(await say(channel, 'x', { channel: 'whatsapp', id: `+62812000001${i}0` })).toMatchObject({ sent: 'later' });
    }
    expect(await say(channel, 'x')).toMatchObject({ sent: 'unreachable', whole: true });
    expect(socket.calls).toHaveLength(3);
    clock.pass(300_000);
    socket.answers.push({ taken: 'unknown', why: 'no answer' });
    expect(await say(channel, 'x')).toMatchObject({ sent: 'later' });
    expect(await say(channel, 'x', BUDI)).toMatchObject({ sent: 'unreachable', whole: true });
    clock.pass(300_000);
    expect(await say(channel, 'x')).toMatchObject({ sent: 'yes' });
    expect(await say(channel, 'x', BUDI)).toMatchObject({ sent: 'yes' });
  });

  test('without a linked number nothing is tried; a connection that is being made is waited for, one that is lost is not', async () => {
    const channel = open();
    const since = clock.now();
    socket.now = { is: 'unpaired', since };
    expect(await say(channel, 'x')).toEqual({ sent: 'unreachable', why: 'the number is unpaired', whole: true });
    socket.now = { is: 'connecting', since };
    expect(await say(channel, 'x')).toEqual({ sent: 'later', afterMs: 5_000, why: 'connecting', whole: true });
    clock.pass(120_001);
    expect(await say(channel, 'x')).toEqual({ sent: 'unreachable', why: 'no connection', whole: true });
    expect(socket.calls).toEqual([]);
  });
});

describe('changing and sending files', () => {
  test('a message is changed within a quarter of an hour, and is gone for that afterwards', async () => {
    const channel = open();
    const own = ids(channel);
    await channel.say(KARTIKA, plain('lama'), { ids: own });
    clock.pass(60_000);
    expect(await channel.edit(KARTIKA, own.message, plain('baru'))).toEqual({ sent: 'yes', messages: [own.message] });
    expect(socket.shown(JID)).toMatchObject([{ text: 'baru', edits: 1 }]);
    // The same change once more is the same message.
    clock.pass(60_000);
    await channel.edit(KARTIKA, own.message, plain('baru'));
    expect(socket.calls[2]?.options.messageId).toBe(socket.calls[1]?.options.messageId);
    clock.pass(15 * 60_000);
    expect(await channel.edit(KARTIKA, own.message, plain('terlambat'))).toEqual({ sent: 'gone' });
    expect(await channel.edit(KARTIKA, 'FOREIGN', plain('x'))).toEqual({ sent: 'gone' });
    expect(await channel.edit(KARTIKA, own.message, plain(' '))).toMatchObject({ sent: 'refused' });
  });

  test('files go out under ids of their own, and what is refused is refused', async () => {
    const channel = open();
    const own = ids(channel);
    expect(await channel.album(KARTIKA, [file('a'), file('b')], own)).toEqual({
      sent: 'yes',
      messages: [`${own.message}-0`, `${own.message}-1`],
    });
    expect(await channel.album(KARTIKA, [], own)).toMatchObject({ sent: 'refused' });
    expect(
      await channel.album(
        KARTIKA,
        Array.from({ length: 11 }, () => file('x')),
        own,
      ),
    ).toMatchObject({ sent: 'refused' });
    expect(await channel.album(KARTIKA, [file('a')])).toMatchObject({ sent: 'refused' });
    expect(await channel.album({ channel: 'telegram', id: '1' }, [file('a')], own)).toMatchObject({ sent: 'unreachable' });
  });

  test('nobody taps here', async () => {
    expect(await open().answer('t', 'x', true)).toEqual({ sent: 'yes', messages: [] });
    expect(socket.calls).toEqual([]);
  });

  test('an invitation opens the chat with the words that bind', () => {
    expect(open().invitation('K7QM2WXZ')).toBe('https://wa.me/6281100000001?text=DAFTAR%20K7QM2WXZ');
    expect(open().invitation('x y')).toBeNull();
  });
});

describe('the pace', () => {
  test('one message after the other in a chat, with a pause and some chance; other chats do not wait for it', async () => {
    const channel = open();
    expect(await say(channel, 'satu')).toMatchObject({ sent: 'yes' });
    expect(await say(channel, 'dua')).toEqual({ sent: 'later', afterMs: 1_500, why: 'pace' });
    expect(await say(channel, 'lain', BUDI)).toMatchObject({ sent: 'yes' });
    clock.pass(1_500);
    expect(await say(channel, 'dua')).toMatchObject({ sent: 'yes' });
  });

  test('no minute has more than twenty messages, whatever the chats', async () => {
    const channel = open();
    const times: number[] = [];
    for (let i = 0; i < 3_000 && times.length < 100; i += 1) {
      const sent = await say(channel, 'x', { channel: 'whatsapp', id: `+62812000${1000 + (i % 40)}` });
      if (sent.sent === 'yes') times.push(clock.now());
      else clock.pass(100);
    }
    expect(times).toHaveLength(100);
    for (const [at, time] of times.entries()) expect(time - (times[at - 20] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(60_000);
    // And no slower than that either.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(5 * 60_000);
  });

  test('an album larger than a minute’s worth goes once nothing else has gone for a minute', async () => {
    const channel = open({ pace: { perMinute: 3, spacingMs: 0, jitterMs: 0 } });
    const files = ['a', 'b', 'c', 'd', 'e'].map(file);
    expect(await say(channel, 'x', BUDI)).toMatchObject({ sent: 'yes' });
    expect(await channel.album(KARTIKA, files, ids(channel))).toEqual({ sent: 'later', afterMs: 60_000, why: 'pace' });
    clock.pass(60_000);
    expect(await channel.album(KARTIKA, files, ids(channel))).toMatchObject({ sent: 'yes' });
  });

  test('a clock that was set back holds nobody', async () => {
    const channel = open({ pace: { perMinute: 1, spacingMs: 1_000, jitterMs: 0 } });
    await say(channel, 'x');
    clock.pass(-3_600_000);
    expect(await say(channel, 'x')).toMatchObject({ sent: 'yes' });
  });
});
