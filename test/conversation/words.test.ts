// Deciding in words: on WhatsApp, where there are no buttons, and on Telegram beside them.
import { describe, expect, test } from 'vitest';
import { officeNamed } from '../support/other-phones.ts';
import { GROUP, KARTIKA, MAYA, Phones, RAHMAT } from '../support/phones.ts';
import { sampleOffice, sopNamed } from '../support/sample-office.ts';
import { KARTIKA_WA, ME, officeOn, SARI_WA, WhatsAppPhones } from '../support/whatsapp-phones.ts';

const REASON = 'Foto ketiga buram, mohon diganti.';
const LID = '100000000000003@lid';

/** Kartika decides on WhatsApp; she has written once, so that she may be written to. */
async function withKartika(): Promise<WhatsAppPhones> {
  const phones = new WhatsAppPhones(officeOn({ kartika: KARTIKA_WA }));
  await phones.says(KARTIKA_WA, 'bantuan');
  return phones;
}

async function toKartika(tag = 'foto', phones?: WhatsAppPhones): Promise<WhatsAppPhones> {
  const made = phones ?? (await withKartika());
  await made.handIn(undefined, tag);
  await made.must('1002', 'DITERIMA');
  return made;
}

const statuses = (phones: Phones) => phones.cases.map(({ state }) => state.status);
const decided = (phones: Phones) => phones.case.decisions.map(({ verdict, person, note }) => `${verdict} ${person} ${note}`);

