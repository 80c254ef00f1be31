// Why something that only some SOPs ask for could not be taken, and the repair.
import type { Refusal } from '../../src/case/command.ts';
import type { Named } from '../../src/case/outgoing.ts';
import type { Names } from './context.ts';
import { about } from './named.ts';
import { peopleList } from './people.ts';
import { className, detailName, formName } from './terms.ts';
import { count, type Line, line, listed, said } from './text.ts';
import { clock, moment } from './time.ts';

type Of<K extends Refusal['refused']> = Extract<Refusal, { refused: K }>;

export type MoreRefusal = Of<
  | 'detail-length'
  | 'class-unclear'
  | 'class-forbidden'
  | 'assignee-unclear'
  | 'already-taken'
  | 'schedule-unclear'
  | 'schedule-past'
  | 'forms-incomplete'
  | 'last-channel'
  | 'nudged-lately'
  | 'nobody-there'
  | 'already-reassigned'
>;

export function moreLines(refusal: MoreRefusal, named: Named | null, names: Names): Line[] {
  switch (refusal.refused) {
    case 'detail-length':
      return detailLines(refusal);
    case 'class-unclear':
      return [line('⚠️ Klasifikasi belum dapat dibaca.'), line('Pilih salah satu tombol, atau tulis misalnya: berkala.')];
    case 'class-forbidden':
      return classLines(refusal);
    case 'assignee-unclear': {
      const people = peopleList(refusal.candidates);
      return [
        line('⚠️ Nama pelaksana belum dapat dikenali.'),
        people === null ? line('Belum ada pegawai dengan peran itu. Hubungi admin.') : line('Yang dapat ditugasi: ', people, '.'),
      ];
    }
    case 'already-taken':
      return [line('ℹ️ ', about(named), 'sudah dikerjakan oleh ', said(names.person(refusal.person), 80), '.')];
    case 'schedule-unclear':
      return [line('⚠️ Jadwal belum dapat dibaca.'), line('Tulis tanggal dan jam, seperti 24-11-2026 09.00 atau besok 09.00.')];
    case 'schedule-past':
      return [
        line('⚠️ Jadwal itu sudah lewat', named === null ? null : `: ${moment(refusal.schedule, named.timezone)}`, '.'),
        line('Tulis waktu yang akan datang, atau sekarang.'),
      ];
    case 'nudged-lately':
    case 'nobody-there':
    case 'already-reassigned':
      return supervisingLines(refusal, named, names);
    default:
      return publishLines(refusal, named);
  }
}

function detailLines({ part, length, min, max }: Of<'detail-length'>): Line[] {
  const what = `⚠️ Isian ${detailName(part)}`;
  return length > max
    ? [line(`${what} ${count(length)}/${count(max)} karakter. Kurangi ${count(length - max)} karakter, lalu kirim ulang.`)]
    : [line(`${what} baru ${length} karakter, minimal ${min}. Tulis lebih lengkap, lalu kirim ulang.`)];
}

function classLines(refusal: Of<'class-forbidden'>): Line[] {
  if (refusal.class === 'dikecualikan')
    return [
      line('❌ Informasi yang dikecualikan tidak boleh diumumkan, sehingga tidak dapat diteruskan.'),
      line('Pilih klasifikasi lain bila itu keliru, atau ketik /batal.'),
    ];
  const allowed = listed(
    refusal.allowed.map((one) => className(one)),
    'atau',
  );
  return [line('❌ SOP ini tidak untuk informasi ', said(className(refusal.class), 60), '.'), line('Pilih ', allowed, '.')];
}

function supervisingLines(refusal: Of<'nudged-lately' | 'nobody-there' | 'already-reassigned'>, named: Named | null, names: Names): Line[] {
  const zone = named?.timezone ?? 'Asia/Jakarta';
  switch (refusal.refused) {
    case 'nudged-lately':
      return [
        line('ℹ️ ', about(named), 'sudah diingatkan oleh ', said(names.person(refusal.person), 80), ` ${clock(refusal.at, zone)}.`),
        line(`Dapat diingatkan lagi ${clock(refusal.again, zone)}.`),
      ];
    case 'nobody-there':
      return [
        line('ℹ️ ', about(named), 'tidak ada pegawai lain untuk bagian ini.'),
        line('Hubungi admin untuk menambah pemegang perannya.'),
      ];
    case 'already-reassigned':
      return [
        line(
          'ℹ️ ',
          about(named),
          'sudah dialihkan kepada ',
          said(names.person(refusal.person), 80),
          ' oleh ',
          said(names.person(refusal.by), 80),
          ` ${clock(refusal.at, zone)}.`,
        ),
      ];
  }
}

function publishLines(refusal: Of<'forms-incomplete' | 'last-channel'>, named: Named | null): Line[] {
  switch (refusal.refused) {
    case 'forms-incomplete': {
      const forms = listed(
        refusal.forms.map((form) => formName(form)),
        'atau',
      );
      return [
        line('⚠️ ', about(named), `belum dapat ditayangkan: bentuk aksesibel baru ${refusal.have} dari minimal ${refusal.min}.`),
        line('Serahkan ', forms, ' dengan tombol pada kartu.'),
      ];
    }
    case 'last-channel':
      return [
        line('⚠️ ', about(named), 'kanal ini tidak dapat dilewati: paling sedikit satu kanal harus menayangkan.'),
        line('Tayangkan di kanal ini, atau tayangkan di kanal lain dahulu.'),
      ];
  }
}
