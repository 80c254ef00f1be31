// What people's phones send arrives at an unmodified Baileys, and what it sends arrives on their phones; and how both go wrong.
import { decryptPollVote, jidNormalizedUser, proto } from '@whiskeysockets/baileys';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Phone } from '../support/whatsapp/phone.ts';
import { PlainBaileys } from '../support/whatsapp/plain-baileys.ts';
import { startWhatsApp, type WhatsApp } from '../support/whatsapp/whatsapp.ts';

const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(40_000, 7),
  Buffer.from('ffd9', 'hex'),
]);

let whatsapp: WhatsApp;
let bot: PlainBaileys;
let sari: Phone;
let budi: Phone;

// One service for all: each test has messages of its own.
beforeAll(async () => {
  whatsapp = await startWhatsApp();
  sari = whatsapp.phone('+6281200000002', { name: 'Sari' });
  budi = whatsapp.phone('+6281300000003', { name: 'Budi', devices: 2 });
  bot = new PlainBaileys(whatsapp);
  await bot.link();
});

beforeEach(() => expect(whatsapp.bot.linked).toHaveLength(1));
afterEach(() => expect(whatsapp.serverFaults.splice(0)).toEqual([]));

afterAll(async () => {
  await bot.sock.end(undefined);
  await whatsapp.close();
});

const contentOf = async (id: string): Promise<proto.IMessage> => (await bot.heard(id)).message.message ?? {};

describe('a person writes', () => {
  test('a text comes under both identities, whichever it is addressed with', async () => {
    const byLid = await bot.heard(await sari.sendText('Halo'));
    expect(byLid).toMatchObject({
      type: 'notify',
      message: { key: { remoteJid: sari.lid, remoteJidAlt: sari.pn, fromMe: false }, message: { conversation: 'Halo' }, pushName: 'Sari' },
    });
    const byNumber = await bot.heard(await sari.sendText('TERIMA 12', { addressing: 'pn' }));
    expect(byNumber.message.key).toMatchObject({ remoteJid: sari.pn, remoteJidAlt: sari.lid });
  });

  test('the second device of a person writes as the same person', async () => {
    const { message } = await bot.heard(await budi.sendText('dari laptop', { device: 1 }));
    expect(message).toMatchObject({ key: { remoteJid: budi.lid, remoteJidAlt: budi.pn }, message: { conversation: 'dari laptop' } });
  });

  test('a quoted reply names the message that it answers', async () => {
    const sent = await bot.sock.sendMessage(sari.lid, { text: 'Konten 12 menunggu' });
    const shown = await sari.sees('Konten 12 menunggu');
    expect(shown.id).toBe(sent?.key.id);
    const content = await contentOf(await sari.reply(shown, 'TOLAK foto buram'));
    expect(content.extendedTextMessage).toMatchObject({ text: 'TOLAK foto buram', contextInfo: { stanzaId: shown.id } });
  });

  test('a reaction, an edit and a removal name their message', async () => {
    await bot.sock.sendMessage(sari.lid, { text: 'Setuju?' });
    const shown = await sari.sees('Setuju?');
    await sari.react(shown, '👍');
    expect(await bot.reactions.until(({ key }) => key.id === shown.id, 'reaction')).toMatchObject({
      key: { fromMe: true },
      reaction: { text: '👍' },
    });
    const id = await sari.sendText('TOLAK 12 fto bram');
    await bot.heard(id);
    await sari.edit(id, 'TOLAK 12 foto buram');
    const edited = await bot.updates.until(({ key, update }) => key.id === id && update.message?.editedMessage != null, 'edit');
    expect(edited.update.message?.editedMessage?.message?.conversation).toBe('TOLAK 12 foto buram');
    await sari.remove(id);
    await bot.updates.until(({ key, update }) => key.id === id && update.message === null, 'removal');
  });

  test('a vote is sealed under any of the four pairs of identities, and taken back by an empty one', async () => {
    const sent = await bot.sock.sendMessage(sari.lid, { poll: { name: 'Konten 12?', values: ['TERIMA', 'TOLAK'], selectableCount: 1 } });
    const poll = await sari.sees('Konten 12?');
    expect(poll.poll).toMatchObject({ options: ['TERIMA', 'TOLAK'], selectable: 1 });
    expect(poll.poll?.secret).toEqual(Buffer.from(sent?.message?.messageContextInfo?.messageSecret ?? []));
    const me = { lid: jidNormalizedUser(bot.sock.user?.lid), pn: jidNormalizedUser(bot.sock.user?.id) };
    const read = async (id: string, creator: 'lid' | 'pn', voter: 'lid' | 'pn') => {
      const { vote, pollCreationMessageKey } = (await contentOf(id)).pollUpdateMessage ?? {};
      expect(pollCreationMessageKey?.id).toBe(poll.id);
      const context = { pollMsgId: poll.id, pollEncKey: poll.poll?.secret ?? Buffer.alloc(0) };
      return decryptPollVote(vote ?? {}, { ...context, pollCreatorJid: me[creator], voterJid: sari[voter] }).selectedOptions;
    };
    for (const creator of ['lid', 'pn'] as const) {
      for (const voter of ['lid', 'pn'] as const) {
        const id = await sari.vote(poll, 'TERIMA', { creator, voter });
        expect(await read(id, creator, voter)).toHaveLength(1);
        await expect(read(id, creator, voter === 'lid' ? 'pn' : 'lid')).rejects.toThrow();
      }
    }
    expect(await read(await sari.withdrawVote(poll), 'lid', 'lid')).toEqual([]);
    await expect(async () => sari.vote(poll, 'MUNGKIN')).rejects.toThrow('no option MUNGKIN');
  });

  test('a group hears everybody, and everybody in it hears the bot', async () => {
    const group = whatsapp.group('Tim Pertimbangan', [sari, budi]);
    const first = await bot.heard(await sari.sendText('pertama', { to: group }));
    expect(first.message.key).toMatchObject({ remoteJid: group.jid, participant: sari.lid, participantAlt: sari.pn });
    expect(await contentOf(await sari.sendText('kedua', { to: group }))).toMatchObject({ conversation: 'kedua' });
    await bot.sock.sendMessage(group.jid, { text: 'untuk semua' });
    for (const member of [sari, budi]) expect(await member.sees('untuk semua')).toMatchObject({ group: group.jid });
  });
});