describe('a card on WhatsApp', () => {
  test('says how to answer it, with the register number, and has a poll beside it', async () => {
    const phones = await toKartika();
    const { text, replyTo } = phones.card(KARTIKA_WA);
    expect(text).toContain('Balas pesan ini dengan TERIMA, atau TOLAK disertai alasan. Atau ketik TERIMA 1.');
    expect(text).toContain('*1* TERIMA\n*2* TOLAK\n*3* TANGGAPAN\n*4* PERBAIKI NARASI\n*5* PERBAIKI CAPTION');
    expect(phones.poll(KARTIKA_WA).poll).toMatchObject({ options: ['TERIMA', 'TOLAK'], name: expect.stringContaining('0001/REG-KONTEN') });
    expect(replyTo).not.toBeNull();
  });

  test.each([
    ['a word', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, 'terima')],
    ['a word with the number', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, 'TERIMA 1')],
    ['the command of old', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, '/setujui 0001')],
    ['a number', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, '1')],
    ['a reply', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, 'Terima.', { replyTo: phones.card(KARTIKA_WA).id })],
    ['a reply to the poll', (phones: WhatsAppPhones) => phones.says(KARTIKA_WA, '1', { replyTo: phones.poll(KARTIKA_WA).id })],
    ['a vote', (phones: WhatsAppPhones) => phones.votes(KARTIKA_WA, ['TERIMA'])],
  ])('is accepted by %s, which is confirmed, and shows who decided', async (_, answer) => {
    const phones = await toKartika();
    await answer(phones);
    expect(phones.case.decisions.at(-1)).toMatchObject({ verdict: 'accept', person: 'kartika', note: 'Sesuai, tanpa catatan' });
    expect(phones.read(KARTIKA_WA)).toMatch(/Keputusan dicatat\.\n0001\/REG-KONTEN/);
    expect(phones.card(KARTIKA_WA)).toMatchObject({ edits: 1, text: expect.stringMatching(/TERIMA oleh Kartika/) });
    expect(phones.card(KARTIKA_WA).text).not.toContain('Balas');
    expect(phones.last(RAHMAT)).toContain('Perlu keputusan');
  });

  test('is rejected at once with a reason in the same message', async () => {
    const phones = await toKartika();
    await phones.says(KARTIKA_WA, `TOLAK 1 ${REASON}`);
    expect(decided(phones).at(-1)).toBe(`reject kartika ${REASON}`);
    expect(statuses(phones)).toEqual(['returned']);
    expect(phones.read(KARTIKA_WA)).toMatch(/Penolakan dicatat/);
  });

  test('is rejected by nothing before the reason is there: asked for after the word, a vote, or a reason too short', async () => {
    const phones = await toKartika();
    const card = phones.card(KARTIKA_WA).id;
    await phones.votes(KARTIKA_WA, ['TOLAK']);
    expect(phones.read(KARTIKA_WA)).toMatch(/Pilih atau tulis \*alasan\*/);
    await phones.says(KARTIKA_WA, 'batal');
    await phones.says(KARTIKA_WA, 'TOLAK', { replyTo: card });
    expect(phones.read(KARTIKA_WA)).toMatch(/Pilih atau tulis \*alasan\*/);
    await phones.says(KARTIKA_WA, 'batal');
    await phones.says(KARTIKA_WA, 'TOLAK buram', { replyTo: card });
    expect(phones.read(KARTIKA_WA)).toMatch(/minimal 10/);
    expect(statuses(phones)).toEqual(['running']);
    await phones.says(KARTIKA_WA, REASON);
    expect(decided(phones).at(-1)).toBe(`reject kartika ${REASON}`);
    // Her card changes without a sound.
    expect(phones.read(KARTIKA_WA)).toMatch(/^✅ Penolakan dicatat; konten dikembalikan\.\n0001/);
  });

  test('is rejected with a ready reason by its number', async () => {
    const phones = await toKartika();
    await phones.says(KARTIKA_WA, '2');
    expect(phones.read(KARTIKA_WA)).toMatch(/\*1\* Foto kurang jelas/);
    await phones.says(KARTIKA_WA, '1');
    expect(decided(phones).at(-1)).toMatch(/^reject kartika Foto kurang jelas/);
  });

  test('takes a response along with the word', async () => {
    const phones = await toKartika();
    await phones.says(KARTIKA_WA, 'TANGGAPAN 1 Sesuai, mohon segera tayang.');
    expect(phones.read(KARTIKA_WA)).toMatch(/Tanggapan dicatat/);
    await phones.says(KARTIKA_WA, 'TERIMA 1');
    expect(decided(phones).at(-1)).toBe('accept kartika Sesuai, mohon segera tayang.');
  });

  test('that was answered says so to every later answer, by whatever way', async () => {
    const phones = await toKartika();
    const card = phones.card(KARTIKA_WA).id;
    await phones.says(KARTIKA_WA, 'TERIMA 1');
    const ways = [
      () => phones.says(KARTIKA_WA, 'TOLAK 1 berubah pikiran, mohon batalkan'),
      () => phones.says(KARTIKA_WA, 'TOLAK', { replyTo: card }),
      () => phones.votes(KARTIKA_WA, ['TOLAK']),
    ];
    for (const way of ways) {
      await way();
      expect(phones.read(KARTIKA_WA)).toMatch(/sudah diputus|TERIMA oleh Kartika/i);
    }
    expect(decided(phones)).toHaveLength(2);
  });

  test('of which nothing is kept any more is answered politely, by whatever way, and decides nothing', async () => {
    const phones = await toKartika();
    const [card, poll] = [phones.card(KARTIKA_WA), phones.poll(KARTIKA_WA)];
    await phones.says(KARTIKA_WA, 'TERIMA 1');
    phones.store.tables.offers.clear();
    const ways: [() => Promise<unknown>, RegExp][] = [
      [() => phones.votes(KARTIKA_WA, ['TOLAK'], { poll }), /tidak lagi menunggu jawaban/],
      [() => phones.votes(KARTIKA_WA, [], { poll }), /tidak lagi menunggu jawaban/],
      [() => phones.says(KARTIKA_WA, '2', { replyTo: card.id }), /tidak lagi menunggu jawaban/],
      [() => phones.says(KARTIKA_WA, 'TOLAK', { replyTo: card.id }), /tidak lagi menunggu jawaban/],
      [() => phones.says(KARTIKA_WA, 'TOLAK 1'), /Tidak ada kartu dengan nomor itu/],
    ];
    for (const [way, answer] of ways) {
      const before = phones.seen(KARTIKA_WA).length;
      await way();
      expect(phones.seen(KARTIKA_WA)).toHaveLength(before + 1);
      expect(phones.read(KARTIKA_WA)).toMatch(answer);
      expect(phones.read(KARTIKA_WA)).toContain('Ketik antrean');
    }
    expect(decided(phones)).toHaveLength(2);
  });

  test('is not decided by a word that only sounds like it, by a reaction or by an edit; the exact words are told', async () => {
    const phones = await toKartika();
    const card = phones.card(KARTIKA_WA).id;
    for (const word of ['acc', 'setuju', 'ok tapi ganti foto', '👍', 'terima, tapi ganti foto']) {
      await phones.says(KARTIKA_WA, word);
      expect(phones.read(KARTIKA_WA)).toMatch(/belum menjadi keputusan[\s\S]*Ketik TERIMA 1, atau TOLAK 1 disertai alasan\./);
    }
    await phones.writes(KARTIKA_WA, { reactionMessage: { key: { id: card, fromMe: false }, text: '👍' } });
    expect(phones.read(KARTIKA_WA)).toMatch(/Reaksi tidak menjadi keputusan[\s\S]*TERIMA 1/);
    const before = phones.seen(KARTIKA_WA).length;
    await phones.writes(KARTIKA_WA, { reactionMessage: { key: { id: card, fromMe: false }, text: '' } });
    const typed = await phones.says(KARTIKA_WA, 'hmm');
    await phones.writes(KARTIKA_WA, {
      protocolMessage: { type: 14, key: { id: typed }, editedMessage: { conversation: 'TERIMA 1' } },
    });
    expect(decided(phones)).toHaveLength(1);
    // The withdrawn reaction and the edit say nothing.
    expect(phones.seen(KARTIKA_WA).length).toBe(before + 1);
  });

  test('of which two wait is asked about by name, and decided by its number', async () => {
    const phones = await toKartika();
    await toKartika('lain', phones);
    await phones.says(KARTIKA_WA, 'TERIMA');
    expect(phones.read(KARTIKA_WA)).toMatch(/sebutkan yang mana[\s\S]*TERIMA 2[\s\S]*TERIMA 1/);
    await phones.says(KARTIKA_WA, 'terima 1');
    expect(phones.cases.map(({ decisions }) => decisions.length)).toEqual([2, 1]);
    // One is left: the word alone is enough.
    await phones.says(KARTIKA_WA, 'terima');
    expect(phones.cases.map(({ decisions }) => decisions.length)).toEqual([2, 2]);
  });

  test('that never stood here is not there', async () => {
    const phones = await toKartika();
    await phones.says(KARTIKA_WA, 'TERIMA 99');
    expect(phones.read(KARTIKA_WA)).toMatch(/Tidak ada kartu dengan nomor itu[\s\S]*99/);
    expect(decided(phones)).toHaveLength(1);
  });

  test('older than WhatsApp lets us change is shown anew', async () => {
    const phones = await toKartika();
    const { id } = phones.card(KARTIKA_WA);
    phones.now += 16 * 60_000;
    await phones.says(KARTIKA_WA, 'TERIMA 1');
    expect(phones.seen(KARTIKA_WA).find((one) => one.id === id)?.edits).toBe(0);
    expect(phones.read(KARTIKA_WA, 2)).toMatch(/TERIMA oleh Kartika/);
    await phones.says(KARTIKA_WA, 'TOLAK', { replyTo: id });
    expect(phones.read(KARTIKA_WA)).toMatch(/TERIMA/);
    expect(decided(phones)).toHaveLength(2);
  });
});

