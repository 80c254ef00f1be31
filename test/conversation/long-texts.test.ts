// A text that is longer than one message of the platform reaches us in pieces, and is one text all the same.
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../src/case/case.ts';
import { officeNamed } from '../support/other-phones.ts';
import { KARTIKA, Phones, SARI } from '../support/phones.ts';
import { sopNamed } from '../support/sample-office.ts';

const TIKA = '1302';
const NURDIN = '1301';
/** `length` characters, words throughout. */
const words = (length: number, word: string): string => `${word} `.repeat(length).slice(0, length).trim();
const FIRST = words(4090, 'pertama');
const REST = words(1900, 'kedua');

/** What the phone sends when somebody pastes a text that is too long for one message. */
async function pastes(p: Phones, user: string, ...pieces: string[]): Promise<void> {
  for (const piece of pieces) await p.textOnly(user, piece);
  await p.settle();
}

async function askedForNarrative(): Promise<Phones> {
  const p = new Phones();
  await p.album(SARI, 4, 'Pasar murah');
  await p.text(SARI, 'Pasar murah Langkai');
  await p.must(SARI, 'Hari ini');
  return p;
}

/** SOP D, where more is asked for behind the narrative. */
async function askedOfTika(): Promise<Phones> {
  const sop = 'kalbar-diskominfo-pengumuman';
  const p = new Phones(officeNamed('diskominfo-contoh', sop), [sopNamed(sop)]);
  await p.text(NURDIN, '/kirim');
  await p.text(NURDIN, 'Pengumuman layanan aduan');
  await p.text(NURDIN, '045/2026, 20 November 2026: siapkan pengumuman');
  await p.must(NURDIN, 'Tika Maharani');
  await p.must(NURDIN, 'TUGASKAN');
  await p.must(TIKA, 'KERJAKAN');
  await p.must(TIKA, 'Hari ini');
  await p.photo(TIKA, 'bahan 1');
  return p;
}

const narrativeOf = (p: Phones) => p.case.content.narrative?.text;
const correctionOf = (p: Phones) => p.case.revisions.at(-1)?.narrative;

describe('a narrative in pieces', () => {
  test('is whole where something else is asked for behind it: its rest answers no other question', async () => {
    const p = await askedOfTika();
    await pastes(p, TIKA, FIRST, REST);
    expect(narrativeOf(p)).toBe(`${FIRST} ${REST}`);
    expect(p.last(TIKA)).toMatch(/klasifikasi/);
    await p.text(TIKA, 'berkala');
    await p.must(TIKA, 'SERAHKAN');
    expect(p.case.revisions[0]).toMatchObject({ narrative: `${FIRST} ${REST}`, details: { class: 'berkala' } });
  });

  test('may be of three pieces, and of one that was cut in the middle of a word', async () => {
    const p = await askedOfTika();
    const cut = 'a'.repeat(4096);
    await pastes(p, TIKA, FIRST, cut, 'bb akhir.');
    expect(narrativeOf(p)).toBe(`${FIRST} ${cut}bb akhir.`);
  });

  test('ends where a question is answered: a class at once, anything else a while later', async () => {
    const p = await askedOfTika();
    await p.text(TIKA, FIRST);
    await p.text(TIKA, 'Berkala');
    expect(p.case.content).toMatchObject({ narrative: { text: FIRST }, details: { class: 'berkala' } });
    const sari = await askedForNarrative();
    await sari.text(SARI, FIRST);
    sari.now += 21_000;
    await sari.text(SARI, 'Jauh kemudian');
    expect(narrativeOf(sari)).toBe(FIRST);
    expect(sari.last(SARI)).toMatch(/Untuk apa teks ini/);
  });

  test('ends with whatever else its sender does first', async () => {
    const p = await askedForNarrative();
    await p.text(SARI, FIRST);
    await p.photo(SARI, 'foto kelima');
    await p.text(SARI, 'Bukan sisanya');
    expect(narrativeOf(p)).toBe(FIRST);
  });

  test('ends soon where other messages stand between the two', async () => {
    const p = await askedForNarrative();
    await p.text(SARI, FIRST);
    p.now += 4_000;
    await p.sends(SARI, { text: 'Bukan sisanya', date: Math.floor(p.now / 1000) });
    expect(narrativeOf(p)).toBe(FIRST);
    const soon = await askedForNarrative();
    await soon.text(SARI, FIRST);
    soon.now += 2_000;
    await soon.sends(SARI, { text: REST, date: Math.floor(soon.now / 1000) });
    expect(narrativeOf(soon)).toBe(`${FIRST} ${REST}`);
  });

  test('that is too long in all is refused once, and asked for again', async () => {
    const p = await askedForNarrative();
    const before = p.chat(SARI).length;
    await pastes(p, SARI, ...Array.from({ length: 6 }, () => FIRST), REST);
    const told = p.chat(SARI).slice(before);
    expect(told.filter(({ text }) => /Narasi .*20\.000 karakter/.test(text))).toHaveLength(1);
    p.now += 60_000;
    await p.text(SARI, 'Narasi yang lebih pendek.');
    expect(narrativeOf(p)).toBe('Narasi yang lebih pendek.');
  });

  test('is whole also when nothing had asked for it', async () => {
    const p = new Phones();
    await p.photo(SARI, 'foto');
    await p.text(SARI, 'Pasar murah Langkai');
    await p.must(SARI, 'Hari ini');
    await pastes(p, SARI, FIRST, REST);
    expect(p.last(SARI)).toMatch(/Untuk apa teks ini/);
    await p.must(SARI, 'Jadikan narasi');
    expect(narrativeOf(p)).toBe(`${FIRST} ${REST}`);
    await p.edit(SARI, p.case.content.narrative?.pieces?.[0] ?? '', { text: 'Salah ketik diperbaiki' });
    expect(p.last(SARI)).toMatch(/terkirim dalam beberapa pesan/);
  });

  test.each([0, 1])('is not changed by editing one of its messages (%i): the whole is asked for', async (which) => {
    const p = await askedForNarrative();
    await pastes(p, SARI, FIRST, REST);
    const { pieces = [] } = p.case.content.narrative ?? {};
    expect(pieces).toHaveLength(2);
    await p.edit(SARI, pieces[which] ?? '', { text: 'Salah ketik diperbaiki' });
    expect(narrativeOf(p)).toBe(`${FIRST} ${REST}`);
    expect(p.last(SARI)).toMatch(/terkirim dalam beberapa pesan[\s\S]*Ubah narasi/);
    await p.must(SARI, 'Ubah narasi');
    await p.text(SARI, 'Narasi dalam satu pesan');
    await p.edit(SARI, p.case.content.narrative?.source ?? '', { text: 'Narasi yang disunting' });
    expect(narrativeOf(p)).toBe('Narasi yang disunting');
    await p.must(SARI, 'SERAHKAN');
    await p.edit(SARI, p.case.content.narrative?.source ?? '', { text: 'Terlambat' });
    expect(p.last(SARI)).toMatch(/sudah diserahkan/);
  });
});

