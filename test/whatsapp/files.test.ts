// Files that people send are fetched from WhatsApp's own host only, and kept only when they are what the message said.
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { proto } from '@whiskeysockets/baileys';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fetched } from '../../bots/channel.ts';
import { createFetch, type FilesOptions, isWhatsAppHost } from '../../bots/whatsapp/files.ts';
import { type CarriedMedia, mediaOf } from '../../bots/whatsapp/media.ts';
import { mediaLine } from '../../bots/whatsapp/media-line.ts';
import type { FileRef } from '../../src/case/case.ts';
import type { FileOptions, Phone, Sent } from '../support/whatsapp/phone.ts';
import { PlainBaileys } from '../support/whatsapp/plain-baileys.ts';
import { startWhatsApp, type WhatsApp } from '../support/whatsapp/whatsapp.ts';

const ACCOUNT = '+6281100000001';
const BYTES = Buffer.from(Array.from({ length: 70_001 }, (_, at) => (at * 31) % 251));

let whatsapp: WhatsApp;
let bot: PlainBaileys;
let sari: Phone;
let agent: Agent;

beforeAll(async () => {
  whatsapp = await startWhatsApp();
  sari = whatsapp.phone('+6281200000002', { name: 'Sari' });
  bot = new PlainBaileys(whatsapp);
  await bot.link();
  agent = new Agent({ ca: whatsapp.media.cert });
});

afterAll(async () => {
  await bot.sock.end(undefined);
  await whatsapp.close();
});

beforeEach(() => {
  sari.uploadsAgain = true;
});
afterEach(() => expect(whatsapp.serverFaults.splice(0)).toEqual([]));

const fetching = (more: Partial<FilesOptions> = {}) =>
  createFetch({
    line: () => mediaLine(bot.sock),
    hostAllowed: (host) => host === whatsapp.mediaHost,
    agent,
    ...more,
  });

/** What was sent, as it stands in the inbox. */
async function carried(id: string): Promise<CarriedMedia> {
  const { message } = await bot.heard(id);
  const { remoteJid, participant } = message.key;
  const media = mediaOf(
    {
      key: { id, remoteJid: remoteJid ?? '', remoteJidAlt: null, participant: participant || null, participantAlt: null, fromMe: false },
      me: { pn: whatsapp.bot.pn, lid: whatsapp.bot.lid },
      messageTimestamp: 1,
      pushName: null,
      message: proto.Message.toObject(proto.Message.fromObject(message.message ?? {}), { bytes: String, longs: Number, enums: Number }),
    },
    ACCOUNT,
  );
  if (media === null) throw new Error('no file in it');
  return media;
}

async function sent(options: FileOptions = {}): Promise<{ file: FileRef; sent: Sent }> {
  const image = await sari.sendImage(BYTES, options);
  return { file: (await carried(image.id)).media.file, sent: image };
}

async function bytesOf(fetched: Fetched): Promise<Buffer> {
  if (fetched.fetched !== 'yes') throw new Error(JSON.stringify(fetched));
  return buffer(fetched.stream as NodeJS.ReadableStream & AsyncIterable<Uint8Array>);
}

const gets = (path: string): number =>
  whatsapp.media.requests.all.filter((one) => one.method === 'GET' && path.startsWith(one.path)).length;

