// What is said when a case has moved on: handed in, returned, passed, published, withdrawn.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { button } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { caseName, caseNumber } from './named.ts';
import { doerName, personInRole, roleName } from './people.ts';
import { channelName, formName, happening, readable } from './terms.ts';
import { type Line, line, message, quoted, said } from './text.ts';
import { longDate, moment, nearMoment } from './time.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;

export function receiptMessage(notice: Of<'receipt'>, context: WordingContext): Message {
  const { named, next, late } = notice;
  return message([
    line('✅ Diserahkan. Nomor register: ', caseNumber(named)),
    named.title === null ? null : line('Kegiatan: ', said(named.title, 170)),
    line('Waktu penyerahan: ', moment(notice.at, named.timezone), notice.revision > 1 ? ` (revisi ke-${notice.revision})` : null, '.'),
    late === null ? null : line(`⚠️ Tercatat terlambat: ${lateBy(late, named.timezone)}. Konten tetap diproses.`),
    next.label === ''
      ? null
      : line(
          'Berikutnya: ',
          said(readable(next.label), 120),
          next.dueAt === null ? '.' : `, tenggat ${nearMoment(next.dueAt, named.timezone, context.now)}.`,
        ),
    line('Pantau dengan /status.'),
  ]);
}

function lateBy(late: NonNullable<Of<'receipt'>['late']>, timezone: string): string {
  return late.dueAt === undefined ? `kegiatan berlangsung ${longDate(late.eventDate)}` : `tenggatnya ${moment(late.dueAt, timezone)}`;
}

export function assignedMessage(notice: Of<'assigned'>, context: WordingContext): Message {
  const { named, dueAt } = notice;
  return message([
    line('✅ Ditugaskan: ', caseName(named), '.'),
    line('Pelaksana: ', personInRole(notice), '.'),
    dueAt === null ? null : line(`Tenggat: ${nearMoment(dueAt, named.timezone, context.now)}.`),
    line('Pantau dengan /status.'),
  ]);
}

export function takenMessage(notice: Of<'taken'>): Message {
  return message([
    line('✍️ Bagian Anda sekarang: ', caseName(notice.named), '.'),
    line('Kirim isinya ke obrolan ini, lalu tekan SERAHKAN pada kartu draf.'),
  ]);
}

export function repairedMessage(notice: Of<'repaired'>): Message {
  return message([
    line('✏️ ', caseName(notice.named)),
    line('Diperbaiki oleh ', personInRole(notice), `; kini revisi ke-${notice.revision}.`),
  ]);
}

export function scheduledMessage(notice: Of<'scheduled'>): Message {
  return message([
    line('🗓️ ', caseName(notice.named)),
    line(`Dijadwalkan tayang ${moment(notice.schedule, notice.named.timezone)} oleh `, doerName(notice), '.'),
  ]);
}

export function formNotedMessage(notice: Of<'form-noted'>): Message {
  return message([
    line('✅ ', caseName(notice.named)),
    line(`Bentuk aksesibel (${formName(notice.form)}) dicatat.`),
    line(
      notice.missing > 0
        ? `Masih kurang ${notice.missing} bentuk lagi.`
        : 'Konten sudah dapat ditayangkan. Setelah tayang, tekan SUDAH TAYANG pada kartu.',
    ),
  ]);
}

export function returnedMessage(notice: Of<'returned'>, context: WordingContext): Message {
  const { named } = notice;
  return message(
    [
      line('❌ ', caseName(named)),
      line('Dikembalikan oleh ', personInRole(notice), '.'),
      line('Alasan: ', quoted(notice.reason, 1000)),
      line(
        notice.focused
          ? 'Draf terbuka kembali dengan semua isinya. Kirim yang diperbaiki, lalu tekan SERAHKAN pada kartu draf.'
          : 'Semua isinya tersimpan. Tekan Perbaiki sekarang untuk membuka draf ini lagi.',
      ),
      notice.focused
        ? null
        : line(
            'Bila tidak ada draf lain yang sedang diisi, kiriman berikutnya masuk ke draf ini.',
            // Whoever makes a later step begins nothing himself.
            notice.index.step === 0 ? ' Untuk konten lain, ketik /kirim dahulu.' : null,
          ),
      dueLine('Perbaiki sebelum', notice.dueAt, named.timezone, context),
    ],
    notice.focused ? [] : [[button(context, { case: named.case, index: notice.index }, 'resume')]],
  );
}

/** A deadline that has passed by the time it is told is still said, but not as something to come. */
function dueLine(before: string, dueAt: number | null, timezone: string, context: WordingContext): Line | null {
  if (dueAt === null) return null;
  if (dueAt < context.now) return line(`⚠️ Tenggatnya sudah lewat: ${nearMoment(dueAt, timezone, context.now)}. Mohon segera diperbaiki.`);
  return line(`${before} ${nearMoment(dueAt, timezone, context.now)}.`);
}

