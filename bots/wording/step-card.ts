// The card of a step that waits for its holders: all they need to decide, and afterwards who decided what and when.
import type { Remark, StepView } from '../../src/case/card-view.ts';
import { NARRATIVE_IN_CARD_MAX } from '../../src/case/notices.ts';
import type { Button, Message } from '../channel.ts';
import { button, pairs } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { declaring, detailLines } from './details.ts';
import { buttonLabel, COPY_CAPTION, freeLabel, LABELS } from './labels.ts';
import { caseNumber } from './named.ts';
import { doerName, personInRole, roleName } from './people.ts';
import { channelName, countsText, formName } from './terms.ts';
import { block, bold, type Line, line, listed, message, quoted, said } from './text.ts';
import { longDate, moment, nearMoment } from './time.ts';
import { urgentLine } from './urgent.ts';

const CAPTION_MAX_UNITS = 900;
/** The longest response people may write, and the room that all earlier ones share. */
const NOTE_MAX_UNITS = 520;
const NOTES_ROOM_UNITS = 1300;
const REMARKS_SHOWN = 4;
/** Telegram's limit for a text that a button copies. */
const COPY_MAX_UNITS = 256;

export function stepCard(view: StepView, context: WordingContext): Message {
  return view.outcome.is === 'open'
    ? openCard(view, context)
    : message([...outcomeLines(view), ...factLines(view), ...captionLines(view), ...channelLines(view)]);
}

function openCard(view: StepView, context: WordingContext): Message {
  const content = [...captionLines(view), ...narrativeLines(view), ...earlierLines(view), responseLine(view), ...channelLines(view)];
  return message(
    [
      headline(view),
      urgentLine(view),
      backLine(view),
      ...factLines(view),
      changedLine(view),
      ...content,
      ...formLines(view),
      scheduleLine(view, context),
      deadlineLine(view, context),
      declaring(view.labels.accept, view.declares),
      taskLine(view),
    ],
    buttonRows(view, context),
  );
}

const HEADLINES: Record<StepView['kind'], string> = {
  receive: '🔔 Mohon penerimaan Bapak/Ibu',
  decide: '🔔 Perlu keputusan Bapak/Ibu',
  publish: '📢 Siap ditayangkan',
  assign: '🔔 Mohon disposisi Bapak/Ibu',
  schedule: '🗓️ Mohon jadwal tayang dari Bapak/Ibu',
  prepare: '✍️ Perlu dikerjakan',
};

function headline(view: StepView): Line {
  return line(`${HEADLINES[view.kind]} – `, roleName(view.roleLabel));
}

function factLines(view: StepView): Line[] {
  const { named } = view;
  const { step, of } = view.position;
  return [
    line(named.number === null ? 'Belum bernomor register' : caseNumber(named)),
    line(`Langkah ${step} dari ${of}`, view.activity === '' ? null : [': ', said(view.activity, 200)]),
    line('Kegiatan: ', said(named.title ?? '(tanpa nama)', 170), view.eventDate === null ? null : `, ${longDate(view.eventDate)}`),
    line(
      'Dari: ',
      said(view.maker, 80),
      view.handedInAt === null ? null : `, diserahkan ${moment(view.handedInAt, named.timezone)}`,
      view.handedInLate ? ' (terlambat)' : null,
    ),
    ...(view.revision === 0 ? [] : [line(`Berkas: ${countsText(view.counts)} · revisi ke-${view.revision}`)]),
    ...(view.repairedBy === undefined ? [] : [line('Diperbaiki oleh ', said(view.repairedBy, 80), '.')]),
    ...detailLines(view.details),
  ];
}

const CHANGES: Record<StepView['changed'][number], string> = {
  title: 'nama kegiatan',
  date: 'tanggal',
  caption: 'caption',
  narrative: 'narasi',
  media: 'dokumentasi',
  details: 'keterangan',
};

function backLine({ back }: StepView): Line | null {
  return back === undefined ? null : line('↩️ Dikembalikan oleh ', personInRole(back), ': ', quoted(back.reason, 520));
}