test('a text is in all messages that it came in, and one from elsewhere in none', () => {
  expect(messagesOf({ text: 'a', source: '2', pieces: ['1', '2'] })).toEqual(['1', '2']);
  expect(messagesOf({ text: 'a', source: '2' })).toEqual(['2']);
  expect(messagesOf({ text: 'a' })).toEqual([]);
});

describe('a correction in pieces', () => {
  async function correcting(): Promise<Phones> {
    const p = new Phones();
    await p.toChecker();
    await p.must(KARTIKA, 'PERBAIKI NARASI');
    return p;
  }

  test('is one text, and what is accepted is the whole', async () => {
    const p = await correcting();
    // However it begins: this is no answer to the card.
    const rest = `Terima ${REST}`;
    await pastes(p, KARTIKA, FIRST, rest);
    expect(correctionOf(p)).toBe(`${FIRST} ${rest}`);
    expect(p.said(KARTIKA, /belum dapat dipahami/)).toBeUndefined();
    await p.must(KARTIKA, 'TERIMA');
    expect(p.case.decisions.at(-1)).toMatchObject({ verdict: 'accept', revision: p.case.revisions.length });
  });

  test('may be of three pieces', async () => {
    const p = await correcting();
    await pastes(p, KARTIKA, FIRST, FIRST, REST);
    expect(correctionOf(p)).toBe(`${FIRST} ${FIRST} ${REST}`);
  });

  test('that is too long in all is refused, and asked for again', async () => {
    const p = await correcting();
    await pastes(p, KARTIKA, ...Array.from({ length: 5 }, () => FIRST), REST);
    expect(p.last(KARTIKA)).toMatch(/Narasi .*20\.000 karakter/);
    p.now += 60_000;
    await p.text(KARTIKA, 'Narasi yang lebih pendek.');
    expect(correctionOf(p)).toBe('Narasi yang lebih pendek.');
  });

  test('has no rest once the content has been sent back', async () => {
    const p = await correcting();
    await pastes(p, KARTIKA, FIRST);
    const conversation = [...p.store.tables.conversations.entries()].find(([key]) => key.includes(KARTIKA));
    await p.must(KARTIKA, 'TOLAK');
    await p.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
    // As if the rest had come at the same moment as another's decision.
    p.store.tables.conversations.set(...(conversation ?? ['', { focus: null, asking: null }]));
    await pastes(p, KARTIKA, REST);
    expect(correctionOf(p)).toBe(FIRST);
    expect(p.store.tables.refusals.map(({ refused }) => refused)).toEqual(['already-decided']);
  });
});
