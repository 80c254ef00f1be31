// What a draft still lacks, in a few words for the card and in whole sentences for a refusal.
import type { DetailPart } from '../../src/case/case.ts';
import type { Missing } from '../../src/case/command.ts';
import { detailName } from './terms.ts';

/** "1 dokumentasi" */
export function missingShort(missing: Missing): string {
  switch (missing.part) {
    case 'title':
      return 'nama kegiatan';
    case 'date':
      return 'tanggal kegiatan';
    case 'media':
      return mediaStillToSend(missing) > 0 ? `${mediaStillToSend(missing)} dokumentasi` : 'dokumentasi (sedang disimpan)';
    case 'caption':
      return missing.length === undefined ? 'caption' : 'caption yang lebih pendek';
    case 'narrative':
      return 'narasi';
    default:
      return detailName(missing.part);
  }
}

/** What is wrong and the repair. */
export function missingSentence(missing: Missing): string {
  switch (missing.part) {
    case 'title':
      return 'Nama kegiatan belum ada. Tulis nama kegiatan.';
    case 'date':
      return 'Tanggal kegiatan belum ada. Tulis tanggalnya.';
    case 'media':
      return mediaSentence(missing);
    case 'caption':
      if (missing.max !== undefined && missing.length !== undefined)
        return `Caption ${missing.length}/${missing.max} karakter. Kurangi ${missing.length - missing.max} karakter.`;
      return missing.max === undefined
        ? 'Caption belum ada. Tulis caption.'
        : `Caption belum ada. Tulis caption, paling banyak ${missing.max} karakter.`;
    case 'narrative':
      return 'Narasi belum ada. Kirim narasi berita.';
    default:
      return DETAIL_SENTENCES[missing.part];
  }
}

const DETAIL_SENTENCES: Record<DetailPart, string> = {
  class: 'Klasifikasi informasi belum dipilih. Pilih salah satu.',
  dip: 'Nomor DIP belum ada. Tulis nomornya dalam Daftar Informasi Publik.',
  sk: 'SK penetapan belum ada. Tulis nomor dan tanggalnya.',
  source: 'Sumber bahan belum ada. Tulis sumbernya.',
  disposition: 'Disposisi belum ada. Tulis nomor, tanggal, dan isinya.',
  assignee: 'Pelaksana belum ditunjuk. Pilih atau tulis namanya.',
};

type MissingMedia = Missing & { part: 'media' };

function mediaStillToSend(missing: MissingMedia): number {
  return Math.max(0, missing.min - missing.have - missing.pending);
}

function mediaSentence(missing: MissingMedia): string {
  const { have, min, pending } = missing;
  const more = mediaStillToSend(missing);
  const saving = pending > 0 ? ` ${pending} berkas sedang disimpan.` : '';
  if (more === 0) return `Baru ${have} dari minimal ${min} dokumentasi tersimpan.${saving} Tunggu sebentar, lalu coba lagi.`;
  return `Baru ${have} dokumentasi, SOP meminta minimal ${min}.${saving} Kirim ${more} lagi.`;
}
