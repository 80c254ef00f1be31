// Buttons written out, and what is answered to words that are not exact.
import { describe, expect, test } from 'vitest';
import type { Message } from '../../bots/channel.ts';
import { spelledOut } from '../../bots/wording/choices.ts';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { plain } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import type { Choice, Offer } from '../../src/conversation/offer.ts';
import type { Action } from '../../src/conversation/reference.ts';
import { context, draftNamed, named } from './samples.ts';

const choices = (...made: [Action, string][]): Choice[] =>
  made.map(([action, label], at) => ({ n: at + 1, label, action, data: String(at) }));
const offer = (of: Choice[], more: Partial<Offer> = {}): Offer => ({
  message: '',
  poll: null,
  key: 'k',
  named,
  serial: 42,
  numbered: true,
  standing: true,
  choices: of,
  ...more,
});
const card: Message = { runs: [{ text: 'Kartu' }], buttons: [[{ label: 'Buka', does: { link: 'https://contoh.go.id/1' } }]], asks: true };
const spelled = (one: Offer | null, message: Message = { runs: [{ text: 'Kartu' }], buttons: [] }) => {
  const made = spelledOut(message, one);
  return { ...made, text: plain(made.runs) };
};

describe('a card in words', () => {
  test('says the exact words of a decision, the numbers of all choices, and has a poll', () => {
    const made = spelled(offer(choices(['accept', '✅ YA'], ['reject', '❌ TIDAK'], ['respond', '📝 TANGGAPAN'])));
    expect(made.text).toBe(
      'Kartu\n\nBalas pesan ini dengan YA, atau TIDAK disertai alasan. Atau ketik YA 42.\nBalas dengan angka: 1 YA · 2 TIDAK · 3 TANGGAPAN',
    );
    expect(made.poll).toEqual({
      name: 'Keputusan untuk 0042/REG-KONTEN/DISDAGPERIN/XI/2026 · Pasar Murah Jekan Raya',
      options: ['YA', 'TIDAK'],
    });
    expect(made.buttons).toEqual([]);
  });
  test('to be received has its response in the poll, and none where there is no second choice', () => {
    const made = spelled(offer(choices(['receive', '✅ DITERIMA'], ['respond', '📝 TANGGAPAN'])));
    expect(made.text).toContain('Balas pesan ini dengan DITERIMA. Atau ketik DITERIMA 42.');
    expect(made.poll?.options).toEqual(['DITERIMA', 'TANGGAPAN']);
    expect(spelled(offer(choices(['receive', '✅ DITERIMA']))).poll).toBeUndefined();
  });
  test('without a number yet is answered by a reply alone', () => {
    expect(spelled(offer(choices(['accept', 'TERIMA'], ['reject', 'TOLAK']), { serial: null })).text).not.toContain('ketik');
  });
  test('with many or long choices has them one below the other', () => {
    const long = choices(['reason', 'Foto kurang jelas atau buram sekali'], ['reason', 'Nama atau jabatan keliru'], ['reason', '123']);
    expect(spelled(offer(long, { key: null })).text).toBe(
      'Kartu\n\nBalas dengan angka:\n1 Foto kurang jelas atau buram sekali\n2 Nama atau jabatan keliru\n3 123',
    );
  });
  test('keeps its links, and what has nothing to choose stays as it is', () => {
    const made = spelled(null, card);
    expect(made.text).toBe('Kartu\n\nBuka: https://contoh.go.id/1');
    expect(made.asks).toBe(true);
    expect(spelled(offer([])).text).toBe('Kartu');
  });
});