describe('a file in a message', () => {
  test('is named by what it is, where it belongs and what stands beside it', async () => {
    const image = await sari.sendImage(BYTES, { caption: 'Pasar murah' });
    expect(await carried(image.id)).toMatchObject({
      media: { kind: 'photo', mime: 'image/jpeg', file: { channel: 'whatsapp', account: ACCOUNT, uniqueId: image.id, size: BYTES.length } },
      caption: 'Pasar murah',
    });
    const letter = await sari.sendDocument(BYTES, { name: '../surat tugas.pdf', caption: 'Surat' });
    expect(await carried(letter.id)).toMatchObject({ media: { kind: 'document', name: 'surat tugas.pdf' }, caption: 'Surat' });
    const photo = await sari.sendDocument(BYTES, { name: 'asli.jpg', mime: 'image/jpeg' });
    expect(await carried(photo.id)).toMatchObject({ media: { kind: 'photo', name: 'asli.jpg' } });
    const album = await sari.sendAlbum([
      { kind: 'image', bytes: BYTES },
      { kind: 'video', bytes: BYTES },
    ]);
    for (const [index, kind] of ['photo', 'video'].entries()) {
      expect(await carried(album.files[index]?.id ?? '')).toMatchObject({ media: { kind }, album: album.parent });
    }
    const better = await sari.sendImage(BYTES, { betterThan: image.id });
    expect(await carried(better.id)).toMatchObject({ betterThan: image.id });
  });

  test('without a path of its own cannot be fetched, whatever address it names', async () => {
    let asked = 0;
    const trap = createServer((_, response) => {
      asked += 1;
      response.end(BYTES);
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/secret`;
    const without = await sent({ says: { directPath: null, url } });
    expect(without.file.fileId).toBe('');
    expect(await fetching()(without.file)).toEqual({ fetched: 'gone' });
    // With a path the address beside it is not looked at either.
    const beside = await sent({ says: { url } });
    expect(await bytesOf(await fetching()(beside.file))).toEqual(BYTES);
    expect(asked).toBe(0);
    await new Promise((resolve) => trap.close(resolve));
  });

  test('tells nothing of its key to who reads its reference by eye', async () => {
    const { file, sent: image } = await sent();
    const key = Buffer.from(image.message.imageMessage?.mediaKey ?? []);
    expect(key).toHaveLength(32);
    for (const form of [key.toString('base64'), key.toString('hex')]) expect(JSON.stringify(file)).not.toContain(form);
  });
});

describe('fetching', () => {
  test('brings the very bytes, in pieces that are never the whole seal', async () => {
    const { file, sent: image } = await sent();
    const fetched = await fetching()(file);
    expect(fetched).toMatchObject({ fetched: 'yes', size: BYTES.length });
    expect(await bytesOf(fetched)).toEqual(BYTES);
    expect(gets(image.directPath)).toBe(1);
  });

  test('a file of another channel, or a reference that is none, is gone', async () => {
    const { file } = await sent();
    expect(await fetching()({ ...file, channel: 'telegram' })).toEqual({ fetched: 'gone' });
    expect(await fetching()({ ...file, fileId: 'x' })).toEqual({ fetched: 'gone' });
  });

  test('a host that is not WhatsApp’s is not asked, even when the connection names it', async () => {
    const { file, sent: image } = await sent();
    expect(await fetching({ hostAllowed: isWhatsAppHost })(file)).toMatchObject({ fetched: 'later' });
    expect(gets(image.directPath)).toBe(0);
    expect(['mmg.whatsapp.net', 'media-cgk1-1.cdn.whatsapp.net'].every(isWhatsAppHost)).toBe(true);
    expect(
      ['whatsapp.net.evil.example', 'evilwhatsapp.net', '127.0.0.1:1', 'whatsapp.net:1', 'a@mmg.whatsapp.net'].some(isWhatsAppHost),
    ).toBe(false);
  });

  test('without a connection, or with a host that cannot be reached, it is for later', async () => {
    const { file } = await sent();
    expect(await fetching({ line: () => null })(file)).toMatchObject({ fetched: 'later', away: true });
    const line = { ...mediaLine(bot.sock), hosts: () => Promise.resolve(['127.0.0.1:1']) };
    expect(await fetching({ line: () => line, hostAllowed: () => true })(file)).toMatchObject({ fetched: 'later' });
    // The next host of the list is asked then.
    const two = { ...line, hosts: () => Promise.resolve(['127.0.0.1:1', whatsapp.mediaHost]) };
    expect(await bytesOf(await fetching({ line: () => two, hostAllowed: () => true })(file))).toEqual(BYTES);
  });

  test('what is too large is refused by what the sender says, by what the host says, and by counting', async () => {
    const honest = await sent();
    expect(await fetching({ maxBytes: 70_000 })(honest.file)).toEqual({ fetched: 'too-big', max: 70_000 });
    expect(gets(honest.sent.directPath)).toBe(0);
    const liar = await sent({ says: { fileLength: 10 } });
    expect(await fetching({ maxBytes: 60_000 })(liar.file)).toEqual({ fetched: 'too-big', max: 60_000 });
    // Within the margin of the seal the host's number says nothing for sure.
    const fetched = await fetching({ maxBytes: 70_000 })(liar.file);
    await expect(bytesOf(fetched)).rejects.toThrow('larger than allowed');
  });

  test('another content than was said is refused, and not asked for again', async () => {
    const { file, sent: image } = await sent({ says: { fileSha256: Buffer.alloc(32, 1) } });
    const fetch = fetching();
    await expect(fetch(file).then(bytesOf)).rejects.toThrow('not the one that was sent');
    expect(await fetch(file)).toEqual({ fetched: 'gone' });
    expect(gets(image.directPath)).toBe(1);
  });

  test('a file that was changed at the host is refused', async () => {
    const { file, sent: image } = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'tampered' });
    await expect(fetching()(file).then(bytesOf)).rejects.toThrow('not the one that was sent');
  });

  test('a redirect is not followed, and a host in trouble is asked later', async () => {
    const { file, sent: image } = await sent();
    const other = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'redirect', to: `https://${whatsapp.mediaHost}${other.sent.directPath}` });
    expect(await fetching()(file)).toMatchObject({ fetched: 'later' });
    expect(gets(other.sent.directPath)).toBe(0);
    whatsapp.media.fail(image.directPath, { answers: 'status', status: 503 });
    expect(await fetching()(file)).toMatchObject({ fetched: 'later', why: 'the media host answered 503' });
  });

  test('a download that stalls or breaks off ends with an error', async () => {
    const { file, sent: image } = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'stall' });
    await expect(fetching({ idleMs: 50 })(file).then(bytesOf)).rejects.toThrow('broke off');
    whatsapp.media.fail(image.directPath, { answers: 'break' });
    await expect(fetching()(file).then(bytesOf)).rejects.toThrow('broke off');
    whatsapp.media.fail(image.directPath, null);
    expect(await bytesOf(await fetching()(file))).toEqual(BYTES);
  });

  test.each([403, 404, 410])('after %i the sender’s phone is asked to upload it again', async (status) => {
    const { file, sent: image } = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'status', status });
    expect(await bytesOf(await fetching()(file))).toEqual(BYTES);
  });

  test('a phone that has it no more means that it is gone; one that does not answer, that it is for later', async () => {
    const { file, sent: image } = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'status', status: 404 });
    sari.uploadsAgain = false;
    expect(await fetching()(file)).toEqual({ fetched: 'gone' });
    whatsapp.faults.loseReceipts = true;
    expect(await fetching({ line: () => mediaLine(bot.sock, 20) })(file)).toMatchObject({ fetched: 'later' });
    whatsapp.faults.loseReceipts = false;
  });

  test('a phone’s answer can lead to no other host', async () => {
    const { file, sent: image } = await sent();
    whatsapp.media.fail(image.directPath, { answers: 'status', status: 404 });
    for (const path of ['//evil.example/x', 'https://evil.example/x', '@evil.example', '/a b']) {
      const line = { ...mediaLine(bot.sock), uploadAgain: () => Promise.resolve(path) };
      expect(await fetching({ line: () => line })(file)).toMatchObject({
        fetched: 'later',
        why: 'the sender’s phone answered with no path',
      });
    }
  });
});