describe('the bot writes', () => {
  test('a text is read on every device of the person, and the owner has a copy', async () => {
    const sent = await bot.sock.sendMessage(budi.pn, { text: 'Diterima' });
    await budi.sees('Diterima');
    const id = sent?.key.id;
    await budi.devices[1]?.received.until((one) => one.id === id, 'the copy on the laptop');
    const copy = await whatsapp.bot.devices[0]?.received.until((one) => one.id === id, 'the copy of the owner');
    expect(copy?.message.deviceSentMessage?.destinationJid).toBe(budi.pn);
  });

  test('arrival and reading are told', async () => {
    const sent = await bot.sock.sendMessage(sari.lid, { text: 'Sudah dibaca?' });
    const id = sent?.key.id ?? '';
    await bot.reaches(id, proto.WebMessageInfo.Status.DELIVERY_ACK);
    sari.read(id);
    await bot.reaches(id, proto.WebMessageInfo.Status.READ);
  });

  test('an edit changes what is shown, a removal takes it away, and the same id twice is one message', async () => {
    const sent = await bot.sock.sendMessage(sari.lid, { text: 'Kartu lama' }, { messageId: '3EB0AAAA01' });
    const shown = await sari.sees('Kartu lama');
    await bot.sock.sendMessage(sari.lid, { text: 'Kartu lama' }, { messageId: '3EB0AAAA01' });
    if (!sent) throw new Error('nothing was sent');
    await bot.sock.sendMessage(sari.lid, { text: 'Kartu baru', edit: sent.key });
    await bot.sock.sendMessage(sari.lid, { delete: sent.key });
    await bot.sock.sendMessage(sari.lid, { text: 'selesai' });
    await sari.sees('selesai');
    expect(shown).toMatchObject({ id: '3EB0AAAA01', text: 'Kartu baru', edits: 1, removed: true });
    expect(sari.chat.all.filter(({ id }) => id === '3EB0AAAA01')).toHaveLength(1);
  });

  test('a phone that could not read asks again and gets it from what the bot has kept', async () => {
    const sent = await bot.sock.sendMessage(budi.lid, { text: 'Sekali lagi' });
    const id = sent?.key.id ?? '';
    await budi.sees('Sekali lagi');
    bot.sent.set(id, sent?.message ?? {});
    const again = budi.devices[0]?.received.next((one) => one.id === id, 'the message again');
    budi.askAgain(id);
    expect((await again)?.message.extendedTextMessage?.text).toBe('Sekali lagi');
  });

  test('a refused message reaches nobody, and the error comes after the promise', async () => {
    whatsapp.faults.refuse = { code: 463, times: 1 };
    const sent = await bot.sock.sendMessage(sari.lid, { text: 'tidak sampai' });
    const id = sent?.key.id ?? '';
    await bot.reaches(id, proto.WebMessageInfo.Status.ERROR);
    await bot.sock.sendMessage(sari.lid, { text: 'sampai' });
    await sari.sees('sampai');
    expect(sari.chat.all.map(({ id: shown }) => shown)).not.toContain(id);
  });

  test('an answer may be held back', async () => {
    whatsapp.faults.holdAcks = true;
    await bot.sock.sendMessage(sari.lid, { text: 'lambat' }, { messageId: '3EB0AAAA02' });
    await sari.sees('lambat');
    expect(bot.acks.all.map(({ id }) => id)).not.toContain('3EB0AAAA02');
    whatsapp.releaseAcks();
    expect(await bot.acks.until(({ id }) => id === '3EB0AAAA02', 'the answer')).toMatchObject({ error: null });
  });
});

