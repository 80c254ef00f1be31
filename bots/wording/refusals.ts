// Why something could not be done, and the repair.
import type { Refusal } from '../../src/case/command.ts';
import type { Named } from '../../src/case/outgoing.ts';
import { NAMES_FROM_IDS, type Names } from './context.ts';
import { type DeputyRefusal, deputyRefusalLines } from './deputies.ts';
import { missingSentence } from './missing.ts';
import { moreLines } from './more-refusals.ts';
import { about, caseNumber } from './named.ts';
import { personInRole, roleName, rolesList } from './people.ts';
import { kindName, statusName, verdictName } from './terms.ts';
import { count, type Line, line, listed, said } from './text.ts';
import { longDate, moment } from './time.ts';

/** Where no case is known, its office's zone is not either. */
const NO_CASE_ZONE = 'Asia/Jakarta';
export const STRANGER = 'Layanan ini khusus pegawai terdaftar.';

/** "Caption 201/200 karakter. Kurangi 1 karakter, lalu kirim ulang." */
function tooLong(what: string, length: number, max: number): Line {
  return line(`${what} ${count(length)}/${count(max)} karakter. Kurangi ${count(length - max)} karakter, lalu kirim ulang.`);
}

export function refusalLines(refusal: Refusal, named: Named | null, names: Names = NAMES_FROM_IDS): Line[] {
  const [first, ...others] = linesOf(refusal, named, names);
  if (first === undefined) return [];
  return [about(named) === null ? capitalised(first) : first, ...others];
}

/** A sentence that would have gone on after a register number begins with a capital without one. Unicode calls the sign ℹ a letter: ours are a to z. */
function capitalised(words: Line): Line {
  const at = words.findIndex(({ text }) => /[a-z]/i.test(text));
  return words.map((run, i) => (i === at ? { ...run, text: run.text.replace(/[a-z]/i, (letter) => letter.toUpperCase()) } : run));
}

function linesOf(refusal: Refusal, named: Named | null, names: Names): Line[] {
  switch (refusal.refused) {
    case 'stranger':
      return [line(STRANGER)];
    case 'unknown-code':
      return [line('❌ Kode tidak dikenal atau sudah kedaluwarsa.'), line('Mintalah kode baru kepada admin Anda.')];
    case 'unknown-button':
      return [
        line('⚠️ Tombol ini tidak berlaku.'),
        line('Gunakan kartu yang terbaru di obrolan ini; daftarnya ada di /antrean dan /status.'),
      ];
    case 'nothing-open':
      return [line('ℹ️ Tidak ada draf atau konten yang dimaksud.'), line('Ketik /status untuk daftar konten, atau /kirim untuk memulai.')];
    case 'not-your-role':
    case 'own-case':
    case 'not-the-maker':
      return authorityLines(refusal, named, names);
    case 'already-decided':
    case 'outdated':
    case 'not-now':
      return passedByLines(refusal, named, names);
    case 'media-kind':
    case 'media-many':
      return mediaLines(refusal);
    case 'private-only':
    case 'deputy-not-meant':
    case 'deputy-unclear':
    case 'deputy-date':
    case 'deputy-collides':
      return deputyRefusalLines(refusal);
    default:
      return contentLines(refusal, named, names);
  }
}

type Of<K extends Refusal['refused']> = Extract<Refusal, { refused: K }>;

function authorityLines(refusal: Of<'not-your-role' | 'own-case' | 'not-the-maker'>, named: Named | null, names: Names): Line[] {
  switch (refusal.refused) {
    case 'not-your-role':
      return [
        refusal.needed === ''
          ? line('❌ ', about(named), 'peran Anda tidak mencakup bagian ini.')
          : line('❌ ', about(named), 'bagian ini milik ', roleName(names.role(refusal.needed)), '.'),
        refusal.yours.length === 0
          ? line('Anda belum memiliki peran. Hubungi admin bila ini keliru.')
          : line('Anda terdaftar sebagai ', rolesList(refusal.yours.map((role) => names.role(role))), '. Hubungi admin bila ini keliru.'),
      ];
    case 'own-case':
      return [
        refusal.principal === undefined
          ? line('❌ ', about(named), 'konten ini Anda sendiri yang menyerahkan.')
          : line('❌ ', about(named), 'konten ini diserahkan oleh ', said(names.person(refusal.principal), 80), ', yang Anda wakili.'),
        line('Keputusannya harus diambil pegawai lain dengan peran yang sama.'),
      ];
    case 'not-the-maker':
      return [
        line('❌ ', about(named), 'hanya penyusunnya yang dapat mengubah draf ini.'),
        line('Ketik /kirim untuk membuka draf Anda sendiri.'),
      ];
  }
}

