// A month's recap: how much came and went, for each step the planned time beside the actual one, and what was left out. At most 15 lines.
import type { Notice } from '../../src/case/outgoing.ts';
import type { RecapStep, RecapWaived } from '../../src/register/recapped.ts';
import type { Message } from '../channel.ts';
import { channelName, readable } from './terms.ts';
import { count, type Line, line, listed, message, quoted, said } from './text.ts';
import { monthName } from './time.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;
const STEPS_SHOWN = 7;
const WAIVED_SHOWN = 3;

/** "7,5 jam" or "45 menit", of working minutes. */
export function workingTime(minutes: number): string {
  if (Math.round(minutes) < 60) return `${Math.round(minutes)} menit`;
  const tenths = Math.round(minutes / 6);
  return `${count(Math.floor(tenths / 10))}${tenths % 10 === 0 ? '' : `,${tenths % 10}`} jam`;
}

function stepLine({ step, sop, planned, actual, stays, late }: RecapStep): Line {
  return line(
    '• ',
    said(readable(step), 50),
    sop === null ? null : [' (', said(sop, 40), ')'],
    planned === null ? ' — tanpa tenggat' : ` — rencana ${workingTime(planned)}`,
    `, rata-rata ${workingTime(actual)}, ${count(late)} dari ${count(stays)} terlambat`,
  );
}

function waivedLine({ number, channel, reason, person }: RecapWaived): Line {
  return line(
    '• ',
    number === null ? null : [said(number, 48), ' · '],
    said(channelName(channel), 40),
    reason === null ? ', tidak diwajibkan SOP' : [': ', quoted(reason, 80)],
    person === null ? null : [' – ', said(person, 80)],
  );
}

/** What the message had no room for. */
function notShown({ steps, waived, uncounted }: Of<'recap'>): Line | null {
  const counts: [number, string][] = [
    [steps.length - STEPS_SHOWN, 'langkah'],
    [waived.length - WAIVED_SHOWN, 'kanal yang dilewati'],
    [uncounted, 'konten yang lebih lama'],
  ];
  const parts = counts.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`);
  return parts.length === 0 ? null : line('… belum termasuk ', listed(parts), '.');
}

export function recapMessage(notice: Of<'recap'>): Message {
  const { month, office, own, entered, decided, returned, published, late, steps, waived } = notice;
  const nothing = steps.length === 0 && waived.length === 0 && [entered, decided, returned, published, late].every((n) => n === 0);
  return message([
    line(
      '📊 Rekap ',
      said(monthName(month), 40),
      own ? ', konten Anda' : null,
      office === null ? null : [' – ', said(office, 80)],
      nothing ? ': belum ada konten.' : null,
    ),
    nothing
      ? null
      : line(
          `Masuk ${count(entered)}, diputuskan ${count(decided)}, dikembalikan ${count(returned)}, tayang ${count(published)}, terlambat ${count(late)}.`,
        ),
    steps.length === 0 ? null : line('Langkah yang selesai, dalam jam kerja:'),
    ...steps.slice(0, STEPS_SHOWN).map(stepLine),
    waived.length === 0 ? null : line('Kanal yang dilewati:'),
    ...waived.slice(0, WAIVED_SHOWN).map(waivedLine),
    notShown(notice),
  ]);
}

export function noMonthMessage({ command }: Of<'no-month'>): Message {
  return message([line(`⚠️ Bulan belum dapat dibaca. Tulis tahun dan bulan, misalnya /${said(command, 20).text} 2026-11.`)]);
}