describe('to words that are not exact', () => {
  type Exactly = Extract<Notice, { notice: 'say-exactly' }>;
  const said = (more: Partial<Exactly>) =>
    plain(noticeMessage({ notice: 'say-exactly', why: 'words', number: null, cards: [], ...more }, context).runs);
  const one = { named, serial: 42, accept: 'TERIMA', reject: 'TOLAK' };

  test('the exact ones are told', () => {
    expect(said({ cards: [one] })).toMatch(/belum menjadi keputusan\.\n0042.*\nKetik TERIMA 42, atau TOLAK 42 disertai alasan\.$/);
    expect(said({ cards: [{ ...one, reject: null, accept: 'DITERIMA' }] })).toMatch(/Ketik DITERIMA 42\.$/);
    expect(said({ cards: [{ named: draftNamed, serial: null, accept: null, reject: null }] })).toMatch(
      /Balas kartunya dengan angka atau kata/,
    );
    expect(said({ cards: [{ ...one, serial: null }] })).toMatch(/Balas kartunya dengan TERIMA, atau TOLAK disertai alasan\.$/);
  });
  test('of several cards each is named', () => {
    const text = said({ cards: [one, { ...one, serial: 45 }] });
    expect(text).toMatch(/sebutkan yang mana/);
    expect(text).toMatch(/TERIMA 42[\s\S]*TERIMA 45/);
  });
  test('a reaction, a withdrawn vote and a card that is not here are told apart', () => {
    expect(said({ why: 'reaction', cards: [one] })).toMatch(/Reaksi tidak menjadi keputusan[\s\S]*TERIMA 42/);
    expect(said({ why: 'withdrawn' })).toBe('ℹ️ Pilihan pada jajak pendapat ditarik. Yang sudah diputus tidak berubah.');
    expect(said({ why: 'gone' })).toBe('ℹ️ Pesan itu tidak lagi menunggu jawaban.\nKetik /antrean untuk melihat yang menunggu Anda.');
    expect(said({ why: 'no-card', number: '99' })).toMatch(/Nomor yang ditulis: 99\.\nKetik \/antrean/);
  });
});

test('a decision that was made in words is confirmed with its case', () => {
  const said = (what: 'accepted' | 'rejected') => plain(noticeMessage({ notice: 'tap-taken', what, named }, context).runs);
  expect(said('accepted')).toMatch(/^✅ Keputusan dicatat\.\n0042/);
  expect(said('rejected')).toMatch(/^✅ Penolakan dicatat; konten dikembalikan\.\n0042/);
});

test.each([
  [['DITERIMA'], [], 'balas kartunya dengan DITERIMA. Atau ketik katanya dengan nomornya, seperti DITERIMA 12.', 'tekan DITERIMA. '],
  [['YA'], ['TIDAK'], 'dengan YA atau TIDAK disertai alasan. Atau ketik katanya dengan nomornya, seperti YA 12.', 'tekan YA atau TIDAK. '],
  [
    ['DITERIMA', 'TERIMA', 'YA'],
    ['TOLAK', 'TIDAK'],
    'dengan DITERIMA, TERIMA, YA, TOLAK disertai alasan, atau TIDAK disertai alasan. Atau ketik katanya dengan nomornya, seperti TERIMA 12.',
    'tekan DITERIMA, TERIMA, YA, TOLAK, atau TIDAK. ',
  ],
])('help names the answers of the office: %j and %j', (accept, reject, inWords, tapped) => {
  const help = (there: boolean) =>
    plain(
      noticeMessage(
        { notice: 'help', roles: [], maker: false, decider: true, publisher: false, answers: { accept, reject } },
        { ...context, inWords: there },
      ).runs,
    );
  expect(help(true)).toContain(inWords);
  expect(help(false)).toContain(tapped);
});

test('who reads without buttons is helped with words', () => {
  const help = (inWords: boolean) =>
    plain(
      noticeMessage({ notice: 'help', roles: ['Tim Pelaksana'], maker: true, decider: true, publisher: true }, { ...context, inWords })
        .runs,
    );
  expect(help(true)).toMatch(/seperti TERIMA 12/);
  expect(help(true)).toMatch(/\nantrean – /);
  expect(help(true)).not.toMatch(/tekan|\//);
  expect(help(false)).toMatch(/\n\/antrean – /);
});

test('a person reached on his other channel is told of with both', () => {
  const said = (instead: 'telegram' | 'whatsapp') =>
    plain(noticeMessage({ notice: 'unreachable', person: 'Kartika', why: 'failed', named, instead }, context).runs);
  expect(said('telegram')).toMatch(/Kartika tidak dapat dikirimi pesan melalui WhatsApp; pemberitahuan dialihkan ke Telegram/);
  expect(said('whatsapp')).toMatch(/melalui Telegram; pemberitahuan dialihkan ke WhatsApp/);
});