function passedByLines(refusal: Of<'already-decided' | 'outdated' | 'not-now'>, named: Named | null, names: Names): Line[] {
  switch (refusal.refused) {
    case 'already-decided': {
      const { verdict, person, role, capacity, onBehalfOf, at } = refusal.decision;
      const who = personInRole({
        person: names.person(person),
        role: names.role(role),
        ...(capacity === undefined ? {} : { capacity }),
        onBehalfOf: onBehalfOf && names.person(onBehalfOf),
      });
      const what = named === null ? 'konten ini' : caseNumber(named);
      return [
        line('ℹ️ Sudah diputus ', verdictName(verdict), ' oleh ', who, ', ', moment(at, named?.timezone ?? NO_CASE_ZONE), '.'),
        line('Tombol untuk ', what, ' tidak berlaku lagi.'),
      ];
    }
    case 'outdated':
      return [
        line('ℹ️ ', about(named), 'kartu ini sudah tidak berlaku.'),
        refusal.now === '' ? null : line('Keadaan sekarang: ', said(statusName(refusal.now), 120), '.'),
        line('Gunakan kartu yang terbaru di obrolan ini; daftarnya ada di /antrean.'),
      ].filter((each) => each !== null);
    case 'not-now':
      return [
        line('ℹ️ ', about(named), 'itu tidak dapat dilakukan sekarang. Keadaannya: ', said(statusName(refusal.status), 120), '.'),
        line('Ketik /status untuk melihat langkah berikutnya.'),
      ];
  }
}

function mediaLines(refusal: Of<'media-kind' | 'media-many'>): Line[] {
  switch (refusal.refused) {
    case 'media-kind': {
      const kind = kindName(refusal.kind);
      const allowed = listed(refusal.allowed.map(kindName), 'atau');
      return [line(`⚠️ SOP ini tidak menerima ${kind}.`, allowed.length === 0 ? null : [' Kirim ', ...allowed, '.'])];
    }
    case 'media-many':
      return [
        line(`⚠️ Sudah ${refusal.max} berkas, jumlah terbanyak untuk satu konten. Berkas ini tidak ikut.`),
        line('Hapus dahulu berkas lain dengan tombol Hapus berkas pada kartu draf.'),
      ];
  }
}

type ContentRefusal = Exclude<
  Refusal,
  Of<
    | DeputyRefusal['refused']
    | 'stranger'
    | 'unknown-code'
    | 'unknown-button'
    | 'nothing-open'
    | 'not-your-role'
    | 'own-case'
    | 'not-the-maker'
    | 'already-decided'
    | 'outdated'
    | 'not-now'
    | 'media-kind'
    | 'media-many'
  >
>;

