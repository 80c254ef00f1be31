import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Phone } from '../../web/simulator/phone.ts';
import { sampleDocument, samplePhoto, sampleVideo } from '../../web/simulator/sample-files.ts';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench, errorOf } from './support.ts';

let at: Bench;
let sari: Phone;
beforeEach(async () => {
  at = await bench();
  sari = at.api.phone(1001, 'Sari');
});
afterEach(() => at.end());

const keyboard = (data: string) => ({ reply_markup: { inline_keyboard: [[{ text: '✅ TERIMA', callback_data: data }]] } });

test('4096 code points pass, one more is too long, blanks are empty', async () => {
  expect((await at.bot.telegram.sendMessage(1001, '😀'.repeat(4096))).message_id).toBe(1);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'a'.repeat(4097)))).toBe('400: Bad Request: message is too long');
  expect(await errorOf(at.bot.telegram.sendMessage(1001, ' \n '))).toBe('400: Bad Request: message text is empty');
});

test('HTML becomes entities, and a tag left open is refused', async () => {
  const sent = await at.bot.telegram.sendMessage(1001, '<b>Satu</b> &amp; <a href="https://contoh.go.id">dua</a>', { parse_mode: 'HTML' });
  expect(sent.text).toBe('Satu & dua');
  expect(sent.entities).toEqual([
    { type: 'bold', offset: 0, length: 4 },
    { type: 'text_link', offset: 7, length: 3, url: 'https://contoh.go.id' },
  ]);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, '<b>buka', { parse_mode: 'HTML' }))).toContain(
    "can't parse entities: Can't find end tag",
  );
});

test('an address is a link, a bare scheme in a sentence is not', async () => {
  const sent = await at.bot.telegram.sendMessage(1001, 'Diawali https://, lalu https://contoh.go.id/p/1');
  expect(sent.entities).toEqual([{ type: 'url', offset: 23, length: 24 }]);
});

test('MarkdownV2 becomes entities, and a reserved sign must be escaped', async () => {
  const sent = await at.bot.telegram.sendMessage(1001, '*tebal* 1\\. `a_b`', { parse_mode: 'MarkdownV2' });
  expect([sent.text, sent.entities]).toEqual([
    'tebal 1. a_b',
    [
      { type: 'bold', offset: 0, length: 5 },
      { type: 'code', offset: 9, length: 3 },
    ],
  ]);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'selesai.', { parse_mode: 'MarkdownV2' }))).toContain("Character '.' is reserved");
});

test('given entities are kept beside the text, and must lie inside it', async () => {
  const sent = await at.bot.telegram.sendMessage(1001, '<b>bukan tag</b>', { entities: [{ type: 'bold', offset: 0, length: 3 }] });
  expect([sent.text, sent.entities]).toEqual(['<b>bukan tag</b>', [{ type: 'bold', offset: 0, length: 3 }]]);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'abc', { entities: [{ type: 'bold', offset: 2, length: 5 }] }))).toContain(
    '400: Bad Request: entity',
  );
});

test('callback data have 1 to 64 bytes, counted in bytes', async () => {
  expect((await at.bot.telegram.sendMessage(1001, 'a', keyboard('x'.repeat(64)))).message_id).toBe(1);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'a', keyboard('é'.repeat(33))))).toBe('400: Bad Request: BUTTON_DATA_INVALID');
});

test('an edit changes the text and keeps the buttons only when they come again', async () => {
  const card = await at.bot.telegram.sendMessage(1001, 'kartu', keyboard('a'));
  await at.bot.telegram.editMessageText(1001, card.message_id, undefined, 'kartu 2', keyboard('a'));
  expect(sari.messages()[0]).toMatchObject({ text: 'kartu 2', edited: true, buttons: [[{ label: '✅ TERIMA', data: 'a' }]] });
  await at.bot.telegram.editMessageText(1001, card.message_id, undefined, 'kartu 2');
  expect(sari.messages()[0]?.buttons).toEqual([]);
});

test('an edit that changes nothing, finds nothing or meets a file is refused as Telegram does', async () => {
  const card = await at.bot.telegram.sendMessage(1001, 'kartu', keyboard('a'));
  const edit = (id: number, text: string) => errorOf(at.bot.telegram.editMessageText(1001, id, undefined, text, keyboard('a')));
  expect(await edit(card.message_id, 'kartu')).toContain('400: Bad Request: message is not modified');
  expect(await edit(99, 'x')).toBe('400: Bad Request: message to edit not found');
  const photo = await at.bot.telegram.sendPhoto(1001, { source: await samplePhoto(1) });
  expect(await edit(photo.message_id, 'x')).toBe('400: Bad Request: there is no text in the message to edit');
  const asked = await at.bot.telegram.sendMessage(1001, 'alasan?', { reply_markup: { force_reply: true } });
  expect(await edit(asked.message_id, 'x')).toBe("400: Bad Request: message can't be edited");
});