describe('a publisher on WhatsApp', () => {
  test('closes the case with the word and the link in one message', async () => {
    const maya = '+6281200000005';
    const phones = new WhatsAppPhones(officeOn({ maya }));
    await phones.says(maya, 'antrean');
    await phones.toPublisher();
    await phones.says(maya, 'SUDAH TAYANG 1 nanti ya');
    expect(phones.read(maya)).toMatch(/tautan/i);
    expect(statuses(phones)).toEqual(['approved']);
    await phones.says(maya, 'SUDAH TAYANG 1 https://contoh.go.id/p/1');
    expect(statuses(phones)).toEqual(['published']);
    expect(phones.case.publications).toMatchObject([{ link: 'https://contoh.go.id/p/1', person: 'maya' }]);
  });
});

describe('naming a deputy on WhatsApp', () => {
  test('is answered by number and word', async () => {
    const phones = await withKartika();
    await phones.says(KARTIKA_WA, 'wakil');
    expect(phones.read(KARTIKA_WA)).toMatch(/Balas dengan angka/);
    await phones.says(KARTIKA_WA, '1');
    await phones.says(KARTIKA_WA, 'hari ini');
    expect(phones.read(KARTIKA_WA)).toMatch(/sampai|hingga/i);
    expect(phones.store.tables.conversations.get(`whatsapp:${KARTIKA_WA}|${KARTIKA_WA}`)?.deputy).toMatchObject({ ask: 'to' });
  });
});