function contentLines(refusal: ContentRefusal, named: Named | null, names: Names): Line[] {
  switch (refusal.refused) {
    case 'incomplete':
      return [line('⚠️ Belum dapat diserahkan.'), ...refusal.missing.map((missing) => line(missingSentence(missing)))];
    case 'files-coming':
      return [line('⚠️ Belum dapat diserahkan.'), line(`${count(refusal.files)} berkas masih disimpan. Tunggu sebentar, lalu coba lagi.`)];
    case 'title-length':
      return refusal.length === 0
        ? [line('⚠️ Nama kegiatan masih kosong. Tulis nama kegiatan, lalu kirim ulang.')]
        : [line('⚠️ ', tooLong('Nama kegiatan', refusal.length, refusal.max))];
    case 'date-unclear':
      return [line('⚠️ Tanggal belum dapat dibaca.'), line('Tulis seperti 20-11-2026 atau 20 November 2026, lalu kirim ulang.')];
    case 'date-future': {
      const limit = refusal.maxDays === 0 ? 'belum tiba' : `lebih dari ${refusal.maxDays} hari lagi`;
      return [line(`⚠️ Tanggal ${longDate(refusal.eventDate)} ${limit}.`), line('Periksa hari, bulan, dan tahunnya, lalu kirim ulang.')];
    }
    case 'caption-length':
      // Nothing is to be sent now: the next text would answer another question.
      return refusal.later
        ? [
            line(
              '⚠️ ',
              `Caption ${count(refusal.length)}/${count(refusal.max)} karakter. Kurangi ${count(refusal.length - refusal.max)} karakter.`,
            ),
            line('Berkasnya sudah diterima; caption akan ditanyakan pada gilirannya.'),
          ]
        : [line('⚠️ ', tooLong('Caption', refusal.length, refusal.max))];
    case 'caption-empty':
      return [line('⚠️ Caption masih kosong. Tulis caption, lalu kirim ulang.')];
    case 'narrative-empty':
      return [line('⚠️ Narasi masih kosong. Tulis narasi berita, lalu kirim ulang.')];
    case 'narrative-is-caption':
      return [line('⚠️ Narasi sama dengan caption.'), line('Tulis narasi berita yang lengkap, lalu kirim ulang.')];
    case 'narrative-length':
      return refusal.length === 0
        ? [line('⚠️ Narasi masih kosong. Tulis narasi berita, lalu kirim ulang.')]
        : [line('⚠️ ', tooLong('Narasi', refusal.length, refusal.max))];
    case 'text-gone':
      return [
        line('ℹ️ ', about(named), 'teks itu tidak disimpan lagi: sudah dipakai, dibatalkan, atau ada teks yang lebih baru.'),
        line('Kirim lagi teksnya bila masih diperlukan.'),
      ];
    case 'edited-piece':
      return [
        line('⚠️ ', about(named), 'narasi itu terkirim dalam beberapa pesan, sehingga suntingan pada satu pesan tidak dipakai.'),
        line('Tekan Ubah narasi pada kartu draf, lalu kirim narasi lengkapnya.'),
      ];
    case 'write-first':
      return [
        line('⚠️ Layanan ini belum dapat mengirim pesan pribadi kepada Bapak/Ibu.'),
        line('Kirim dahulu satu pesan pribadi ke nomor ini, lalu ulangi jawaban ini di sini.'),
      ];
    case 'reason-length':
    case 'response-length':
    case 'link-unclear':
    case 'proof-kind':
      return answerLines(refusal, named);
    default:
      return moreLines(refusal, named, names);
  }
}

function answerLines(refusal: Of<'reason-length' | 'response-length' | 'link-unclear' | 'proof-kind'>, named: Named | null): Line[] {
  switch (refusal.refused) {
    case 'reason-length': {
      const { of, length, min, max } = refusal;
      const still = line(of === 'rejection' ? 'Penolakan belum dicatat.' : 'Kanal belum dilewati.');
      if (length > max) return [line('⚠️ ', about(named), tooLong('alasan', length, max)), still];
      return [
        line('⚠️ ', about(named), `alasan baru ${length} karakter, minimal ${min}. Tambah ${min - length} karakter, lalu kirim ulang.`),
        still,
      ];
    }
    case 'response-length':
      return refusal.length === 0
        ? [line('⚠️ ', about(named), 'tanggapan masih kosong. Tulis tanggapan, lalu kirim ulang.')]
        : [line('⚠️ ', about(named), tooLong('tanggapan', refusal.length, refusal.max))];
    case 'link-unclear':
      return [
        line('⚠️ ', about(named), 'tautan belum dapat dibaca.'),
        line('Kirim alamat lengkap yang diawali https://, atau foto sebagai bukti.'),
      ];
    case 'proof-kind': {
      const allowed = listed(refusal.allowed.map(kindName), 'atau');
      return [
        line('⚠️ ', about(named), `${kindName(refusal.kind)} tidak dapat menjadi bukti tayang.`),
        line('Kirim ', ...allowed, ' sebagai bukti, atau tautannya.'),
      ];
    }
  }
}

/** Refusals of a text just sent: the next text is meant as the better one. */
export function asksAgain(refusal: Refusal): boolean {
  if (refusal.refused === 'caption-length' && refusal.later) return false;
  return /-(length|empty|unclear|future|past)$|^narrative-is-caption$|^deputy-date$|^proof-kind$/.test(refusal.refused);
}