test('a deleted message is gone, also for replies', async () => {
  const sent = await at.bot.telegram.sendMessage(1001, 'a');
  await at.bot.telegram.deleteMessage(1001, sent.message_id);
  expect(sari.messages()).toEqual([]);
  const reply = at.bot.telegram.sendMessage(1001, 'b', { reply_parameters: { message_id: sent.message_id } });
  expect(await errorOf(reply)).toBe('400: Bad Request: message to be replied not found');
  const anyway = { reply_parameters: { message_id: sent.message_id, allow_sending_without_reply: true } };
  expect((await at.bot.telegram.sendMessage(1001, 'b', anyway)).reply_to_message).toBeUndefined();
});

test('bytes that a bot uploads are the bytes that come down again', async () => {
  const bytes = await samplePhoto(2);
  const sent = await at.bot.telegram.sendPhoto(1001, { source: bytes }, { caption: 'Foto' });
  const link = await at.bot.telegram.getFileLink(sent.photo.at(-1)?.file_id ?? '');
  expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(bytes)).toBe(true);
  const small = await at.bot.telegram.getFileLink(sent.photo[0]?.file_id ?? '');
  expect((await sharp(await (await fetch(small)).arrayBuffer()).metadata()).width).toBe(sent.photo[0]?.width);
});

test('bytes that a phone sends are the bytes that come down, by their name', async () => {
  const id = await sari.sendDocument(sampleDocument(), { fileName: 'undangan rapat.pdf', caption: 'Undangan' });
  const [update] = (await at.bot.telegram.callApi('getUpdates', {} as never)) as unknown as Update[];
  expect(update?.message).toMatchObject({
    message_id: id,
    caption: 'Undangan',
    document: { file_name: 'undangan rapat.pdf', mime_type: 'application/pdf' },
  });
  const link = await at.bot.telegram.getFileLink(update?.message?.document?.file_id ?? '');
  expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(sampleDocument())).toBe(true);
});

test('a file over 20 MB is not given to a bot', async () => {
  await sari.sendVideo(Buffer.alloc(21 * 1024 * 1024), { fileName: 'panjang.mp4' });
  const [update] = (await at.bot.telegram.callApi('getUpdates', {} as never)) as unknown as Update[];
  expect(await errorOf(at.bot.telegram.getFile(update?.message?.video?.file_id ?? ''))).toBe('400: Bad Request: file is too big');
});

test('an album goes out from uploads and known files, and keeps its captions', async () => {
  const first = await at.bot.telegram.sendPhoto(1001, { source: await samplePhoto(1) });
  const sent = await at.bot.telegram.sendMediaGroup(1001, [
    { type: 'photo', media: { source: await samplePhoto(3) }, caption: 'Satu' },
    { type: 'photo', media: first.photo.at(-1)?.file_id ?? '' },
    { type: 'video', media: { source: sampleVideo(1) } },
  ]);
  expect(new Set(sent.map((message) => (message as { media_group_id?: string }).media_group_id)).size).toBe(1);
  const shown = sari.messages().slice(1);
  expect(shown.map((message) => [message.media?.kind, message.caption])).toEqual([
    ['photo', 'Satu'],
    ['photo', null],
    ['video', null],
  ]);
});

test('an album of one, of eleven, or of a document among photos is refused', async () => {
  const photo = { type: 'photo' as const, media: { source: await samplePhoto(1) } };
  const document = { type: 'document' as const, media: { source: sampleDocument() } };
  const group = (media: unknown[]) => errorOf(at.bot.telegram.sendMediaGroup(1001, media as never));
  expect(await group([photo])).toContain('2-10 items');
  expect(await group(Array.from({ length: 11 }, () => photo))).toContain('2-10 items');
  expect(await group([photo, document])).toContain("can't be mixed");
});

test('text under the name of a photo is refused', async () => {
  expect(await errorOf(at.bot.telegram.sendPhoto(1001, { source: Buffer.from('bukan gambar') }))).toBe(
    '400: Bad Request: IMAGE_PROCESS_FAILED',
  );
});

test('a caption ends at 1024, and is edited only on a file', async () => {
  const source = await samplePhoto(1);
  expect(await errorOf(at.bot.telegram.sendPhoto(1001, { source }, { caption: 'a'.repeat(1025) }))).toBe(
    '400: Bad Request: message caption is too long',
  );
  const text = await at.bot.telegram.sendMessage(1001, 'a');
  expect(await errorOf(at.bot.telegram.editMessageCaption(1001, text.message_id, undefined, 'b'))).toContain('there is no caption');
});

test('a person edits, the bot hears it as an edit', async () => {
  const id = sari.sendText('narasi');
  sari.editMessage(id, 'narasi baru');
  const updates = (await at.bot.telegram.callApi('getUpdates', {} as never)) as unknown as Update[];
  expect(updates.map((update) => update.edited_message?.text ?? update.message?.text)).toEqual(['narasi', 'narasi baru']);
});

test('what a person writes beyond 4096 goes out in several messages', () => {
  sari.sendText('a'.repeat(5000));
  expect(sari.messages().map((message) => message.text?.length)).toEqual([4096, 904]);
});