describe('a poll', () => {
  test.each([
    ['their hidden ids', { creator: ME.lid, voter: LID }],
    ['their numbers', { creator: ME.pn }],
    ['his number and our hidden id', { creator: ME.lid }],
    ['our number and his hidden id', { creator: ME.pn, voter: LID }],
  ])('counts a vote that is sealed to %s', async (_, pair) => {
    const phones = await toKartika();
    await phones.votes(KARTIKA_WA, ['TERIMA'], { ...pair, key: { remoteJidAlt: LID } });
    expect(decided(phones)).toHaveLength(2);
  });

  test('a vote that was given before a later one, but comes after it, changes nothing', async () => {
    const phones = await toKartika();
    await phones.votes(KARTIKA_WA, ['TOLAK'], { at: phones.now });
    const before = phones.seen(KARTIKA_WA).length;
    await phones.votes(KARTIKA_WA, ['TERIMA'], { at: phones.now - 1_000 });
    expect(decided(phones)).toHaveLength(1);
    expect(phones.seen(KARTIKA_WA)).toHaveLength(before);
  });

  test('a vote that was withdrawn takes nothing back and is answered', async () => {
    const phones = await toKartika();
    await phones.votes(KARTIKA_WA, [], { at: phones.now });
    expect(phones.read(KARTIKA_WA)).toMatch(/ditarik[\s\S]*TERIMA 1/);
    await phones.votes(KARTIKA_WA, ['TERIMA'], { at: phones.now + 1 });
    await phones.votes(KARTIKA_WA, [], { at: phones.now + 2 });
    expect(phones.read(KARTIKA_WA)).toMatch(/ditarik\. Yang sudah diputus tidak berubah\.$/);
    expect(decided(phones)).toHaveLength(2);
  });

  test('a vote that cannot be read, or names no option of ours, is answered with the exact words', async () => {
    const phones = await toKartika();
    await phones.votes(KARTIKA_WA, ['TERIMA'], { voter: '6289999999999@s.whatsapp.net' });
    expect(phones.read(KARTIKA_WA)).toMatch(/belum menjadi keputusan/);
    await phones.votes(KARTIKA_WA, ['SETUJU'], { at: phones.now + 1 });
    expect(phones.read(KARTIKA_WA)).toMatch(/belum menjadi keputusan/);
    expect(decided(phones)).toHaveLength(1);
  });

  test('of somebody else is none of ours', async () => {
    const phones = await toKartika();
    const before = phones.seen(KARTIKA_WA).length;
    await phones.votes(KARTIKA_WA, ['TERIMA'], { poll: { ...phones.poll(KARTIKA_WA), id: 'ABCDEF' } });
    expect(phones.seen(KARTIKA_WA)).toHaveLength(before);
    expect(decided(phones)).toHaveLength(1);
  });
});

