// What is said to people as such: welcome, enrolment, help; and to whoever looks after the service.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { COMMANDS } from './commands.ts';
import { rolesList } from './people.ts';
import { line, message, said } from './text.ts';

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
  decider: 'lalu tekan DITERIMA, TERIMA, atau TOLAK. TANGGAPAN untuk menulis catatan lebih dahulu.',
  publisher: 'lalu tekan SUDAH TAYANG dan kirim tautannya.',
};
const WORDS: typeof TAPS = {
  maker: 'balas kartunya dengan SERAHKAN bila sudah lengkap.',
  decider:
    'lalu balas kartunya dengan DITERIMA, TERIMA, atau TOLAK disertai alasan. Atau ketik katanya dengan nomornya, seperti TERIMA 12.',
  publisher: 'lalu balas kartunya dengan SUDAH TAYANG dan kirim tautannya.',
};

export function helpMessage(notice: Of<'help'>, inWords = false): Message {
  const how = inWords ? WORDS : TAPS;
  return message([
    notice.roles.length === 0 ? line('📌 Panduan') : line('📌 Panduan untuk ', rolesList(notice.roles)),
    notice.maker ? line(`Menyerahkan: kirim foto atau video (boleh sebagai album). Layanan menanyakan yang belum ada; ${how.maker}`) : null,
    notice.decider ? line(`Memeriksa: baca kartu, ${how.decider}`) : null,
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
