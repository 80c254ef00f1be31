// Lists that a person asks for: his queue, the state of cases, the register, and what he chooses from.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { button, onePerRow, pairs, WHOLE_CASE } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { freeLabel } from './labels.ts';
import { caseName } from './named.ts';
import { peopleList } from './people.ts';
import { seenLinesOf } from './seen.ts';
import { channelName, happening, kindName, readable, statusName } from './terms.ts';
import { type Line, line, message, type Piece, quoted, said } from './text.ts';
import { dayOf, monthName, nearMoment, shortDate, shortMoment } from './time.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;
const ITEMS_SHOWN = 8;
const ROWS_SHOWN = 20;
const LINES_SHOWN = 12;

function due(dueAt: number | null, late: boolean, timezone: string, context: WordingContext): Piece {
  if (dueAt === null) return 'tanpa tenggat';
  const when = nearMoment(dueAt, timezone, context.now);
  return late ? `⚠️ TERLAMBAT, tenggat ${when}` : `tenggat ${when}`;
}

function rest(total: number, shown: number): Line | null {
  return total > shown ? line(`… dan ${total - shown} lagi.`) : null;
}

function whereCards(cards: Of<'queue'>['cards']): string {
  if (cards === undefined) return 'Kartunya ada di obrolan ini.';
  if (cards === 'elsewhere') return 'Ketik /antrean di obrolan pribadi dengan layanan ini untuk kartunya.';
  const { sent, left } = cards;
  if (left === 0) return 'Kartu yang belum ada di obrolan ini dikirim sekarang.';
  return `${sent} kartu yang belum ada di obrolan ini dikirim sekarang; ${left} lagi bila Anda mengetik /antrean kembali.`;
}

export function moreWaitingMessage({ left }: Of<'more-waiting'>): Message {
  return message([line(`🔔 Masih ada ${left} konten lain yang menunggu Anda. Ketik /antrean untuk kartunya.`)]);
}

export function queueMessage(notice: Of<'queue'>, context: WordingContext): Message {
  const items = notice.items.slice(0, ITEMS_SHOWN);
  if (items.length === 0) return message([line('✅ Tidak ada konten yang menunggu Anda.')]);
  return message([
    line(`🔔 Menunggu Anda: ${notice.items.length} konten`),
    ...items.map((item, at) =>
      line(
        `${at + 1}. `,
        caseName(item.named),
        ' – ',
        said(readable(item.step), 100),
        ', ',
        due(item.dueAt, item.late, item.named.timezone, context),
      ),
    ),
    rest(notice.items.length, items.length),
    line(whereCards(notice.cards)),
  ]);
}

export function statusMessage(notice: Of<'status'>, context: WordingContext): Message {
  const items = notice.items.slice(0, ITEMS_SHOWN);
  if (items.length === 0)
    return message([line('ℹ️ Belum ada konten yang berjalan.'), line('Kirim foto atau video, atau ketik /kirim, untuk memulai.')]);
  return message([
    line(`📌 Keadaan ${notice.items.length} konten`),
    ...items.map((item, at) => {
      const people = peopleList(item.holders);
      return line(
        `${at + 1}. `,
        caseName(item.named),
        [': ', said(statusName(item.status), 60)],
        item.step === null ? null : [' – ', said(readable(item.step), 100)],
        people === null ? null : [' oleh ', people],
        item.step === null ? '.' : [', ', due(item.dueAt, item.late, item.named.timezone, context), '.'],
      );
    }),
    rest(notice.items.length, items.length),
    line('Riwayat satu konten: /status diikuti nomornya.'),
  ]);
}

export function statusOneMessage(notice: Of<'status-one'>, context: WordingContext): Message {
  const { named } = notice;
  const lines = notice.lines.slice(-LINES_SHOWN);
  const people = peopleList(notice.holders);
  const earlier = notice.lines.length - lines.length;
  return message([
    line('📌 ', caseName(named)),
    line('Keadaan: ', said(statusName(notice.status), 120), ...(notice.as ?? []).flatMap((one) => [', ', said(one, 60)]), '.'),
    people === null ? null : line('Menunggu: ', people, '.'),
    ...seenLinesOf(notice.seen, named.timezone, context.now),
    notice.dueAt === null ? null : line(`Tenggat: ${nearMoment(notice.dueAt, named.timezone, context.now)}.`),
    earlier > 0 ? line(`Riwayat (${earlier} catatan sebelumnya tidak ditampilkan):`) : lines.length > 0 ? line('Riwayat:') : null,
    ...lines.map(({ at, what, who, note }) =>
      line(
        `• ${shortMoment(at, named.timezone)}: `,
        said(happening(what), 120),
        who === null ? null : [' – ', said(who, 80)],
        note === null || note === '' ? null : what === 'published' ? [', ', said(channelName(note), 160)] : [', ', quoted(note, 160)],
      ),
    ),
  ]);
}

export function registerMessage(notice: Of<'register'>): Message {
  const rows = notice.rows.slice(0, ROWS_SHOWN);
  const total = notice.total ?? notice.rows.length;
  if (rows.length === 0) return message([line('📌 Register ', said(monthName(notice.month), 40), ': belum ada konten.')]);
  return message([
    line('📌 Register ', said(monthName(notice.month), 40), `: ${total} konten`),
    ...rows.map(({ named, status, at }) =>
      line('• ', at === null ? null : `${shortDate(dayOf(at, named.timezone))} `, caseName(named), ': ', said(statusName(status), 60)),
    ),
    rest(total, rows.length),
  ]);
}

export function chooseSopMessage(notice: Of<'choose-sop'>, context: WordingContext): Message {
  const place = { case: notice.named.case, index: WHOLE_CASE };
  return message(
    [line('📝 Konten ini mengikuti SOP yang mana?'), line('Pilih salah satu tombol.')],
    onePerRow(notice.sops.map((sop, item) => button(context, place, 'startSop', { item, label: freeLabel(sop.title, 'SOP') }))),
  );
}

export function chooseMediaMessage(notice: Of<'choose-media'>, context: WordingContext): Message {
  if (notice.media.length === 0) return message([line('ℹ️ Belum ada berkas yang dapat dihapus.')]);
  const place = { case: notice.named.case, index: { step: notice.step ?? 0, round: notice.round, revision: 0 } };
  const buttons = notice.media.map(({ index, kind, name }, at) => {
    const label = `🗑️ ${at + 1}. ${kindName(kind)}${name === null ? '' : ` ${name}`}`;
    return button(context, place, 'dropMedia', { item: index, label: freeLabel(label, 'Hapus') });
  });
  return message([line('🗑️ Berkas mana yang dihapus?'), line('Urutannya sama dengan urutan pengiriman.')], pairs(buttons));
}
