// Every notice in words, and the short line that answers a tap.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { button } from './buttons.ts';
import { chainHeadMessage } from './chain-head.ts';
import { sopChosenMessage } from './chosen-sop.ts';
import { NAMES_FROM_IDS, type Names, type WordingContext } from './context.ts';
import { cut } from './cut.ts';
import { deputyDroppedMessage, deputyListMessage, deputyMessage, deputyQuestion } from './deputies.ts';
import { exactlyMessage } from './exactly.ts';
import { faultLines } from './faults.ts';
import { RESUME_DRAFT } from './labels.ts';
import { digestMessage, ladderMessage } from './ladder.ts';
import {
  chooseMediaMessage,
  chooseSopMessage,
  moreWaitingMessage,
  queueMessage,
  registerMessage,
  statusMessage,
  statusOneMessage,
} from './lists.ts';
import { enrolledMessage, helpMessage, operatorMessage, troubleMessage, welcomeMessage } from './meeting.ts';
import { caseName } from './named.ts';
import { questionMessage } from './questions.ts';
import { noMonthMessage, recapMessage } from './recap.ts';
import {
  assignedMessage,
  closedMessage,
  dueMovedMessage,
  formNotedMessage,
  noHolderMessage,
  passedMessage,
  receiptMessage,
  repairedMessage,
  returnedMessage,
  scheduledMessage,
  sentBackMessage,
  takenMessage,
  unreachableMessage,
  withdrawnMessage,
} from './receipts.ts';
import { asksAgain, refusalLines, STRANGER } from './refusals.ts';
import { resendMessage } from './silence.ts';
import { nudgedMessage, reassignedMessage, reassignMessage } from './supervised.ts';
import { asking, bold, line, message, plain, said } from './text.ts';
import { urgentAheadMessage } from './urgent.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;

export function noticeMessage(notice: Notice, context: WordingContext): Message {
  const words = wordsOf(notice, context);
  if (!words.asks || !context.group) return words;
  return {
    ...words,
    runs: [...words.runs, ...line('\n', bold('Balas pesan ini'), ': di grup hanya balasan yang dihitung sebagai jawaban.')],
  };
}

function wordsOf(notice: Notice, context: WordingContext): Message {
  switch (notice.notice) {
    case 'question':
      return questionMessage(notice, context);
    case 'receipt':
      return receiptMessage(notice, context);
    case 'returned':
      return returnedMessage(notice, context);
    case 'sent-back':
      return sentBackMessage(notice);
    case 'urgent-ahead':
      return urgentAheadMessage(notice);
    case 'passed':
      return passedMessage(notice);
    case 'closed':
      return closedMessage(notice);
    case 'assigned':
      return assignedMessage(notice, context);
    case 'taken':
      return takenMessage(notice);
    case 'repaired':
      return repairedMessage(notice);
    case 'scheduled':
      return scheduledMessage(notice);
    case 'form-noted':
      return formNotedMessage(notice);
    case 'withdrawn':
      return withdrawnMessage(notice);
    case 'ladder':
      return ladderMessage(notice, context);
    case 'digest':
      return digestMessage(notice, context);
    case 'nudged':
      return nudgedMessage(notice, context);
    case 'reassign':
      return reassignMessage(notice, context);
    case 'reassigned':
      return reassignedMessage(notice, context);
    case 'due-moved':
      return dueMovedMessage(notice, context);
    case 'no-holder':
      return noHolderMessage(notice);
    case 'unreachable':
      return unreachableMessage(notice);
    case 'recap':
      return recapMessage(notice);
    case 'no-month':
      return noMonthMessage(notice);
    case 'refusal':
      return refusalMessage(notice, context);
    case 'welcome':
      return welcomeMessage(notice);
    case 'enrolled':
      return enrolledMessage(notice);
    case 'help':
      return helpMessage(notice, context.inWords);
    case 'say-exactly':
      return exactlyMessage(notice);
    case 'queue':
      return queueMessage(notice, context);
    case 'more-waiting':
      return moreWaitingMessage(notice);
    case 'status':
      return statusMessage(notice, context);
    case 'status-one':
      return statusOneMessage(notice, context);
    case 'register':
      return registerMessage(notice);
    case 'choose-sop':
      return chooseSopMessage(notice, context);
    case 'sop-chosen':
      return sopChosenMessage(notice);
    case 'choose-media':
      return chooseMediaMessage(notice, context);
    case 'deputy':
      return deputyMessage(notice);
    case 'deputy-list':
      return deputyListMessage(notice, context);
    case 'deputy-question':
      return deputyQuestion(notice, context);
    case 'deputy-dropped':
      return deputyDroppedMessage();
    case 'trouble':
      return troubleMessage(notice);
    case 'resend':
      return resendMessage(notice, context.inWords);
    case 'chain-head':
      return chainHeadMessage(notice);
    case 'operator':
      return operatorMessage(notice);
    default:
      return shortMessage(notice, context);
  }
}