describe('a maker on WhatsApp', () => {
  test('hands in by album, number and words', async () => {
    const phones = new WhatsAppPhones(officeOn({ sari: SARI_WA }));
    for (const [at, name] of ['a', 'b', 'c', 'd'].entries()) {
      await phones.sendsPhoto(SARI_WA, name, { album: 'ALBUM', ...(at === 0 ? { caption: 'Pasar murah hari ini' } : {}) });
    }
    await phones.says(SARI_WA, 'Pasar murah Langkai');
    expect(phones.read(SARI_WA)).toMatch(/tanggal[\s\S]*\*1\* Hari ini · \*2\* Kemarin/);
    await phones.says(SARI_WA, '1');
    await phones.says(SARI_WA, 'Dinas mengadakan pasar murah di halaman kantor untuk menjaga harga bahan pokok.');
    await phones.says(SARI_WA, 'serahkan');
    expect(phones.case).toMatchObject({ state: { status: 'running' }, content: { caption: { text: 'Pasar murah hari ini' } } });
    expect(phones.case.revisions[0]?.media).toHaveLength(4);
    expect(phones.seen(SARI_WA).some(({ text }) => /nomor register/i.test(text))).toBe(true);
    await phones.says(SARI_WA, 'status 1');
    expect(phones.read(SARI_WA)).toContain('0001/REG-KONTEN');
  });

  test('chooses for the text that he quotes, not for a newer one', async () => {
    const phones = new WhatsAppPhones(officeOn({ sari: SARI_WA }));
    await phones.sendsPhoto(SARI_WA, 'a');
    await phones.says(SARI_WA, 'Pasar murah Langkai');
    await phones.says(SARI_WA, '1');
    await phones.says(SARI_WA, 'Teks pertama');
    const first = phones.seen(SARI_WA).at(-1)?.id ?? '';
    await phones.says(SARI_WA, 'Teks kedua');
    await phones.says(SARI_WA, '2', { replyTo: first });
    expect(phones.case.content.caption).toBeNull();
    expect(phones.read(SARI_WA)).toMatch(/Kirim lagi teksnya/);
    await phones.says(SARI_WA, '2');
    expect(phones.case.content.caption?.text).toBe('Teks kedua');
  });

  test.each([
    ['1', '2026-11-20'],
    ['Hari ini', '2026-11-21'],
    ['Kemarin', '2026-11-20'],
  ])('answers the question of the evening in the morning: %s', async (answer, day) => {
    const phones = new WhatsAppPhones(officeOn({ sari: SARI_WA }));
    await phones.sendsPhoto(SARI_WA, 'a');
    await phones.says(SARI_WA, 'Pasar murah Langkai');
    expect(phones.read(SARI_WA)).toMatch(/Hari ini Jumat, 20 November 2026/);
    phones.now += 22 * 3_600_000;
    // A number stands for what was shown beside it, a word for what it says where it is written.
    await phones.says(SARI_WA, answer);
    expect(phones.case.content.eventDate).toBe(day);
  });

  test('is the same person by his hidden id and by his number', async () => {
    const phones = new WhatsAppPhones(officeOn({ sari: SARI_WA }));
    const jid = '100000000000001@lid';
    await phones.writes(SARI_WA, { conversation: 'kirim' }, { remoteJid: jid, remoteJidAlt: '6281200000001@s.whatsapp.net' });
    expect(phones.read(SARI_WA)).toMatch(/nama kegiatan|dokumentasi/);
    await phones.writes(SARI_WA, { conversation: 'Pasar murah Langkai' }, { remoteJid: jid });
    expect(phones.case.content.title).toBe('Pasar murah Langkai');
  });
});

