// What is answered to words that only sound like a decision: the exact ones.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { caseName } from './named.ts';
import { type Line, line, message, type Piece, said } from './text.ts';

type SayExactly = Extract<Notice, { notice: 'say-exactly' }>;
type Card = SayExactly['cards'][number];

const WORD_MAX_UNITS = 48;

/** "TERIMA 12" or "TERIMA", to be typed. The word is the SOP's own. */
function typed(word: string, serial: number | null): Piece {
  return [said(word, WORD_MAX_UNITS), serial === null ? null : ` ${serial}`];
}

function waysOf({ serial, accept, reject }: Card): Piece[] {
  const ways: Piece[] = [];
  if (accept !== null) ways.push(typed(accept, serial));
  if (reject !== null) ways.push([typed(reject, serial), ' disertai alasan']);
  return ways.flatMap((way, at) => (at === 0 ? [way] : [', atau ', way]));
}

function exactLine(card: Card): Line {
  const ways = waysOf(card);
  if (ways.length === 0) return line('Balas kartunya dengan angka atau kata yang tertulis di sana.');
  return card.serial === null ? line('Balas kartunya dengan ', ways, '.') : line('Ketik ', ways, '.');
}

const FIRST: Record<SayExactly['why'], string> = {
  words: 'ℹ️ Balasan itu belum menjadi keputusan.',
  reaction: 'ℹ️ Reaksi tidak menjadi keputusan.',
  withdrawn: 'ℹ️ Pilihan pada jajak pendapat ditarik. Yang sudah diputus tidak berubah.',
  gone: 'ℹ️ Pesan itu tidak lagi menunggu jawaban.',
  'no-card': '⚠️ Tidak ada kartu dengan nomor itu dalam obrolan ini.',
};

export function exactlyMessage({ why, number, cards }: SayExactly): Message {
  const [only] = cards;
  if (!only) {
    const asked = number === null ? null : line('Nomor yang ditulis: ', said(number, 60), '.');
    return message([
      line(FIRST[why]),
      asked,
      why === 'no-card' || why === 'gone' ? line('Ketik /antrean untuk melihat yang menunggu Anda.') : null,
    ]);
  }
  if (cards.length === 1) return message([line(FIRST[why]), caseName(only.named), exactLine(only)]);
  const each = cards.flatMap((card) => [line('• ', caseName(card.named)), exactLine(card)]);
  return message([line(FIRST[why]), line('Beberapa konten menunggu; sebutkan yang mana.'), ...each]);
}