function refusalMessage(notice: Of<'refusal'>, context: WordingContext): Message {
  const lines = refusalLines(notice.refusal, notice.named, context.names);
  return asksAgain(notice.refusal) ? asking(lines) : message(lines);
}

type Short = Of<
  | 'media-fault'
  | 'media-doubled'
  | 'media-late'
  | 'album-rest'
  | 'edit-ignored'
  | 'calendar-missing'
  | 'stranger'
  | 'unsupported'
  | 'not-understood'
  | 'cancelled'
  | 'draft-open'
  | 'set-aside'
  | 'ready'
  | 'response-noted'
  | 'tap-taken'
>;

function shortMessage(notice: Short, context: WordingContext): Message {
  switch (notice.notice) {
    case 'stranger':
      return message([
        line(STRANGER),
        notice.code ? line('Kode tidak dikenal atau sudah kedaluwarsa; mintalah kode baru kepada admin Anda.') : null,
      ]);
    case 'media-fault':
      return message(faultLines(notice.why, notice.name, notice.of));
    case 'media-doubled':
      return message([
        line('ℹ️ Berkas ini sudah ada, sehingga tidak dihitung dua kali.'),
        line('Kirim berkas lain bila masih ada yang kurang.'),
      ]);
    case 'media-late':
      return message([
        line('⚠️ ', caseName(notice.named)),
        line('Satu berkas tiba setelah konten diserahkan. Berkas itu tersimpan, tetapi tidak ikut diserahkan.'),
        line('Bila konten dikembalikan, berkas itu sudah ada dalam draf; tidak perlu dikirim ulang.'),
      ]);
    case 'album-rest':
      return message([
        line('ℹ️ ', caseName(notice.named)),
        line('Satu berkas dari album ini dipakai sebagai jawaban; berkas lainnya tidak ikut.'),
      ]);
    case 'edit-ignored':
      return message([
        line('ℹ️ ', caseName(notice.named)),
        line('Pesan yang Anda sunting sudah diserahkan, sehingga isinya tidak ikut berubah.'),
        line('Isi dapat diubah lagi bila konten dikembalikan.'),
      ]);
    case 'calendar-missing':
      return message([
        line(`🗓️ Hari libur nasional ${notice.year} belum ada di Alur.`),
        line('Tenggat pada tahun itu dihitung tanpa hari libur tersebut.'),
        line('Mohon admin menambahkannya pada holidays di berkas instansi, atau memperbarui Alur.'),
      ]);
    case 'unsupported':
      return message([
        line('⚠️ ', unsupportedName(notice.name), ' tidak dapat diproses.'),
        line(
          notice.name === 'voice'
            ? 'Kirim rekamannya sebagai berkas audio, atau foto, video, dokumen, atau teks.'
            : 'Kirim foto, video, dokumen, atau teks.',
        ),
      ]);
    case 'not-understood':
      return message([line('ℹ️ Pesan ini belum dapat dipahami. Ketik /bantuan untuk panduan singkat.')]);
    case 'ready':
      return message([line(`✅ Semua sudah lengkap. Periksa kartu draf, lalu tekan ${notice.task ? 'TUGASKAN' : 'SERAHKAN'}.`)]);
    case 'response-noted':
      return message([
        line('✅ ', caseName(notice.named)),
        line('Tanggapan dicatat dan ikut tersimpan saat ', said(notice.accept, 48), ' ditekan pada kartu.'),
      ]);
    case 'tap-taken':
      return message([line(TAP_TAKEN[notice.what]), notice.named ? caseName(notice.named) : null]);
    case 'cancelled':
    case 'draft-open':
    case 'set-aside':
      return draftMessage(notice, context);
  }
}