/** What has to be there beside the content before it may be published. */
function formLines({ forms }: StepView): Line[] {
  if (forms === undefined) return [];
  const given = forms.given.length === 0 ? 'belum ada' : listed(forms.given.map((form) => formName(form)));
  const wanted = listed(
    forms.forms.map((form) => formName(form)),
    'atau',
  );
  return [line(forms.given.length < forms.min ? '▫️ ' : '✅ ', `Bentuk aksesibel (minimal ${forms.min}: `, wanted, '): ', given)];
}

function scheduleLine({ schedule, named }: StepView, context: WordingContext): Line | null {
  return schedule === undefined ? null : line(`🗓️ Jadwal tayang: ${nearMoment(schedule, named.timezone, context.now)}`);
}

function changedLine(view: StepView): Line | null {
  if (view.revision <= 1) return null;
  return line('Yang berubah: ', view.changed.length === 0 ? 'tidak ada' : listed(view.changed.map((part) => CHANGES[part])), '.');
}

function captionLines(view: StepView): (Line | null)[] {
  if (view.caption === null) return [];
  const { text, length, max } = view.caption;
  const ready = view.kind === 'publish' && view.outcome.is === 'open' ? ', siap disalin' : '';
  return [
    line(bold(max === null ? `Caption (${length} karakter${ready})` : `Caption (${length}/${max}${ready})`)),
    line(block(text, CAPTION_MAX_UNITS)),
  ];
}

const NARRATIVE_ABOVE = '(narasi lengkap di pesan di atas)';

/** A narrative over the limit, and always the publisher's, has gone out whole as a message of its own before the card. */
function narrativeLines(view: StepView): Line[] {
  if (view.narrative === null) return [];
  if (view.kind === 'publish') return [line(bold('Narasi'), ` ${NARRATIVE_ABOVE}`)];
  const cut = view.narrative.length > NARRATIVE_IN_CARD_MAX;
  return [line(bold('Narasi')), line(block(view.narrative, NARRATIVE_IN_CARD_MAX)), ...(cut ? [line(NARRATIVE_ABOVE)] : [])];
}

function verdictWord(remark: Remark, view: StepView): string {
  if (remark.verdict === 'receive') return 'DITERIMA';
  return remark.verdict === 'accept' ? view.labels.accept : view.labels.reject;
}

/** Earlier steps may have labels of their own, so what they said is told in the plain word. */
const SAID_BEFORE: Record<Remark['verdict'], string> = { receive: 'diterima', accept: 'disetujui', reject: 'ditolak' };

function earlierLines(view: StepView): Line[] {
  if (view.earlier.length === 0) return [];
  const shown = view.earlier.slice(-REMARKS_SHOWN);
  const max = Math.min(NOTE_MAX_UNITS, Math.floor(NOTES_ROOM_UNITS / shown.length));
  return [
    line(bold('Tanggapan sebelumnya')),
    ...shown.map((remark) => line('• ', personInRole(remark), `: ${SAID_BEFORE[remark.verdict]}. `, noteOf(remark, max))),
  ];
}

function noteOf(remark: Remark, max: number): Line {
  return remark.note === '' ? [] : line(quoted(remark.note, max));
}

function responseLine(view: StepView): Line | null {
  return view.response === null ? null : line('📝 Tanggapan Bapak/Ibu yang akan ikut: ', quoted(view.response, NOTE_MAX_UNITS));
}

function channelLines(view: StepView): Line[] {
  return view.channels.map(({ channel, link, done, waived }) =>
    waived !== undefined
      ? line('⏭️ ', said(channelName(channel), 60), ': dilewati, ', quoted(waived, 120))
      : line(
          done ? '✅ ' : '▫️ ',
          said(channelName(channel), 60),
          ': ',
          done ? (link === null ? 'sudah, bukti foto' : said(link, 300)) : 'belum tayang',
        ),
  );
}

function deadlineLine(view: StepView, context: WordingContext): Line | null {
  if (view.dueAt === null) return line(view.tentative ? 'Tenggat: tentatif' : 'Tanpa tenggat');
  const when = nearMoment(view.dueAt, view.named.timezone, context.now);
  return line(view.late ? `⚠️ TERLAMBAT: tenggat ${when}` : `Tenggat: ${when}`);
}

