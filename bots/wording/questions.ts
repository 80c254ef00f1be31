// The questions. Each of the maker's five names its own thing and none of the others, so that everybody (and every check) knows which is asked.
import { REASON_MAX, REASON_MIN, RESPONSE_MAX } from '../../src/case/command.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { itemOfDay } from '../../src/conversation/day-meant.ts';
import { itemOf } from '../../src/conversation/reference.ts';
import type { Button, Message } from '../channel.ts';
import { type ButtonPlace, button, onePerRow } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { freeLabel } from './labels.ts';
import {
  assigneeQuestion,
  classQuestion,
  detailQuestion,
  formQuestion,
  linkQuestion,
  repairQuestion,
  scheduleQuestion,
  waiveQuestion,
} from './more-questions.ts';
import { about, caseName } from './named.ts';
import { kindName } from './terms.ts';
import { asking, bold, line, listed, message, quoted } from './text.ts';
import { dayAfter, dayOf, longDate } from './time.ts';

type QuestionNotice = Extract<Notice, { notice: 'question' }>;
const SUGGESTIONS_SHOWN = 6;

export function questionMessage(notice: QuestionNotice, context: WordingContext): Message {
  const { question } = notice;
  switch (question.ask) {
    case 'title':
      return asking([line('📝 Tulis ', bold('nama kegiatan'), '.'), line('Contoh: Pasar Murah Kelurahan Langkai')]);
    case 'date':
      return dateQuestion(notice, context);
    case 'media':
      return mediaQuestion(notice);
    case 'caption':
      return captionQuestion(notice);
    case 'narrative':
      return asking([
        line('📝 Kirim ', bold('narasi'), ' berita: apa, siapa, kapan, di mana, mengapa, dan bagaimana.'),
        line('Tulis dalam satu pesan.'),
      ]);
    case 'reason':
      return reasonQuestion(notice, context);
    case 'response':
      return asking([
        line('📝 ', about(notice.named), 'tulis ', bold('tanggapan'), ` Bapak/Ibu, paling banyak ${RESPONSE_MAX} karakter.`),
        line('Tanggapan ikut tercatat saat tombol pada kartu ditekan. Tidak jadi? Ketik /batal.'),
      ]);
    case 'link':
      return linkQuestion(notice, question.channel, context);
    case 'class':
      return classQuestion(notice, context);
    case 'dip':
    case 'sk':
    case 'source':
    case 'disposition':
      return detailQuestion(question.ask);
    case 'assignee':
      return assigneeQuestion(notice, context);
    case 'repair':
      return repairQuestion(notice, question.part);
    case 'schedule':
      return scheduleQuestion(notice, question.proposed, context);
    case 'form':
      return formQuestion(notice, question.form);
    case 'waive':
      return waiveQuestion(notice, question.channel);
    case 'what-is-it':
      return whatIsIt(notice, question, context);
  }
}

function placeOf(notice: QuestionNotice): ButtonPlace | null {
  return notice.index === undefined ? null : { case: notice.named.case, index: notice.index };
}

function dateQuestion(notice: QuestionNotice, context: WordingContext): Message {
  const today = dayOf(context.now, notice.named.timezone);
  const place = placeOf(notice);
  return asking(
    [
      line('🗓️ Pada ', bold('tanggal'), ' berapa kegiatan berlangsung?'),
      line(`Hari ini ${longDate(today)}; kemarin ${longDate(dayAfter(today, -1))}.`),
      line('Pilih tombol, atau tulis seperti 20-11-2026.'),
    ],
    place === null
      ? []
      : [
          [
            button(context, place, 'today', { item: itemOfDay(today) }),
            button(context, place, 'yesterday', { item: itemOfDay(dayAfter(today, -1)) }),
          ],
        ],
  );
}

function mediaQuestion(notice: QuestionNotice): Message {
  const missing = notice.missing?.part === 'media' ? notice.missing : null;
  const least = missing === null ? '' : `, minimal ${missing.min} berkas`;
  const more = missing === null ? 0 : missing.min - missing.have - missing.pending;
  const saving = missing !== null && missing.pending > 0 ? `, ${missing.pending} sedang disimpan` : '';
  const kinds = listed((missing?.kinds ?? ['photo', 'video']).map(kindName), 'atau');
  return message([
    line('📷 Kirim ', bold('dokumentasi'), ' kegiatan (', ...kinds, `)${least}.`),
    missing === null || missing.have + missing.pending === 0
      ? null
      : line(`Sudah ada ${missing.have}${saving}${more > 0 ? `; kirim ${more} lagi` : ''}.`),
  ]);
}

function captionQuestion(notice: QuestionNotice): Message {
  const { max, length } = notice.missing?.part === 'caption' ? notice.missing : {};
  if (max !== undefined && length !== undefined) {
    return asking([
      line('📝 Tulis ', bold('caption'), ` yang lebih pendek, paling banyak ${max} karakter; sekarang ${length}.`),
      line('Spasi, tagar, dan emoji ikut dihitung.'),
    ]);
  }
  return asking([
    line('📝 Tulis ', bold('caption'), max === undefined ? '.' : `, paling banyak ${max} karakter.`),
    max === undefined ? line('Batas panjangnya tertera pada kartu draf.') : line('Spasi, tagar, dan emoji ikut dihitung.'),
  ]);
}

function reasonQuestion(notice: QuestionNotice, context: WordingContext): Message {
  const place = placeOf(notice);
  const ready: Button[] = [];
  if (place !== null) {
    for (const [item, text] of (notice.suggestions ?? []).slice(0, SUGGESTIONS_SHOWN).entries()) {
      ready.push(button(context, place, 'reason', { item, label: freeLabel(text, 'Alasan') }));
    }
  }
  return asking(
    [
      line('❌ ', caseName(notice.named)),
      line(
        ready.length === 0 ? 'Tulis ' : 'Pilih atau tulis ',
        bold('alasan'),
        ` penolakan, ${REASON_MIN}–${REASON_MAX} karakter: apa yang keliru dan apa yang harus diperbaiki.`,
      ),
      line('Belum ada yang diputus sebelum alasan dikirim. Tidak jadi? Ketik /batal.'),
    ],
    onePerRow(ready),
  );
}

function whatIsIt(notice: QuestionNotice, { text, source }: { text: string; source: string }, context: WordingContext): Message {
  const place = placeOf(notice);
  // Each button stands for the text above it, not for whichever came last.
  const item = itemOf(source);
  return message(
    [line('❓ Untuk apa teks ini?'), line(quoted(text, 300)), line('Pilih salah satu tombol; sebelum itu, teks belum dipakai.')],
    place === null
      ? []
      : onePerRow((['asTitle', 'asCaption', 'asNarrative'] as const).map((action) => button(context, place, action, { item }))),
  );
}
