// What people on WhatsApp read names nothing that only Telegram has.
import { expect, test } from 'vitest';
import { compose } from '../../bots/whatsapp/compose.ts';
import { cardMessage } from '../../bots/wording/card.ts';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { line, message, plain, said } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { appointments, cards, context, ladders, notices, questions, refusals } from './samples.ts';

const there = { ...context, inWords: true };
const refused = Object.values(refusals).map((refusal): Notice => ({ notice: 'refusal', refusal, named: null }));
const all: [string, string][] = [
  ...[...Object.values(notices), ...Object.values(questions), ...Object.values(ladders), ...Object.values(appointments), ...refused].map(
    (notice): [string, string] => [
      `${notice.notice} ${notice.notice === 'refusal' ? notice.refusal.refused : ''}`,
      compose(noticeMessage(notice, there)) ?? '',
    ],
  ),
  ...Object.entries(cards).map(([name, view]): [string, string] => [name, compose(cardMessage(view, there)) ?? '']),
];

test.each(all)('%s: no button, no tap and no stroke before a command', (_, text) => {
  expect(text).not.toMatch(/(?<!\p{L})(?:tekan|ditekan|menekan)(?!\p{L})|tombol|ketuk|(?<![\p{L}\p{N}/.:])\/\p{Ll}/iu);
});

test('on Telegram the same sentences name the buttons', () => {
  const made = message([line('Sudah lengkap. Periksa, lalu tekan SERAHKAN. Tidak jadi? Ketik /batal.')]);
  expect(plain(made.runs)).toBe('Sudah lengkap. Periksa, lalu tekan SERAHKAN. Tidak jadi? Ketik /batal.');
  expect(compose(made)).toBe('Sudah lengkap. Periksa, lalu balas SERAHKAN. Tidak jadi? Ketik batal.');
  const read = (text: string) => compose(message([line(text)]));
  expect(read('Pantau dengan /status.')).toBe('Pantau dengan mengetik status.');
  expect(read('Rincian satu konten: /status diikuti nomornya.')).toBe('Rincian satu konten: ketik status diikuti nomornya.');
  expect(read('daftarnya ada di /antrean dan /status.')).toBe('daftarnya ada bila Anda mengetik antrean atau status.');
  expect(compose(message([line('Dengan menekan ', said('YA'), ' Anda menyatakan')]))).toBe('Dengan membalas YA Anda menyatakan');
});

test("people's own words stay as they were written", () => {
  const written = 'tekan TOMBOL merah, ketik /batal, Pilih tombol';
  expect(compose(message([line('Narasi: ', said(written))]))).toBe(`Narasi: ${written}`);
});
