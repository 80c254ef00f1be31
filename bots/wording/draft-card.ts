// The maker's card: what is there, what is still missing, and SERAHKAN once it is all there.
import type { DraftView } from '../../src/case/card-view.ts';
import type { Message } from '../channel.ts';
import { button, pairs } from './buttons.ts';
import { unfitLine } from './chosen-sop.ts';
import type { WordingContext } from './context.ts';
import { declaring, detailLines, editDetailLabel } from './details.ts';
import { hintLines } from './hints.ts';
import { missingShort } from './missing.ts';
import { caseNumber } from './named.ts';
import { personInRole } from './people.ts';
import { countsText } from './terms.ts';
import { block, count, type Line, line, listed, message, quoted, said } from './text.ts';
import { longDate, nearMoment } from './time.ts';

const CAPTION_MAX_UNITS = 900;

export function draftCard(view: DraftView, context: WordingContext): Message {
  const open = view.ended === 'open';
  return message(
    [
      headline(view),
      view.returned === null || !open
        ? null
        : line('❌ Dikembalikan oleh ', personInRole(view.returned), ': ', quoted(view.returned.reason, 700)),
      line('Kegiatan: ', view.named.title === null ? '(nama kegiatan belum ada)' : said(view.named.title, 170)),
      makingLine(view),
      view.task ? null : line('Tanggal: ', view.eventDate === null ? '(tanggal belum ada)' : longDate(view.eventDate)),
      view.task ? null : mediaLine(view),
      view.unfit && open ? unfitLine(view.unfit) : null,
      captionLine(view),
      narrativeLine(view),
      ...detailLines(view.details),
      ...(open ? hintLines(view.hints ?? []) : []),
      open ? declaring('SERAHKAN', view.declares) : null,
      open ? dueLine(view, context) : null,
      open ? missingLine(view) : null,
    ],
    open ? rows(view, context) : [],
  );
}

function headline(view: DraftView): Line {
  if (view.ended === 'withdrawn') return line('✖️ Draf dibatalkan.');
  if (view.ended === 'reassigned') return line('👤 Sudah dialihkan kepada pegawai lain: ', caseNumber(view.named), '.');
  if (view.task) return line(view.ended === 'handed-in' ? '✅ Sudah ditugaskan.' : ['📝 Penugasan – ', said(view.sopTitle, 120)]);
  if (view.ended === 'handed-in') {
    return line('✅ Sudah diserahkan.', view.named.number === null ? null : [' Nomor register: ', caseNumber(view.named)]);
  }
  if (view.making !== undefined) return line('📝 Penyusunan konten – ', said(view.sopTitle, 120));
  // The index carries the last revision handed in; the next SERAHKAN makes the one after it.
  if (view.revision > 0) return line(`📝 Perbaikan, revisi ke-${view.index.revision + 1} – `, caseNumber(view.named));
  return line('📝 Draf – ', said(view.sopTitle, 120));
}

/** Whose material or task it is made from. */
function makingLine({ making }: DraftView): Line | null {
  if (making === undefined) return null;
  return making.revision === 0
    ? line('Ditugaskan oleh ', said(making.person, 80), '.')
    : line('Bahan dari ', said(making.person, 80), `: revisi ke-${making.revision}, pada pesan di atas.`);
}

function mediaLine(view: DraftView): Line {
  const { have, min, pending } = view.media;
  const kinds = have > 0 ? ` (${countsText(view.media)})` : '';
  const saving = pending > 0 ? `; ${pending} sedang disimpan` : '';
  return line(min === null ? `📷 ${have} dokumentasi${kinds}${saving}` : `📷 ${have} dari minimal ${min} dokumentasi${kinds}${saving}`);
}

function captionLine(view: DraftView): Line | null {
  if (view.caption !== null)
    return line(`Caption (${view.caption.length}/${view.caption.max}): `, block(view.caption.text, CAPTION_MAX_UNITS));
  return view.captionMax === null ? null : line(`Caption: (belum ada, paling banyak ${view.captionMax} karakter)`);
}

function narrativeLine(view: DraftView): Line | null {
  if (view.narrative !== null) return line(`Narasi: ${count(view.narrative.words)} kata`);
  return view.narrativeNeeded ? line('Narasi: (belum ada)') : null;
}

function dueLine(view: DraftView, context: WordingContext): Line | null {
  if (view.dueAt === null) return null;
  const when = nearMoment(view.dueAt, view.named.timezone, context.now);
  return line(view.late ? `⚠️ TERLAMBAT: tenggat ${when}. Tetap dapat diserahkan dan dicatat terlambat.` : `Tenggat: ${when}`);
}

function missingLine(view: DraftView): Line {
  if (view.missing.length > 0) return line('Masih kurang: ', listed(view.missing.map(missingShort)), '.');
  // Files on their way keep SERAHKAN back; the sentence must not send anybody looking for it.
  if (view.task) return line('✅ Sudah lengkap. Periksa, lalu tekan TUGASKAN.');
  if (!view.buttons.some(({ action }) => action === 'handIn'))
    return line('⏳ Sudah lengkap. SERAHKAN muncul setelah semua berkas tersimpan.');
  return line('✅ Sudah lengkap. Periksa, lalu tekan SERAHKAN.');
}

function rows(view: DraftView, context: WordingContext) {
  const place = { case: view.named.case, index: view.index };
  const made = view.buttons.map((each) => ({ action: each.action, made: button(context, place, each.action, options(each)) }));
  const of = (wanted: (action: string) => boolean) => made.filter(({ action }) => wanted(action)).map((each) => each.made);
  return [
    of((action) => FIRST.has(action)),
    ...pairs(of((action) => !FIRST.has(action) && action !== 'cancel')),
    of((action) => action === 'cancel'),
  ];
}

const FIRST = new Set(['handIn', 'assign']);

function options({ action, item }: DraftView['buttons'][number]): { item?: number; label?: string } {
  const label = action === 'editDetail' ? editDetailLabel(item) : null;
  return { ...(item === undefined ? {} : { item }), ...(label === null ? {} : { label }) };
}
