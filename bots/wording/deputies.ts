// What is said of deputies: who acts for whom and when, and the questions of /wakil.
import type { Refusal } from '../../src/case/command.ts';
import type { NamedDeputy, Notice } from '../../src/case/outgoing.ts';
import { itemOfDay } from '../../src/conversation/day-meant.ts';
import { CAPACITY_TITLE } from '../../src/office/deputies.ts';
import type { LocalDate } from '../../src/time.ts';
import type { Message } from '../channel.ts';
import { button, onePerRow, WHOLE_CASE } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { freeLabel } from './labels.ts';
import { peopleList, rolesList } from './people.ts';
import { asking, bold, type Line, line, message, type Piece, said } from './text.ts';
import { longDate } from './time.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;
/** More colleagues than this are written, not pressed. */
const CANDIDATES_SHOWN = 12;
const DEPUTIES_SHOWN = 10;

/** "Senin, 23 November 2026 sampai Jumat, 27 November 2026" */
function days(from: LocalDate, to: LocalDate | null): string {
  if (to === null) return `mulai ${longDate(from)} sampai pemberitahuan lebih lanjut`;
  return from === to ? longDate(from) : `${longDate(from)} sampai ${longDate(to)}`;
}

/** "Plh. Ketua PPID Pembantu: Maya, a.n. Kartika, Senin, 23 November 2026 sampai …" */
function deputyLine({ capacity, by, for: principal, roles, from, to, letter }: NamedDeputy): Piece {
  return [
    `${CAPACITY_TITLE[capacity]} `,
    rolesList(roles),
    ': ',
    said(by, 80),
    principal === null ? null : [', a.n. ', said(principal, 80)],
    `, ${days(from, to)}`,
    letter === null ? null : [' (surat ', said(letter, 60), ')'],
    '.',
  ];
}

const MEANS: Record<Of<'deputy'>['phase'], Record<Of<'deputy'>['you'], string>> = {
  set: {
    deputy: 'Selama itu, kartu peran ini juga dikirim kepada Anda, dan keputusan Anda dicatat atas nama yang diwakili.',
    principal: 'Selama itu, kartu juga dikirim kepadanya. Anda tetap dapat memutus; yang lebih dahulu yang berlaku.',
    supervisor: 'Kartu juga dikirim kepadanya selama itu.',
  },
  begun: {
    deputy: 'Mulai sekarang kartu peran ini juga dikirim kepada Anda, dan keputusan Anda dicatat atas nama yang diwakili.',
    principal: 'Mulai sekarang kartu juga dikirim kepadanya. Anda tetap dapat memutus; yang lebih dahulu yang berlaku.',
    supervisor: 'Kartu baru diteruskan kepadanya.',
  },
  ended: {
    deputy: 'Sudah berakhir. Kartu yang masih ada di obrolan ini tidak dapat Anda putus lagi.',
    principal: 'Sudah berakhir. Keputusan kembali pada pemegang peran.',
    supervisor: 'Sudah berakhir. Keputusan kembali pada pemegang peran.',
  },
};

export function deputyMessage({ phase, deputy, you }: Of<'deputy'>): Message {
  return message([line('ℹ️ ', deputyLine(deputy)), line(MEANS[phase][you])]);
}

export function deputyListMessage({ deputies }: Of<'deputy-list'>, context: WordingContext): Message {
  if (deputies.length === 0)
    return message([line('📌 Belum ada pelaksana harian (Plh.) atau pelaksana tugas (Plt.) yang menyangkut Anda.')]);
  const shown = deputies.slice(0, DEPUTIES_SHOWN);
  return message(
    [
      line('📌 Pelaksana harian (Plh.) dan pelaksana tugas (Plt.) yang menyangkut Anda'),
      ...shown.map((deputy) => line('• ', deputyLine(deputy))),
      deputies.length > shown.length ? line(`dan ${deputies.length - shown.length} lainnya.`) : null,
    ],
    onePerRow(
      shown.flatMap(({ id, by }) =>
        id === null
          ? []
          : [button(context, { case: id, index: WHOLE_CASE }, 'deputyEnd', { label: freeLabel(`✖️ Akhiri: ${by}`, 'Akhiri') })],
      ),
    ),
  );
}

