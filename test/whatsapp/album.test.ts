// What goes out from the vault arrives on the phone, every byte, with a small picture of our own making.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { OutFile } from '../../bots/channel.ts';
import { type SendContent, sendFiles } from '../../bots/whatsapp/album.ts';
import type { Taken } from '../../bots/whatsapp/socket.ts';
import type { MediaKind } from '../../src/sop/sop.ts';
import { type Looking, startLooking } from '../support/look-at.ts';
import type { Phone } from '../support/whatsapp/phone.ts';
import { PlainBaileys } from '../support/whatsapp/plain-baileys.ts';
import { startWhatsApp, type WhatsApp } from '../support/whatsapp/whatsapp.ts';

let whatsapp: WhatsApp;
let bot: PlainBaileys;
let sari: Phone;
let photo: Buffer;
let looking: Looking;
const places = new Map<string, string>();
const VIDEO = Buffer.alloc(30_000, 9);

beforeAll(async () => {
  looking = startLooking();
  whatsapp = await startWhatsApp();
  sari = whatsapp.phone('+6281200000002', { name: 'Sari' });
  bot = new PlainBaileys(whatsapp);
  await bot.link();
  photo = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#186' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
});

afterAll(async () => {
  await looking.close();
  await bot.sock.end(undefined);
  await whatsapp.close();
});

afterEach(() => expect(whatsapp.serverFaults.splice(0)).toEqual([]));

const send: SendContent = async (jid, content, messageId) => {
  await bot.sock.sendMessage(jid, content, { messageId });
  return { taken: 'yes' };
};

const small = (sha256: string) => looking.looker.thumbnail(places.get(sha256) ?? '');

const file = (kind: MediaKind, mime: string, bytes: Buffer, name = 'berkas'): OutFile => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  places.set(sha256, looking.lay(sha256, bytes));
  return { kind, ref: null, sha256, name, mime, open: () => Readable.from([bytes]) };
};

async function shownOf(ids: readonly string[]) {
  return Promise.all(ids.map((id) => sari.chat.until((one) => one.id === id, id)));
}

test('pictures and videos come as one album, in order, byte for byte', async () => {
  const taken = await sendFiles(send, small, sari.lid, [file('photo', 'image/jpeg', photo), file('video', 'video/mp4', VIDEO)], 'one');
  if (taken.taken !== 'yes') throw new Error('not taken');
  const [image, video] = await shownOf(taken.messages);
  if (!image || !video) throw new Error('two files');
  expect([image.file?.kind, video.file?.kind]).toEqual(['image', 'video']);
  expect(image.album).toBe(video.album);
  expect(sari.shown(image.album ?? '')?.expects).toEqual({ images: 1, videos: 1 });
  expect(await sari.open(image)).toEqual(photo);
  expect(await sari.open(video)).toEqual(VIDEO);
  expect(image.message.imageMessage).toMatchObject({ width: 360, height: 640 });
  for (const one of [image, video]) expect(one.file?.thumbnail).toBeGreaterThan(100);
});

test('a single picture is no album', async () => {
  const taken = await sendFiles(send, small, sari.lid, [file('photo', 'image/jpeg', photo)], 'two');
  if (taken.taken !== 'yes') throw new Error('not taken');
  expect((await shownOf(taken.messages))[0]).toMatchObject({ album: null, file: { kind: 'image' } });
});

test('what no phone shows, or what is no picture after all, goes as a document under its name', async () => {
  const broken = file('photo', 'image/jpeg', Buffer.from('not a picture'), 'rusak.jpg');
  const files = [file('photo', 'image/heic', photo, 'asli.heic'), broken, file('document', 'application/pdf', VIDEO, 'surat.pdf')];
  const taken = await sendFiles(send, small, sari.lid, files, 'three');
  if (taken.taken !== 'yes') throw new Error('not taken');
  const shown = await shownOf(taken.messages);
  expect(shown.map((one) => [one.file?.kind, one.file?.name, one.album])).toEqual([
    ['document', 'asli.heic', null],
    ['document', 'rusak.jpg', null],
    ['document', 'surat.pdf', null],
  ]);
  for (const [index, one] of shown.entries()) expect(await sari.open(one)).toEqual([photo, Buffer.from('not a picture'), VIDEO][index]);
});

test('an attempt that is made again shows nothing twice, another delivery does', async () => {
  const files = [file('photo', 'image/jpeg', photo), file('photo', 'image/jpeg', photo)];
  const answers: Taken[] = [{ taken: 'yes' }, { taken: 'yes' }, { taken: 'unknown', why: 'no answer' }];
  const cut: SendContent = async (jid, content, id) => {
    const answer = answers.shift() ?? { taken: 'yes' };
    await send(jid, content, id);
    return answer;
  };
  const before = sari.chat.all.length;
  expect(await sendFiles(cut, small, sari.lid, files, 'four')).toEqual({ taken: 'unknown', why: 'no answer' });
  const again = await sendFiles(send, small, sari.lid, files, 'four');
  await shownOf(again.taken === 'yes' ? again.messages : []);
  expect(sari.chat.all.length - before).toBe(3);
  const other = await sendFiles(send, small, sari.lid, files, 'five');
  await shownOf(other.taken === 'yes' ? other.messages : []);
  expect(sari.chat.all.length - before).toBe(6);
});

test('a refusal ends it, whatever was still to come', async () => {
  let asked = 0;
  const refused: SendContent = () => {
    asked += 1;
    return Promise.resolve({ taken: 'no', code: 463 });
  };
  const files = [file('photo', 'image/jpeg', photo), file('video', 'video/mp4', VIDEO)];
  expect(await sendFiles(refused, small, sari.lid, files, 'six')).toEqual({ taken: 'no', code: 463 });
  expect(asked).toBe(1);
});