describe('messages come late, broken or twice', () => {
  test('what was sent while the bot was away comes in order, as append', async () => {
    await bot.leave();
    const ids = [await sari.sendText('satu'), await sari.sendText('dua'), await budi.sendText('tiga')];
    expect(whatsapp.waiting()).toBe(3);
    await bot.open();
    for (const id of ids) expect((await bot.heard(id)).type).toBe('append');
    expect(bot.upserts.all.map(({ message }) => message.key.id).filter((id) => ids.includes(id ?? ''))).toEqual(ids);
    await whatsapp.receipts.until((receipt) => receipt.ids.includes(ids[2] ?? ''), 'the receipts');
    expect(whatsapp.waiting()).toBe(0);
  });

  test('without receipts it all comes again at the next login', async () => {
    whatsapp.faults.loseReceipts = true;
    const id = await sari.sendText('tanpa tanda terima');
    await bot.heard(id);
    await whatsapp.receipts.until((receipt) => receipt.ids.includes(id), 'the receipt that gets lost');
    expect(whatsapp.waiting()).toBe(1);
    await bot.leave();
    whatsapp.faults.loseReceipts = false;
    const settled = whatsapp.stanzas.next(
      ({ tag, attrs }) => (tag === 'ack' || tag === 'receipt') && attrs['id'] === id,
      'an answer to it',
    );
    await bot.open();
    await settled;
  });

  test('a broken one is asked for again and comes whole under the same id', async () => {
    const id = await budi.sendText('utuh', { corrupt: true });
    await whatsapp.receipts.until(({ ids, type }) => ids.includes(id) && type === 'retry', 'the request');
    expect(await contentOf(id)).toMatchObject({ conversation: 'utuh' });
  });

  test('a shell comes first, the message itself later under the same id', async () => {
    whatsapp.sendStub(sari, '3EB0STUB01');
    const stub = await bot.upserts.until(({ message }) => message.key.id === '3EB0STUB01', 'the shell');
    expect(stub.message).toMatchObject({ messageStubType: proto.WebMessageInfo.StubType.CIPHERTEXT });
    await sari.sendText('isi', { id: '3EB0STUB01' });
    expect(await contentOf('3EB0STUB01')).toMatchObject({ conversation: 'isi' });
  });

  test('the same id may come twice, live or as append', async () => {
    const id = await sari.sendText('kembar');
    await bot.heard(id);
    const again = bot.upserts.next(({ message, type }) => message.key.id === id && type === 'append', 'the twin');
    await sari.sendText('kembar', { id, offline: true });
    expect((await again).message.message?.conversation).toBe('kembar');
  });

  test('the very same stanza once more cannot be read: it is asked for, and comes a second time', async () => {
    const id = await sari.sendText('sama persis');
    await bot.heard(id);
    const again = bot.upserts.next(({ message }) => message.key.id === id && message.message != null, 'the second');
    whatsapp.redeliver(id, { offline: true });
    await again;
    expect(bot.upserts.all.filter(({ message }) => message.key.id === id).map(({ message }) => message.messageStubType ?? null)).toEqual([
      null,
      proto.WebMessageInfo.StubType.CIPHERTEXT,
      null,
    ]);
  });
});