describe('on both channels', () => {
  test('a card goes where its holder wrote last; lost there it comes on the other, and his supervisor hears of it', async () => {
    const office = officeOn({});
    const people = office.people.map((person) => (person.id === 'kartika' ? { ...person, whatsapp: KARTIKA_WA } : person));
    const phones = new WhatsAppPhones({ ...office, people });
    await phones.says(KARTIKA_WA, 'bantuan');
    await toKartika('foto', phones);
    expect(phones.read(KARTIKA_WA, 2)).toMatch(/Perlu keputusan/);
    expect(phones.said(KARTIKA, /Perlu keputusan/)).toBeUndefined();
    phones.socket.answers.push({ taken: 'no', code: 463 });
    await toKartika('lain', phones);
    expect(phones.said(KARTIKA, /Perlu keputusan/)).toBeDefined();
    expect(phones.said(RAHMAT, /Kartika tidak dapat dikirimi pesan melalui WhatsApp; pemberitahuan dialihkan ke Telegram/)).toBeDefined();
    // What was sent where stays on record.
    const shown = [...phones.store.tables.outbox.values()].filter(
      ({ out, chat }) => out.out === 'album' && [KARTIKA, KARTIKA_WA].includes(chat.id),
    );
    expect(shown.map(({ chat, ending }) => `${chat.channel} ${ending}`)).toEqual([
      'whatsapp sent',
      'whatsapp unreachable',
      'telegram sent',
    ]);
    await phones.must(KARTIKA, 'TERIMA');
    expect(phones.case.decisions.at(-1)).toMatchObject({ verdict: 'accept', person: 'kartika' });
  });

  /** Kartika may be written to on both, and wrote last on Telegram. */
  async function onBoth(): Promise<WhatsAppPhones> {
    const office = officeOn({});
    const people = office.people.map((person) => (person.id === 'kartika' ? { ...person, whatsapp: KARTIKA_WA } : person));
    const phones = new WhatsAppPhones({ ...office, people });
    await phones.says(KARTIKA_WA, 'bantuan');
    await phones.text(KARTIKA, '/bantuan');
    return phones;
  }
  const cardsOn = (phones: WhatsAppPhones) => phones.seen(KARTIKA_WA).filter(({ text }) => text.includes('Perlu keputusan')).length;

  test.each(['antrean', 'mulai'])(
    'a card that stands on the other one comes here for %s, with its files, once, and is decided here',
    async (word) => {
      const phones = await toKartika('foto', await onBoth());
      expect(cardsOn(phones)).toBe(0);
      await phones.says(KARTIKA_WA, 'TERIMA 1');
      expect(phones.read(KARTIKA_WA)).toMatch(/Tidak ada kartu dengan nomor itu[\s\S]*Ketik antrean/);
      await phones.says(KARTIKA_WA, word);
      await phones.says(KARTIKA_WA, word);
      expect(cardsOn(phones)).toBe(1);
      expect(phones.seen(KARTIKA_WA).filter(({ text }) => text.startsWith('['))).toHaveLength(4);
      await phones.says(KARTIKA_WA, 'TERIMA 1');
      expect(phones.case.decisions.at(-1)).toMatchObject({ verdict: 'accept', person: 'kartika' });
    },
  );

  test('of many cards that do not stand here five come at a time, and that is said', async () => {
    const phones = await onBoth();
    for (const tag of ['a', 'b', 'c', 'd', 'e', 'f']) await toKartika(tag, phones);
    await phones.says(KARTIKA_WA, 'antrean');
    const list = () => phones.seen(KARTIKA_WA).findLast(({ text }) => text.includes('Menunggu Anda'))?.text;
    expect(list()).toMatch(
      /6 konten[\s\S]*5 kartu yang belum ada di obrolan ini dikirim sekarang; 1 lagi bila Anda mengetik antrean kembali\.$/,
    );
    expect(cardsOn(phones)).toBe(5);
    await phones.says(KARTIKA_WA, 'antrean');
    expect(list()).toMatch(/Kartu yang belum ada di obrolan ini dikirim sekarang\.$/);
    expect(cardsOn(phones)).toBe(6);
    await phones.says(KARTIKA_WA, 'antrean');
    expect(list()).toMatch(/Kartunya ada di obrolan ini\.$/);
    expect(cardsOn(phones)).toBe(6);
  });
});

describe('a stranger on WhatsApp', () => {
  test('hears one line a day, and every message of his is counted', async () => {
    const phones = await withKartika();
    for (const text of ['halo', 'TERIMA 1', '1', 'acc']) await phones.says('+6289999999999', text);
    expect(phones.seen('+6289999999999').map(({ text }) => text)).toEqual(['Layanan ini khusus pegawai terdaftar.']);
    expect(phones.store.tables.refusals).toHaveLength(4);
    phones.now += 86_400_000;
    await phones.says('+6289999999999', 'halo');
    expect(phones.seen('+6289999999999')).toHaveLength(2);
  });

  test('becomes one of us by his code, in words', async () => {
    const phones = await withKartika();
    phones.store.addInvitation(sampleOffice().id, 'maya', 'K7QM2WXZ');
    await phones.says('+6289999999999', 'daftar K7QM-2WXZ');
    expect(phones.read('+6289999999999')).toMatch(/Terdaftar: Maya/);
    await phones.says('+6289999999999', 'antrean');
    expect(phones.read('+6289999999999')).not.toMatch(/khusus pegawai/);
  });
});