function taskLine(view: StepView): Line | null {
  if (view.kind === 'prepare') return line('Tekan KERJAKAN untuk mulai; konten ini lalu menjadi bagian Anda.');
  if (view.kind !== 'publish') return null;
  if (view.forms !== undefined && view.forms.given.length < view.forms.min)
    return line('Serahkan dahulu bentuk aksesibelnya dengan salah satu tombol di bawah.');
  return line('Tayangkan, lalu tekan SUDAH TAYANG dan kirim tautan atau foto buktinya.');
}

function outcomeLines(view: StepView): Line[] {
  const { outcome } = view;
  const zone = view.named.timezone;
  switch (outcome.is) {
    case 'open':
      return [];
    case 'decided': {
      const { by } = outcome;
      const word = said(verdictWord(by, view), 48);
      const who = personInRole(by);
      const note = noteOf(by, NOTE_MAX_UNITS);
      return [
        line(by.verdict === 'reject' ? '❌ ' : '✅ ', word, ' oleh ', who, ', ', moment(by.at, zone)),
        note.length === 0 ? [] : line(by.verdict === 'reject' ? 'Alasan: ' : 'Tanggapan: ', note),
      ];
    }
    case 'published':
      return [line('✅ SELESAI. Ditayangkan oleh ', doerName(outcome), ', ', moment(outcome.at, zone))];
    case 'taken':
      return [line('✍️ Dikerjakan oleh ', said(outcome.person, 80), '.')];
    case 'scheduled':
      return [line(`🗓️ Dijadwalkan tayang ${moment(outcome.schedule, zone)}.`)];
    case 'overtaken':
      return [line(OVERTAKEN[outcome.why])];
  }
}

const OVERTAKEN: Record<'returned' | 'withdrawn' | 'moved-on', string> = {
  returned: '↩️ Konten sudah dikembalikan untuk diperbaiki. Kartu baru dikirim setelah perbaikannya diserahkan.',
  withdrawn: '✖️ Konten sudah ditarik. Tidak ada lagi yang perlu diputus.',
  'moved-on': 'ℹ️ Konten sudah berlanjut ke langkah berikutnya. Kartu ini tidak berlaku lagi.',
};

const FIRST = ['receive', 'take', 'schedule'];

function buttonRows(view: StepView, context: WordingContext): Button[][] {
  const place = { case: view.named.case, index: view.index };
  const made = view.buttons.map((each) => {
    const item = each.item === undefined ? {} : { item: each.item };
    const label = labelOf(view, each);
    return { action: each.action, made: button(context, place, each.action, { ...item, label }) };
  });
  const of = (...actions: string[]) => made.filter(({ action }) => actions.includes(action)).map((each) => each.made);
  const own = [...FIRST, 'accept', 'reject', 'respond', 'published'];
  const others = made.filter(({ action }) => !own.includes(action)).map((each) => each.made);
  return [of(...FIRST), of('accept', 'reject'), ...of('published').map((each) => [each]), copyRow(view), of('respond'), ...pairs(others)];
}

function labelOf(view: StepView, each: StepView['buttons'][number]): string {
  const channel = each.item === undefined ? undefined : view.channels[each.item]?.channel;
  if (each.action === 'waive' && channel !== undefined) return freeLabel(`Lewati ${channelName(channel)}`, 'Kanal');
  const form = each.action === 'form' && each.item !== undefined ? view.forms?.forms[each.item] : undefined;
  if (form !== undefined) return `♿ Serahkan ${formName(form)}`;
  if (each.action === 'repair' && each.item === 1) return `${LABELS.repair} CAPTION`;
  if (each.action === 'repair' && each.item === 0 && view.caption !== null) return `${LABELS.repair} NARASI`;
  if (each.action === 'accept') return buttonLabel('accept', each.label ?? view.labels.accept);
  if (each.action === 'reject') return buttonLabel('reject', each.label ?? view.labels.reject);
  return LABELS[each.action];
}

/** Copied exactly as it was handed in, or not at all: a caption cut by a button would be published cut. */
function copyRow(view: StepView): Button[] {
  const text = view.caption?.text ?? '';
  if (view.kind !== 'publish' || text === '' || text.length > COPY_MAX_UNITS) return [];
  return [{ label: COPY_CAPTION, does: { copy: text } }];
}
