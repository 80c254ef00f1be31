// What people on WhatsApp read names nothing that only Telegram has.
import { expect, test } from 'vitest';
import { compose } from '../../bots/whatsapp/compose.ts';
import { cardMessage } from '../../bots/wording/card.ts';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { line, message, plain, said } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { cards, context, ladders, notices, questions, refusals } from './samples.ts';

const there = { ...context, inWords: true };
const refused = Object.values(refusals).map((refusal): Notice => ({ notice: 'refusal', refusal, named: null }));
const all: [string, string][] = [
  ...[...Object.values(notices), ...Object.values(questions), ...Object.values(ladders), ...refused].map((notice): [string, string] => [
    `${notice.notice} ${notice.notice === 'refusal' ? notice.refusal.refused : ''}`,
    compose(noticeMessage(notice, there)) ?? '',
  ]),
  ...Object.entries(cards).map(([name, view]): [string, string] => [name, compose(cardMessage(view, there)) ?? '']),
];

test.each(all)('%s: no button, no tap and no stroke before a command', (_, text) => {
  expect(text).not.toMatch(/(?<!\p{L})(?:di)?tekan(?!\p{L})|tombol|ketuk|(?<![\p{L}\p{N}/.:])\/\p{Ll}/iu);
});

test('on Telegram the same sentences name the buttons', () => {
  const made = message([line('Sudah lengkap. Periksa, lalu tekan SERAHKAN. Tidak jadi? Ketik /batal.')]);
  expect(plain(made.runs)).toBe('Sudah lengkap. Periksa, lalu tekan SERAHKAN. Tidak jadi? Ketik /batal.');
  expect(compose(made)).toBe('Sudah lengkap. Periksa, lalu balas SERAHKAN. Tidak jadi? Ketik batal.');
});

test("people's own words stay as they were written", () => {
  const written = 'tekan TOMBOL merah, ketik /batal, Pilih tombol';
  expect(compose(message([line('Narasi: ', said(written))]))).toBe(`Narasi: ${written}`);
});
