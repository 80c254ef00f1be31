// What is said to people as such: welcome, enrolment, help; and to whoever looks after the service.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { COMMANDS } from './commands.ts';
import { rolesList } from './people.ts';
import { line, message, type Piece, said } from './text.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;

export function welcomeMessage(notice: Of<'welcome'>): Message {
  return message([
    line('📌 Selamat datang, Bapak/Ibu ', said(notice.name, 80), '.'),
    line('Ini layanan persetujuan konten ', said(notice.office, 120), '.'),
    notice.roles.length === 0 ? null : line('Peran Anda: ', rolesList(notice.roles), '.'),
    line('Ketik /bantuan untuk panduan singkat.'),
  ]);
}

export function enrolledMessage(notice: Of<'enrolled'>): Message {
  return message([
    line('✅ Terdaftar: ', said(notice.name, 80), '.'),
    line('Instansi: ', said(notice.office, 120), '.'),
    notice.roles.length === 0 ? null : line('Peran Anda: ', rolesList(notice.roles), '.'),
    line('Nama, peran, dan akun obrolan Anda disimpan untuk mencatat proses persetujuan.'),
    line('Ketik /bantuan untuk panduan singkat.'),
  ]);
}

const TAPS = {
  maker: 'tekan SERAHKAN bila sudah lengkap.',
  publisher: 'lalu tekan SUDAH TAYANG dan kirim tautannya.',
};
const WORDS: typeof TAPS = {
  maker: 'balas kartunya dengan SERAHKAN bila sudah lengkap.',
  publisher: 'lalu balas kartunya dengan SUDAH TAYANG dan kirim tautannya.',
};

const USUAL = { accept: ['DITERIMA', 'TERIMA'], reject: ['TOLAK'] };
const WORD_MAX_UNITS = 48;

/** "A", "A atau B", "A, B, atau C". */
function oneOf(words: Piece[]): Piece {
  return words.map((word, at) => {
    if (at === 0) return word;
    if (at < words.length - 1) return [', ', word];
    return [words.length > 2 ? ', atau ' : ' atau ', word];
  });
}

/** The SOPs name the answers; a receiver has nothing to reject. */
function deciding({ accept, reject }: typeof USUAL, inWords: boolean): Piece {
  const word = (each: string): Piece => said(each, WORD_MAX_UNITS);
  if (!inWords) return ['lalu tekan ', oneOf([...accept, ...reject].map(word)), '. TANGGAPAN untuk menulis catatan lebih dahulu.'];
  const all = oneOf([...accept.map(word), ...reject.map((each): Piece => [word(each), ' disertai alasan'])]);
  // The word of a decision rather than that of a receipt, where there is one.
  const example = accept.find((each) => each !== 'DITERIMA') ?? accept[0] ?? '';
  return ['lalu balas kartunya dengan ', all, '. Atau ketik katanya dengan nomornya, seperti ', word(example), ' 12.'];
}

export function helpMessage(notice: Of<'help'>, inWords = false): Message {
  const how = inWords ? WORDS : TAPS;
  return message([
    notice.roles.length === 0 ? line('📌 Panduan') : line('📌 Panduan untuk ', rolesList(notice.roles)),
    notice.maker ? line(`Menyerahkan: kirim foto atau video (boleh sebagai album). Layanan menanyakan yang belum ada; ${how.maker}`) : null,
    notice.decider ? line('Memeriksa: baca kartu, ', deciding(notice.answers ?? USUAL, inWords)) : null,
    notice.publisher ? line(`Menayangkan: unduh berkas, salin caption, tayangkan, ${how.publisher}`) : null,
    ...COMMANDS.filter(
      ({ command }) => command !== 'start' && command !== 'bantuan' && (command !== 'wakil' || notice.decider || notice.publisher),
    ).map(({ command, description }) => line(`${inWords ? '' : '/'}${command} – ${description}`)),
  ]);
}

export function troubleMessage(notice: Of<'trouble'>): Message {
  return message([
    line('⚠️ Terjadi gangguan dan sudah dicatat (kode ', said(notice.code, 60), ').'),
    line('Yang sudah Anda kirim tetap tersimpan. Cobalah lagi beberapa menit lagi.'),
  ]);
}

export function operatorMessage(notice: Of<'operator'>): Message {
  return message([line('🔧 Untuk pengelola layanan: ', said(notice.what, 200)), line(said(notice.detail, 1500))]);
}