describe('a group on WhatsApp', () => {
  const group = '120363000000000001@g.us';
  async function inGroup(): Promise<WhatsAppPhones> {
    const office = officeOn(
      { budi: '+6281200000002', kartika: KARTIKA_WA },
      {
        groups: [{ role: 'tim_pertimbangan', chat: { channel: 'whatsapp', id: group } }],
      },
    );
    const phones = new WhatsAppPhones(office);
    await phones.handIn();
    return phones;
  }

  test('a word counts only from a holder of the role, as a reply or with its number', async () => {
    const phones = await inGroup();
    const card = phones.seen(group).findLast(({ text }) => text.includes('DITERIMA'));
    expect(card?.text).toContain('Atau ketik DITERIMA 1.');
    await phones.says('+6281200000002', 'diterima', { group });
    expect(decided(phones)).toHaveLength(0);
    await phones.says('+6281200000002', 'mohon ditunggu', { group, replyTo: card?.id ?? '' });
    expect(phones.read(group)).toMatch(/Ketik DITERIMA 1\.$/);
    await phones.says(KARTIKA_WA, 'DITERIMA 1', { group });
    expect(phones.read(group)).toMatch(/milik Tim Pertimbangan/);
    const before = phones.seen(group).length;
    await phones.says('+6289999999999', 'DITERIMA 1', { group });
    expect(phones.seen(group)).toHaveLength(before);
    expect(decided(phones)).toHaveLength(0);
    await phones.says('+6281200000002', 'diterima', { group, replyTo: card?.id ?? '' });
    expect(decided(phones)).toEqual(['receive budi Sesuai, tanpa catatan']);
  });

  test('an answer counts only as a reply to us, and the question says so', async () => {
    const phones = await inGroup();
    const budi = '+6281200000002';
    await phones.says(budi, 'TANGGAPAN 1', { group });
    const question = phones.seen(group).at(-1);
    expect(question?.text).toMatch(/tanggapan.*\n.*\n\*Balas pesan ini\*/);
    await phones.says(budi, 'Baik Pak, nanti saya cek', { group, replyTo: 'KARTIKAS', author: KARTIKA_WA });
    expect(phones.case.responses).toEqual([]);
    await phones.says(budi, 'Berkas lengkap', { group, replyTo: question?.id ?? '' });
    expect(phones.case.responses).toMatchObject([{ person: 'budi', text: 'Berkas lengkap' }]);
  });
});

describe('whoever has not written yet', () => {
  const group = '120363000000000001@g.us';
  const INTAN = '+6281200001402';

  test('is not written to for a KERJAKAN in the group: he is asked to write first, and then his draft comes to him', async () => {
    const sop = sopNamed('kalbar-dishub-penayangan');
    const office = officeNamed('dishub-contoh', sop.id);
    const phones = new WhatsAppPhones(
      {
        ...office,
        people: office.people.map((person) =>
          person.id === 'intan' ? { ...person, telegram: undefined, whatsapp: INTAN } : person,
        ) as never,
        groups: [{ role: 'pembuat_konten', chat: { channel: 'whatsapp', id: group } }],
      },
      {},
      [sop],
    );
    await phones.album('1401', 1, undefined, 'bahan');
    await phones.text('1401', 'Ramp check');
    await phones.must('1401', 'Hari ini');
    await phones.text('1401', 'Liputan sendiri');
    await phones.must('1401', 'SERAHKAN');
    const card = phones.seen(group).findLast(({ text }) => text.includes('KERJAKAN'));
    await phones.says(INTAN, 'KERJAKAN', { group, replyTo: card?.id ?? '' });
    expect(phones.read(group)).toMatch(/Kirim dahulu satu pesan pribadi ke nomor ini/);
    expect(phones.seen(INTAN)).toEqual([]);
    await phones.says(INTAN, 'bantuan');
    await phones.says(INTAN, 'KERJAKAN', { group, replyTo: card?.id ?? '' });
    expect(phones.read(INTAN, 2)).toMatch(/Ramp check/);
  });
});

