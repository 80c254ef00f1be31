// The questions that only some SOPs ask: class, DIP and SK, source, disposition, the person for a task, a repair, a schedule, a form, a waiver.

import { FORM_MAX, REASON_MAX, REASON_MIN } from '../../src/case/command.ts';
import { isOffline } from '../../src/case/decide-announce.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { INFORMATION_CLASSES } from '../../src/draft/information-class.ts';
import type { AccessibleForm } from '../../src/sop/sop.ts';
import type { Instant } from '../../src/time.ts';
import type { Message } from '../channel.ts';
import { type ButtonPlace, button, onePerRow, pairs } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { freeLabel } from './labels.ts';
import { about } from './named.ts';
import { channelName, className, formName } from './terms.ts';
import { asking, bold, count, type Line, line, said } from './text.ts';
import { nearMoment } from './time.ts';

type QuestionNotice = Extract<Notice, { notice: 'question' }>;
/** More names than this are written, not pressed. */
const CANDIDATES_SHOWN = 12;

function placeOf(notice: QuestionNotice): ButtonPlace | null {
  return notice.index === undefined ? null : { case: notice.named.case, index: notice.index };
}

const DETAIL_QUESTIONS: Record<'dip' | 'sk' | 'source' | 'disposition', Line[]> = {
  dip: [line('📝 Tulis ', bold('nomor DIP'), ': nomor informasi ini dalam Daftar Informasi Publik.'), line('Contoh: 12/DIP/2026')],
  sk: [line('📝 Tulis ', bold('SK'), ' yang menetapkan daftar itu: nomor dan waktunya.'), line('Contoh: 188/45/2026, 5 Januari 2026')],
  source: [line('📝 Tulis ', bold('sumber'), ' bahan ini.'), line('Contoh: liputan sendiri di Terminal Antar Lintas Batas')],
  disposition: [
    line('📝 Tulis ', bold('disposisi'), ': nomor, waktu, dan isinya.'),
    line('Contoh: 045/2026, 20 November 2026: siapkan pengumuman layanan'),
  ],
};

export function detailQuestion(ask: keyof typeof DETAIL_QUESTIONS): Message {
  return asking(DETAIL_QUESTIONS[ask]);
}

/** What may never be published stands among the buttons, so that it is refused by its name and not put under another. */
export function classQuestion(notice: QuestionNotice, context: WordingContext): Message {
  const place = placeOf(notice);
  const allowed = notice.missing?.part === 'class' ? notice.missing.allowed : null;
  const shown = INFORMATION_CLASSES.map((one, item) => ({ one, item })).filter(
    ({ one }) => one === 'dikecualikan' || allowed === null || allowed.includes(one),
  );
  return asking(
    [line('📝 Apa ', bold('klasifikasi'), ' informasi ini?'), line('Pilih salah satu tombol.')],
    place === null ? [] : pairs(shown.map(({ one, item }) => button(context, place, 'informationClass', { item, label: className(one) }))),
  );
}

export function assigneeQuestion(notice: QuestionNotice, context: WordingContext): Message {
  const place = placeOf(notice);
  const names = (notice.suggestions ?? []).slice(0, CANDIDATES_SHOWN);
  return asking(
    [
      line('📝 Siapa ', bold('pelaksana'), ' tugas ini?'),
      line(names.length === 0 ? 'Tulis namanya.' : 'Pilih tombol, atau tulis namanya.'),
    ],
    place === null
      ? []
      : onePerRow(names.map((name, item) => button(context, place, 'assignee', { item, label: freeLabel(name, 'Pelaksana') }))),
  );
}

const LINK_EXAMPLES: Record<string, string | undefined> = {
  website: 'https://ppid.contoh.go.id/berita/pasar-murah',
  media_online: 'https://ppid.contoh.go.id/pengumuman/layanan-aduan',
  portal_satu_data: 'https://data.contoh.go.id/dataset/harga-acuan',
  aplikasi: 'https://aplikasi.contoh.go.id/informasi/12',
};

export function linkQuestion(notice: QuestionNotice, channel: string, context: WordingContext): Message {
  const place = placeOf(notice);
  const others = place === null ? [] : (notice.channels ?? []);
  const name = said(channelName(channel), 60);
  const asked = isOffline(channel)
    ? [
        line('📢 ', about(notice.named), 'kirim ', bold('foto'), ' sebagai bukti di ', name, ', atau tautan ke foto itu.'),
        line('Foto harus memperlihatkan pengumuman yang terpasang.'),
      ]
    : [
        line('📢 ', about(notice.named), 'kirim ', bold('tautan'), ' tayangan di ', name, ', atau foto sebagai bukti.'),
        line(`Contoh: ${LINK_EXAMPLES[channel] ?? 'https://www.instagram.com/p/abc123'}`),
      ];
  return asking(
    [...asked, others.length > 0 ? line('Tayang di kanal lain? Pilih tombolnya.') : null],
    place === null
      ? []
      : pairs(
          others.map((one) => button(context, place, 'channel', { item: one.item, label: freeLabel(channelName(one.channel), 'Kanal') })),
        ),
  );
}

export function repairQuestion(notice: QuestionNotice, part: 'caption' | 'narrative'): Message {
  return asking([
    line(
      '✏️ ',
      about(notice.named),
      'kirim ',
      bold(part === 'caption' ? 'caption' : 'narasi'),
      ' yang sudah diperbaiki, lengkap dalam satu pesan.',
    ),
    line('Naskah itu menjadi revisi berikutnya atas nama Bapak/Ibu. Tidak jadi? Ketik /batal.'),
  ]);
}

export function scheduleQuestion(notice: QuestionNotice, proposed: Instant | null, context: WordingContext): Message {
  const place = placeOf(notice);
  if (proposed === null)
    return asking([
      line('🗓️ ', about(notice.named), 'kapan ', bold('jadwal tayang'), ' konten ini? Tulis tanggal dan jam.'),
      line('Contoh: 24-11-2026 09.00, besok 09.00, hari ini 15.30, atau sekarang.'),
    ]);
  const when = nearMoment(proposed, notice.named.timezone, context.now);
  return asking(
    [line(`⚠️ ${capital(when)} `, ...strange(notice), '.'), line('Tetap dijadwalkan? Bila tidak, tulis tanggal dan jam yang lain.')],
    place === null ? [] : [[button(context, place, 'scheduleAnyway')]],
  );
}

function strange({ unusual }: QuestionNotice): Line {
  if (!unusual?.freeDay) return line('di luar jam kantor');
  return unusual.holiday === null ? line('bukan hari kerja') : line('hari libur (', said(unusual.holiday, 80), ')');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function formQuestion(notice: QuestionNotice, form: AccessibleForm): Message {
  return asking([
    line('♿ ', about(notice.named), 'kirim ', bold(`bentuk ${formName(form)}`), ' sebagai berkas atau teks.'),
    line(`Teks paling banyak ${count(FORM_MAX)} karakter. Tidak jadi? Ketik /batal.`),
  ]);
}

export function waiveQuestion(notice: QuestionNotice, channel: string): Message {
  return asking([
    line(
      '⏭️ ',
      about(notice.named),
      'tulis ',
      bold('alasan'),
      ' melewati ',
      said(channelName(channel), 60),
      `, ${REASON_MIN}–${REASON_MAX} karakter.`,
    ),
    line('Alasan itu tercatat dalam register. Tidak jadi? Ketik /batal.'),
  ]);
}
