// Why a file cannot be used, and what its sender does about it.
import type { MediaFault } from '../../src/case/case.ts';
import { type Line, line, said } from './text.ts';

const MEBI = 1024 * 1024;

/** "35,2 MB"; in the unit in which `max` is a round number, so that the limit reads as people know it. */
function megabytes(bytes: number, max: number): string {
  const unit = max % MEBI === 0 ? MEBI : 1_000_000;
  const tenths = Math.round((bytes / unit) * 10);
  const whole = String(Math.floor(tenths / 10));
  return `${whole}${tenths % 10 === 0 ? '' : `,${tenths % 10}`} MB`;
}

const COUNTS = {
  proof: 'Bukti tayang: foto (JPG, PNG, WEBP, HEIC), dokumen, atau tautan.',
  form: 'Bentuk aksesibel: foto, video (MP4), audio, dokumen, atau teks.',
};

/** `of`: it was no content, but a proof of publishing or an accessible form. */
export function faultLines(why: MediaFault, name: string | null, of?: keyof typeof COUNTS): Line[] {
  const lines = contentLines(why, name);
  if (of === undefined) return lines;
  return [...lines.slice(0, 1), line(COUNTS[of]), line('Kirim ulang bila ditanyakan, atau mulai lagi dengan tombol pada kartu.')];
}

function contentLines(why: MediaFault, name: string | null): Line[] {
  const file = line('⚠️ Berkas', name === null ? null : [' ', said(name, 80)]);
  switch (why.fault) {
    case 'empty':
      return [
        line(file, ' kosong, sehingga tidak dapat dipakai.'),
        line('Buka berkas itu di ponsel Anda untuk memeriksanya, lalu kirim ulang.'),
      ];
    case 'too-big': {
      const size = why.bytes === null ? 'terlalu besar; batasnya' : `berukuran ${megabytes(why.bytes, why.max)}, sedangkan batasnya`;
      return [
        line(file, ` ${size} ${megabytes(why.max, why.max)}.`),
        line('Potong atau perkecil videonya (misalnya ke mutu 720p), atau kirim gambar sebagai foto biasa, lalu kirim ulang.'),
      ];
    }
    case 'wrong-type':
      return [
        line(file, why.found === null ? ' tidak dikenali jenisnya.' : [' berjenis ', said(why.found, 60), ', yang tidak dapat dipakai.']),
        line('Kirim jenis berkas yang diminta SOP ini, misalnya foto (JPG, PNG, WEBP, HEIC) atau video (MP4).'),
      ];
    case 'damaged':
      return [
        line(file, ' tidak dapat dibuka; isinya rusak atau terpotong.'),
        line('Buka berkas itu di ponsel Anda untuk memeriksanya, lalu kirim ulang.'),
      ];
    case 'gone':
      return [line(file, ' tidak dapat diambil lagi dari layanan obrolan.'), line('Kirim ulang berkas itu.')];
  }
}