const DROP = 'Tidak jadi? Ketik /batal.';

export function deputyQuestion(notice: Of<'deputy-question'>, context: WordingContext): Message {
  const place = { case: notice.id, index: WHOLE_CASE };
  const by = notice.by === null ? null : said(notice.by, 80);
  switch (notice.ask) {
    case 'whom': {
      const shown = notice.candidates.slice(0, CANDIDATES_SHOWN);
      return asking(
        [
          line('📝 Siapa yang menjadi ', bold('wakil'), ' Bapak/Ibu sebagai ', rolesList(notice.roles), '?'),
          line(shown.length < notice.candidates.length ? 'Pilih tombol, atau tulis namanya.' : 'Pilih tombolnya.', ` ${DROP}`),
        ],
        onePerRow(
          shown.map(({ item, name }, at) =>
            button(context, place, 'deputyWhom', { item, label: freeLabel(`${at + 1}. ${name}`, 'Wakil') }),
          ),
        ),
      );
    }
    case 'from':
      return asking(
        [
          line(
            '🗓️ ',
            by,
            ' mewakili ',
            bold('mulai'),
            ' kapan?',
            notice.today === undefined ? null : ` Hari ini ${longDate(notice.today)}.`,
          ),
          line(`Pilih tombol, atau tulis seperti 23-11-2026. ${DROP}`),
        ],
        [[button(context, place, 'today', notice.today === undefined ? {} : { item: itemOfDay(notice.today) })]],
      );
    case 'to':
      return asking([
        line('🗓️ ', by, ' mewakili ', bold('sampai'), ' kapan? Hari itu masih termasuk.'),
        line(`Tulis seperti 27-11-2026. ${DROP}`),
      ]);
    case 'confirm':
      return asking(
        [
          line('📌 Plh. ', rolesList(notice.roles), ': ', by, `, ${days(notice.from ?? '', notice.to)}.`),
          line(`Sudah benar? Tekan TETAPKAN. ${DROP}`),
        ],
        [[button(context, place, 'deputySet')]],
      );
  }
}

export function deputyDroppedMessage(): Message {
  return message([line('✖️ Dibatalkan. Tidak ada wakil yang ditetapkan.')]);
}

const DATE_WRONG: Record<Extract<Refusal, { refused: 'deputy-date' }>['why'], string> = {
  unclear: '❌ tanggal itu belum dapat dibaca.',
  past: '❌ tanggal itu sudah lewat.',
  'before-begin': '❌ tanggal itu sebelum hari mulainya.',
  'too-long': '❌ lebih dari satu tahun; periksa tahunnya.',
};

export type DeputyRefusal = Extract<
  Refusal,
  { refused: 'private-only' | 'deputy-not-meant' | 'deputy-unclear' | 'deputy-date' | 'deputy-collides' }
>;

export function deputyRefusalLines(refusal: DeputyRefusal): Line[] {
  switch (refusal.refused) {
    case 'private-only':
      return [
        line('ℹ️ ini dilakukan di obrolan pribadi dengan layanan ini, bukan di grup.'),
        line('Buka obrolan pribadi, lalu kirim perintah itu di sana.'),
      ];
    case 'deputy-not-meant':
      return [
        line('ℹ️ perintah /wakil untuk pegawai yang menerima, memutus, menjadwalkan, atau menayangkan.'),
        line('Peran Anda tidak memerlukan wakil. Hubungi admin bila ini keliru.'),
      ];
    case 'deputy-unclear':
      return [
        line('❌ nama itu tidak cocok dengan satu orang pun.'),
        refusal.names.length === 0
          ? line('Ketik /wakil untuk memulai lagi.')
          : line('Tulis nama lengkapnya. Yang dapat dipilih: ', peopleList(refusal.names), '.'),
      ];
    case 'deputy-date':
      return [line(DATE_WRONG[refusal.why]), line('Tulis seperti 23-11-2026.')];
    case 'deputy-collides':
      return [
        line('❌ bertumpang tindih dengan ', said(refusal.by, 80), `, ${days(refusal.from, refusal.to)}.`),
        line('Pilih hari lain, atau akhiri yang lama dengan /wakil.'),
      ];
  }
}
