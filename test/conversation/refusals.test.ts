// What is refused in the chats: always answered, always recorded, nothing changed.
import { describe, expect, test } from 'vitest';
import { ANDI, BUDI, CITRA, KARTIKA, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const refusals = (phones: Phones) => phones.store.tables.refusals.map(({ refused }) => refused);

/** Tries one thing; the case must stay as it is, the tap must be answered by an alert, and the refusal be written down. */
async function refusedTap(phones: Phones, user: string, found: { data: string; message: string } | null, why: string): Promise<void> {
  const before = phones.case;
  await phones.tap(user, found?.data ?? '', found?.message ?? '1');
  await phones.settle();
  expect(phones.lastAnswer).toMatchObject({ alert: true });
  expect(phones.lastAnswer.text).not.toBe('');
  expect(refusals(phones).at(-1)).toBe(why);
  expect(phones.case).toEqual(before);
}

describe('strangers', () => {
  test('hear that the service is for registered staff, and nothing else', async () => {
    const phones = new Phones();
    await phones.text('4242', 'halo');
    await phones.text('4242', '/status');
    await phones.photo('4242', 'foto');
    expect(phones.chat('4242').map(({ text }) => text)).toEqual(Array(3).fill('Layanan ini khusus pegawai terdaftar.'));
    await phones.edit('4242', '100000', { text: 'lain' });
    expect(phones.chat('4242')).toHaveLength(3);
    expect(phones.cases).toEqual([]);
    expect(refusals(phones)).toEqual(Array(4).fill('stranger'));
  });

  test('whoever is taken out of the office is one from that moment', async () => {
    const phones = new Phones();
    await phones.handIn();
    const button = phones.platform.button(BUDI, 'DITERIMA');
    const office = sampleOffice();
    phones.store.addOffice({ ...office, people: office.people.filter(({ id }) => id !== 'budi') }, [sopNamed(MEDSOS)]);
    await refusedTap(phones, BUDI, button, 'stranger');
    await phones.text(BUDI, 'halo');
    expect(phones.last(BUDI)).toMatch(/pegawai terdaftar/);
  });
});

describe('taps that do not count', () => {
  test('whoever lost the role', async () => {
    const phones = new Phones();
    await phones.handIn();
    const button = phones.platform.button(BUDI, 'DITERIMA');
    const office = sampleOffice();
    phones.store.addOffice(
      { ...office, people: office.people.map((one) => (one.id === 'budi' ? { ...one, roles: ['admin_medsos'] } : one)) },
      [sopNamed(MEDSOS)],
    );
    await refusedTap(phones, BUDI, button, 'not-your-role');
    await refusedTap(phones, BUDI, phones.platform.button(BUDI, 'TANGGAPAN'), 'not-your-role');
  });

  test('one’s own case', async () => {
    const office = sampleOffice();
    const both = {
      ...office,
      people: office.people.map((one) => (one.id === 'budi' ? { ...one, roles: ['tim_pertimbangan', 'tim_pelaksana'] } : one)),
    };
    const phones = new Phones(both);
    await phones.handIn(BUDI);
    expect(phones.platform.button(BUDI, 'DITERIMA')).toBeNull();
    expect(phones.platform.button(CITRA, 'DITERIMA')).not.toBeNull();
    await phones.handIn(SARI);
    const button = phones.platform.button(BUDI, 'DITERIMA');
    expect(button).not.toBeNull();
  });

  test('buttons of an earlier round, an earlier draft and a card that is done', async () => {
    const phones = new Phones();
    await phones.fill();
    const [serahkan, edit] = [phones.platform.button(SARI, 'SERAHKAN'), phones.platform.button(SARI, 'Ubah caption')];
    await phones.must(SARI, 'SERAHKAN');
    await refusedTap(phones, SARI, serahkan, 'outdated');
    await refusedTap(phones, SARI, edit, 'outdated');
    const received = phones.platform.button(BUDI, 'DITERIMA');
    await phones.must(BUDI, 'DITERIMA');
    await refusedTap(phones, BUDI, received, 'already-decided');
    expect(phones.lastAnswer.text).toMatch(/Budi Santoso/);
    const [accept, reject, respond] = ['TERIMA', 'TOLAK', 'TANGGAPAN'].map((label) => phones.platform.button(KARTIKA, label));
    await phones.must(KARTIKA, 'TOLAK');
    const reason = phones.platform.button(KARTIKA, 'Nama atau jabatan keliru');
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    for (const button of [accept, reject, respond, reason]) await refusedTap(phones, KARTIKA, button ?? null, 'already-decided');
    await refusedTap(phones, SARI, serahkan, 'outdated');
  });

  test('publishing twice', async () => {
    const phones = new Phones();
    await phones.toPublisher();
    const button = phones.platform.button(MAYA, 'SUDAH TAYANG');
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.text(MAYA, 'https://x.id/1');
    await refusedTap(phones, MAYA, button, 'outdated');
    expect(phones.case.publications).toHaveLength(1);
  });

  test('forged and foreign data', async () => {
    const phones = new Phones();
    await phones.handIn();
    const real = phones.platform.button(BUDI, 'DITERIMA');
    await refusedTap(phones, BUDI, { data: 'DITERIMA', message: '1' }, 'unknown-button');
    await refusedTap(phones, BUDI, { data: `${real?.data.slice(0, -1)}!`, message: '1' }, 'unknown-button');
    await refusedTap(phones, CITRA, real, 'unknown-button');
  });

  test('two taps at the same instant: one counts, the other hears who was first', async () => {
    const phones = new Phones();
    await phones.handIn();
    const [mine, theirs] = [phones.platform.button(BUDI, 'DITERIMA'), phones.platform.button(CITRA, 'DITERIMA')];
    await Promise.all([
      phones.tap(BUDI, mine?.data ?? '', mine?.message ?? ''),
      phones.tap(BUDI, mine?.data ?? '', mine?.message ?? ''),
      phones.tap(CITRA, theirs?.data ?? '', theirs?.message ?? ''),
    ]);
    await phones.settle();
    expect(phones.case.decisions).toHaveLength(1);
    expect(phones.platform.answers.filter(({ alert }) => alert)).toHaveLength(2);
    expect(refusals(phones)).toEqual(['already-decided', 'already-decided']);
  });

  test('a draft that belongs to a colleague', async () => {
    const phones = new Phones();
    await phones.fill();
    const button = phones.platform.button(SARI, 'SERAHKAN');
    // Her phone in another hand: the same chat, another account.
    await phones.tap(ANDI, button?.data ?? '', button?.message ?? '', SARI);
    await phones.settle();
    expect(refusals(phones).at(-1)).toBe('not-the-maker');
    expect(phones.case.state.status).toBe('draft');
  });

  test('an answer that comes after a colleague has decided', async () => {
    const office = sampleOffice();
    const two = { ...office, people: office.people.map((one) => (one.id === 'citra' ? { ...one, roles: ['ketua_ppid_pembantu'] } : one)) };
    const phones = new Phones(two);
    await phones.toChecker();
    await phones.must(KARTIKA, 'TOLAK');
    await phones.must(CITRA, 'TANGGAPAN');
    await phones.must(CITRA, 'TERIMA');
    await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    expect(phones.last(KARTIKA)).toMatch(/Citra/);
    await phones.text(CITRA, 'Terlambat menulis');
    expect(refusals(phones)).toEqual(['already-decided', 'already-decided']);
    expect(phones.case.state).toMatchObject({ step: 'putuskan' });
  });

  test('a link or a proof for a case that is closed meanwhile', async () => {
    const office = sampleOffice();
    const two = { ...office, people: office.people.map((one) => (one.id === 'citra' ? { ...one, roles: ['admin_medsos'] } : one)) };
    const phones = new Phones(two);
    await phones.toPublisher();
    await phones.must(MAYA, 'SUDAH TAYANG');
    await phones.must(CITRA, 'SUDAH TAYANG');
    await phones.text(CITRA, 'https://x.id/1');
    await phones.text(MAYA, 'https://x.id/2');
    expect(phones.case.publications).toMatchObject([{ link: 'https://x.id/1' }]);
    expect(refusals(phones)).toEqual(['outdated']);
    const again = new Phones(two);
    await again.toPublisher();
    await again.must(MAYA, 'SUDAH TAYANG');
    await again.must(CITRA, 'SUDAH TAYANG');
    await again.text(CITRA, 'https://x.id/1');
    await again.photo(MAYA, 'tangkapan layar');
    expect(refusals(again)).toEqual(['outdated']);
    expect(again.case.proofs).toEqual([]);
  });
});

describe('content that is not taken', () => {
  test('a caption of 201 characters, with the number; an emoji family counts once', async () => {
    const phones = new Phones();
    await phones.album(SARI, 4, 'a'.repeat(201));
    expect(phones.said(SARI, /201\/200/)).toBeDefined();
    expect(phones.case.content.caption).toBeNull();
    await phones.text(SARI, 'Pasar murah');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, 'b'.repeat(205));
    expect(phones.last(SARI)).toMatch(/205\/200 karakter. Kurangi 5/);
    await phones.text(SARI, '👨‍👩‍👧‍👦'.repeat(200));
    expect(phones.case.content.caption?.text).toBe('👨‍👩‍👧‍👦'.repeat(200));
  });

  test('a narrative that is the caption once more', async () => {
    const phones = new Phones();
    await phones.album(SARI, 4, 'Pasar murah');
    await phones.text(SARI, 'Pasar murah Langkai');
    await phones.must(SARI, 'Hari ini');
    await phones.text(SARI, 'Pasar murah');
    expect(phones.last(SARI)).toMatch(/Narasi sama dengan caption/);
    expect(phones.labels(SARI)).not.toContain('SERAHKAN');
  });

  test('a day that is none, or too far ahead', async () => {
    const phones = new Phones();
    await phones.text(SARI, '/kirim');
    await phones.text(SARI, 'Pasar murah');
    await phones.text(SARI, 'besok lusa');
    expect(phones.case.content.eventDate).toBeNull();
    await phones.text(SARI, '20-11-2027');
    expect(phones.last(SARI)).toMatch(/60 hari/);
    await phones.text(SARI, '20-11-2026');
    expect(phones.case.content.eventDate).toBe('2026-11-20');
    expect(refusals(phones)).toEqual(['date-unclear', 'date-future']);
  });

  test('a name of more than 150 characters', async () => {
    const phones = new Phones();
    await phones.text(SARI, '/kirim');
    await phones.text(SARI, 'a'.repeat(151));
    expect(phones.last(SARI)).toMatch(/151\/150/);
    expect(phones.case.content.title).toBeNull();
  });

  test('two equal files: the second is told of and does not count', async () => {
    const phones = new Phones();
    await phones.photo(SARI, 'sama');
    await phones.photo(SARI, 'sama');
    expect(phones.said(SARI, /sudah ada/)).toBeDefined();
    expect(phones.case.content.media).toHaveLength(1);
  });

  test('an empty file, and a PDF under a friendly name', async () => {
    const phones = new Phones();
    await phones.photo(SARI, '');
    expect(phones.said(SARI, /kosong|0 byte/i)).toBeDefined();
    await phones.file(SARI, { kind: 'document', bytes: '%PDF-1.7', name: 'foto.jpg' });
    await phones.settle();
    expect(phones.said(SARI, /foto\.jpg/)).toBeDefined();
    expect(phones.case.content.media).toEqual([]);
  });

  test('sound, where pictures are asked for; stickers, contacts and places', async () => {
    const phones = new Phones();
    await phones.sends(SARI, { audio: { file_id: 'a', file_unique_id: 'a', duration: 1 } });
    expect(refusals(phones)).toEqual(['media-kind']);
    await phones.sends(SARI, { sticker: { file_id: 's', file_unique_id: 's', width: 1, height: 1, type: 'regular' } });
    expect(phones.last(SARI)).toMatch(/Stiker tidak dapat diproses/);
    await phones.sends(SARI, { location: { latitude: 1, longitude: 1 } });
    expect(phones.last(SARI)).toMatch(/Lokasi tidak dapat diproses/);
  });

  test('a file from somebody who makes nothing', async () => {
    const phones = new Phones();
    await phones.photo(RAHMAT, 'foto');
    expect(phones.cases).toEqual([]);
    expect(refusals(phones)).toEqual(['not-your-role']);
    await phones.text(RAHMAT, '/kirim');
    expect(refusals(phones)).toEqual(['not-your-role', 'not-your-role']);
    expect(phones.chat(RAHMAT)).toHaveLength(2);
  });

  test('more than thirty files', async () => {
    const phones = new Phones();
    for (let i = 0; i < 31; i += 1) await phones.photo(SARI, `foto ${i}`);
    expect(phones.case.content.media).toHaveLength(30);
    expect(refusals(phones)).toEqual(['media-many']);
  });
});