describe('files', () => {
  test('an image with a caption lies encrypted at the host', async () => {
    const sent = await sari.sendImage(JPEG, { caption: 'Sebelum' });
    const { imageMessage } = await contentOf(sent.id);
    expect(imageMessage).toMatchObject({ caption: 'Sebelum', mimetype: 'image/jpeg', directPath: sent.directPath });
    expect(Number(imageMessage?.fileLength)).toBe(JPEG.length);
    expect(whatsapp.media.read(sent.directPath)?.includes(JPEG.subarray(100, 200))).toBe(false);
  });

  test('an album is an announcement and its parts, the caption at the first; a better copy names its twin', async () => {
    const files = [
      { kind: 'image' as const, bytes: JPEG },
      { kind: 'video' as const, bytes: Buffer.alloc(2000, 3) },
    ];
    const album = await sari.sendAlbum(files, { caption: 'Pasar murah' });
    expect((await contentOf(album.parent)).albumMessage).toMatchObject({ expectedImageCount: 1, expectedVideoCount: 1 });
    const [first, second] = album.files;
    if (!first || !second) throw new Error('two files');
    const image = await contentOf(first.id);
    expect(image.imageMessage?.caption).toBe('Pasar murah');
    expect(image.messageContextInfo?.messageAssociation).toMatchObject({ associationType: 1, parentMessageKey: { id: album.parent } });
    expect((await contentOf(second.id)).videoMessage?.caption ?? null).toBeNull();
    const better = await contentOf((await sari.sendImage(Buffer.concat([JPEG, JPEG]), { betterThan: first.id })).id);
    expect(better.messageContextInfo?.messageAssociation).toMatchObject({ associationType: 10, parentMessageKey: { id: first.id } });
  });

  test('a document keeps its name', async () => {
    const sent = await sari.sendDocument(Buffer.from('%PDF-1.4'), { name: 'surat.pdf', caption: 'Surat' });
    expect((await contentOf(sent.id)).documentWithCaptionMessage?.message?.documentMessage).toMatchObject({
      fileName: 'surat.pdf',
      caption: 'Surat',
    });
  });

  test('what the bot uploads is opened on the phone', async () => {
    await bot.sock.sendMessage(sari.lid, { image: JPEG, caption: 'Foto konten', jpegThumbnail: '' });
    const shown = await sari.sees('Foto konten');
    expect(shown.file).toMatchObject({ kind: 'image', mime: 'image/jpeg' });
    expect(await sari.open(shown)).toEqual(JPEG);
    expect(whatsapp.media.requests.all.some(({ method }) => method === 'POST')).toBe(true);
  });

  test('a file that is gone is uploaded again when the bot asks; a phone that has it no more says so', async () => {
    const sent = await sari.sendImage(JPEG);
    const { message } = await bot.heard(sent.id);
    whatsapp.media.fail(sent.directPath, { answers: 'status', status: 410 });
    const again = await bot.sock.updateMediaMessage(message);
    expect(again.message?.imageMessage?.directPath).not.toBe(sent.directPath);
    expect(whatsapp.media.read(again.message?.imageMessage?.directPath ?? '')).toEqual(whatsapp.media.read(sent.directPath));
    sari.uploadsAgain = false;
    await expect(bot.sock.updateMediaMessage(message)).rejects.toThrow('re-upload');
  });
});