export function sentBackMessage(notice: Of<'sent-back'>): Message {
  return message([
    line('↩️ ', caseName(notice.named)),
    line('Dikembalikan untuk diperbaiki oleh ', personInRole(notice), '.'),
    line('Alasan: ', quoted(notice.reason, 1000)),
    line('Bapak/Ibu akan menerima kartu baru setelah perbaikannya diserahkan.'),
  ]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function passedMessage(notice: Of<'passed'>): Message {
  return message([
    line('✅ ', caseName(notice.named)),
    line(notice.as === undefined ? happening(notice.verdict) : said(capital(notice.as), 60), ' oleh ', personInRole(notice), '.'),
    notice.note === '' ? null : line('Tanggapan: ', quoted(notice.note)),
    notice.next === null ? null : line('Berikutnya: ', said(readable(notice.next), 160), '.'),
  ]);
}

const CHANNELS_SHOWN = 12;

/** `null`: nothing in it had a deadline to keep. */
const PUNCTUAL = { true: ', terlambat', false: ', tepat waktu', null: '' } as const;

export function closedMessage(notice: Of<'closed'>): Message {
  return message([
    line('✅ ', caseName(notice.named)),
    line(`SELESAI. Tayang ${moment(notice.at, notice.named.timezone)}${PUNCTUAL[`${notice.late}`]}.`),
    ...notice.publications
      .slice(0, CHANNELS_SHOWN)
      .map(({ channel, link, waived }) =>
        waived === undefined
          ? publicationLine(channel, link)
          : line('• ', said(channelName(channel), 60), ': dilewati, ', quoted(waived, 160)),
      ),
    line('Register sudah dilengkapi.'),
  ]);
}

export function publicationLine(channel: string, link: string | null): Line {
  return line('• ', said(channelName(channel), 60), ': ', link === null ? 'bukti foto' : said(link, 500));
}

export function withdrawnMessage(notice: Of<'withdrawn'>): Message {
  return message([
    line('✖️ ', caseName(notice.named)),
    line('Ditarik oleh ', said(notice.person, 80), '. Tidak ada lagi yang perlu dikerjakan untuk konten ini.'),
  ]);
}

export function dueMovedMessage(notice: Of<'due-moved'>, context: WordingContext): Message {
  const { dueAt, named } = notice;
  return message([
    line('🗓️ ', caseName(named)),
    line(
      'Kalender kantor berubah. ',
      dueAt === null ? 'Langkah ini kini tanpa tenggat.' : `Tenggat menjadi ${nearMoment(dueAt, named.timezone, context.now)}.`,
    ),
  ]);
}

export function noHolderMessage(notice: Of<'no-holder'>): Message {
  return message([
    line('⚠️ ', caseName(notice.named)),
    line('Langkah: ', said(readable(notice.step), 160)),
    line('Tertahan: belum ada pegawai dengan peran ', roleName(notice.role), '.'),
    line('Mohon tunjuk pegawainya melalui admin layanan; kartu dikirim begitu peran itu terisi.'),
  ]);
}

const CHANNEL_NAMES = { telegram: 'Telegram', whatsapp: 'WhatsApp' } as const;

export function unreachableMessage(notice: Of<'unreachable'>): Message {
  if (notice.instead !== undefined) {
    const { telegram, whatsapp } = CHANNEL_NAMES;
    const [lost, used] = notice.instead === 'telegram' ? [whatsapp, telegram] : [telegram, whatsapp];
    return message([
      line('⚠️ ', said(notice.person, 80), ` tidak dapat dikirimi pesan melalui ${lost}; pemberitahuan dialihkan ke ${used}.`),
      notice.named === null ? null : line('Menyangkut: ', caseName(notice.named)),
      line('Mintalah ia mengirim pesan apa saja ke layanan ini di sana bila ingin memakainya lagi.'),
    ]);
  }
  const why = {
    blocked: 'memblokir layanan ini',
    unbound: 'belum mendaftarkan akun obrolannya',
    unwritten: 'belum pernah menulis ke layanan ini',
    failed: 'tidak dapat dikirimi pesan',
  }[notice.why];
  const repair = {
    blocked: 'Mintalah ia membuka blokir, lalu mengirim /start.',
    unbound: 'Mintalah ia mendaftar dengan kode undangan dari admin.',
    unwritten: 'Mintalah ia mengirim pesan apa saja ke nomor WhatsApp layanan ini.',
    failed: 'Hubungi ia langsung, dan minta admin memeriksa akunnya.',
  }[notice.why];
  return message([
    line('⚠️ ', said(notice.person, 80), ` ${why}, sehingga pemberitahuan tidak sampai.`),
    notice.named === null ? null : line('Menyangkut: ', caseName(notice.named)),
    line(repair),
  ]);
}
