// What the buttons say. Seven of them are pressed by guides and outside checks, compared as letters only: no other button may read like one.
import type { Action } from '../../src/conversation/reference.ts';
import { isFixedWord, lettersOf } from '../../src/sop/fixed-words.ts';
import { oneLine } from './text.ts';

export const LABELS: Record<Action, string> = {
  handIn: '📤 SERAHKAN',
  receive: '✅ DITERIMA',
  accept: '✅ TERIMA',
  reject: '❌ TOLAK',
  respond: '📝 TANGGAPAN',
  published: '📢 SUDAH TAYANG',
  today: '🗓️ Hari ini',
  yesterday: 'Kemarin',
  asTitle: 'Jadikan nama kegiatan',
  asCaption: 'Jadikan caption',
  asNarrative: 'Jadikan narasi',
  editTitle: '✏️ Ubah nama kegiatan',
  editDate: '✏️ Ubah tanggal',
  editCaption: '✏️ Ubah caption',
  editNarrative: '✏️ Ubah narasi',
  editMedia: '🗑️ Hapus berkas',
  dropMedia: '🗑️ Hapus berkas ini',
  resume: '✏️ Perbaiki sekarang',
  cancel: '✖️ Batal',
  chooseSop: 'Pilih SOP',
  startSop: '📝 Mulai konten baru',
  reason: 'Pakai alasan ini',
  nudge: '🔔 Ingatkan',
  show: '🔍 Lihat',
  reassign: '👤 Alihkan',
  reassignTo: 'Pilih penerima',
  waive: 'LEWATI KANAL',
  assign: '📤 TUGASKAN',
  take: '✍️ KERJAKAN',
  repair: '✏️ PERBAIKI',
  schedule: '🗓️ ATUR JADWAL',
  scheduleAnyway: 'Ya, tetap jadwalkan',
  editDetail: '✏️ Ubah keterangan',
  informationClass: 'Pilih klasifikasi',
  assignee: 'Pilih pelaksana',
  channel: 'Pilih kanal lain',
  form: '♿ Bentuk aksesibel',
  finish: '🏁 SELESAI',
  view: '🔍 Lihat berkas',
  deputyWhom: 'Pilih wakil',
  deputySet: '✅ TETAPKAN',
  deputyEnd: '✖️ Akhiri',
};

export const RESUME_DRAFT = '✏️ Lanjutkan draf ini';
export const COPY_CAPTION = '📋 Salin caption';

/** Longer labels are cut short by the phones themselves. */
const LABEL_MAX = 48;

/** A button in somebody else's words (a title, a ready reason), which must not read like one of ours; `prefix` tells it apart. */
export function freeLabel(text: string, prefix: string): string {
  const short = oneLine(text, LABEL_MAX);
  if (lettersOf(short) === '') return `${prefix} ${short}`.trim();
  return isFixedWord(short) ? `${prefix}: ${short}` : short;
}

/** The SOP's own word for accepting or rejecting, with our icon, unless it is the name of another button; all others keep their names. */
export function buttonLabel(action: Action, own?: string): string {
  if (action !== 'accept' && action !== 'reject') return LABELS[action];
  const word = oneLine(own ?? '', LABEL_MAX);
  if (lettersOf(word) === '' || isFixedWord(word)) return LABELS[action];
  return `${action === 'accept' ? '✅' : '❌'} ${word}`;
}