const TAP_TAKEN: Record<Of<'tap-taken'>['what'], string> = {
  'handed-in': '✅ Konten diserahkan.',
  received: '✅ Penerimaan dicatat.',
  accepted: '✅ Keputusan dicatat.',
  rejected: '✅ Penolakan dicatat; konten dikembalikan.',
  asked: '📝 Silakan jawab pertanyaan yang baru dikirim.',
  noted: '✅ Sudah dicatat.',
  resumed: '✏️ Draf dibuka kembali.',
  assigned: '✅ Tugas diteruskan.',
  taken: '✍️ Konten ini kini bagian Anda.',
  shown: '🔍 Berkas dan teksnya dikirim lagi.',
  nudged: '🔔 Pengingat disampaikan kepada penanggung jawab.',
  reassigned: '👤 Sudah dialihkan.',
};

const OTHERWISE = {
  drop: 'Lanjutkan mengirim isinya. Tidak jadi? Ketik /batal.',
  begin: 'Draf ini tidak dapat dibatalkan. Untuk konten lain, ketik /kirim.',
  nothing: 'Lanjutkan mengirim isinya. Draf ini tidak dapat dibatalkan.',
};

function draftMessage(notice: Of<'cancelled' | 'draft-open' | 'set-aside'>, context: WordingContext): Message {
  const { named } = notice;
  switch (notice.notice) {
    case 'cancelled':
      return named.number === null
        ? message([line('✖️ Dibatalkan: ', caseName(named), '.'), line('Kirim foto atau video, atau ketik /kirim, untuk memulai lagi.')])
        : message([line('✖️ Dibatalkan. Tidak ada yang berubah pada ', caseName(named), '.')]);
    case 'draft-open':
      return message([line('📝 Masih terbuka: ', caseName(named), '.'), line(OTHERWISE[notice.may ?? 'drop'])]);
    case 'set-aside':
      return message(
        [line('📌 Disimpan untuk nanti: ', caseName(named), '.'), line('Yang Anda kirim sekarang masuk ke draf lain.')],
        [[button(context, { case: named.case, index: notice.index }, 'resume', { label: RESUME_DRAFT })]],
      );
  }
}

const UNSUPPORTED: Record<string, string> = {
  sticker: 'Stiker',
  contact: 'Kontak',
  location: 'Lokasi',
  voice: 'Pesan suara',
  poll: 'Jajak pendapat',
  'view-once': 'Foto atau video sekali lihat',
};

function unsupportedName(name: string): string {
  return Object.hasOwn(UNSUPPORTED, name) ? (UNSUPPORTED[name] ?? '') : 'Jenis pesan ini';
}

/** Telegram shows at most this much when a tap is answered. */
export const ANSWER_MAX = 200;

/** The line that answers a tap, at most 200 UTF-16 units; whole lines as far as they fit. */
export function answerText(notice: Notice | null, names: Names = NAMES_FROM_IDS): string | null {
  if (notice === null) return null;
  // Buttons are not shown in an answer, and a time without "today" is always right.
  const { runs } = noticeMessage(notice, { now: 0, names, button: () => ({ copy: '' }) });
  const [first = '', ...others] = plain(runs).split('\n');
  let text = first;
  for (const each of others) {
    if (text.length + 1 + each.length > ANSWER_MAX) break;
    text = `${text} ${each}`;
  }
  return cut(text, ANSWER_MAX);
}