describe('whoever is in the office file and writes after his card has come', () => {
  const maya = '+6281200000005';

  test('gets it with his first message, whatever that is, and his supervisors have read that this is all it takes', async () => {
    const phones = new WhatsAppPhones(officeOn({ maya }));
    await phones.toPublisher();
    expect(phones.seen(maya)).toEqual([]);
    const told = phones.said(RAHMAT, /Maya/)?.text;
    expect(told).toMatch(/Maya belum pernah menulis ke layanan ini[\s\S]*mengirim pesan apa saja ke nomor WhatsApp layanan ini\.$/);
    expect(told).not.toMatch(/kode/);
    await phones.says(maya, 'Selamat pagi');
    expect(phones.read(maya)).toContain('SUDAH TAYANG');
    const shown = phones.seen(maya).length;
    await phones.says(maya, 'SUDAH TAYANG 1 https://contoh.go.id/p/1');
    expect(statuses(phones)).toEqual(['published']);
    expect(
      phones
        .seen(maya)
        .slice(shown)
        .every(({ text }) => !text.startsWith('[')),
    ).toBe(true);
  });

  test('gets five of many, and hears that there are more', async () => {
    const phones = new WhatsAppPhones(officeOn({ kartika: KARTIKA_WA }));
    for (const tag of ['a', 'b', 'c', 'd', 'e', 'f']) await toKartika(tag, phones);
    await phones.says(KARTIKA_WA, 'Selamat pagi');
    const cards = () => phones.seen(KARTIKA_WA).filter(({ text }) => text.includes('Perlu keputusan'));
    expect(cards()).toHaveLength(5);
    expect(phones.read(KARTIKA_WA)).toBe('🔔 Masih ada 1 konten lain yang menunggu Anda. Ketik antrean untuk kartunya.');
    await phones.says(KARTIKA_WA, 'antrean');
    expect(cards()).toHaveLength(6);
  });

  test('gets nothing twice for asking first of all for it', async () => {
    const phones = new WhatsAppPhones(officeOn({ maya }));
    await phones.toPublisher();
    await phones.says(maya, 'antrean');
    expect(phones.seen(maya).filter(({ text }) => text.includes('SUDAH TAYANG'))).toHaveLength(1);
    expect(phones.seen(maya).filter(({ text }) => text.startsWith('['))).toHaveLength(4);
  });
});

describe('on Telegram', () => {
  test('the words count beside the buttons, with the number or as a reply to the card', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.text(KARTIKA, 'terima 1');
    expect(decided(phones).at(-1)).toBe('accept kartika Sesuai, tanpa catatan');
    const card = phones.said(RAHMAT, /Perlu keputusan/);
    await phones.text(RAHMAT, `TOLAK ${REASON}`, { reply_to_message: { message_id: Number(card?.id) } });
    expect(decided(phones).at(-1)).toBe(`reject rahmat ${REASON}`);
  });

  test('a number alone chooses nothing, and whose card it is not hears so', async () => {
    const phones = new Phones();
    await phones.toChecker();
    await phones.text(KARTIKA, '1');
    expect(decided(phones)).toHaveLength(1);
    await phones.text(MAYA, 'TERIMA 1');
    expect(phones.last(MAYA)).toMatch(/Tidak ada kartu/);
    expect(decided(phones)).toHaveLength(1);
  });

  test('in a group the words need the number or a reply', async () => {
    const phones = new Phones(sampleOffice({ groups: [{ role: 'ketua_ppid_pembantu', chat: { channel: 'telegram', id: GROUP } }] }));
    await phones.toChecker();
    await phones.sends(KARTIKA, { text: 'terima' }, GROUP);
    expect(decided(phones)).toHaveLength(1);
    await phones.sends(KARTIKA, { text: 'terima 1' }, GROUP);
    expect(decided(phones)).toHaveLength(2);
  });
});
