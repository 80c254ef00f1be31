// Reminders, overdue notices and escalations: to the holder as a request, to a supervisor as a report.
import type { Notice } from '../../src/case/outgoing.ts';
import { type Instant, MINUTE_MS } from '../../src/time.ts';
import type { Message } from '../channel.ts';
import type { WordingContext } from './context.ts';
import { caseName } from './named.ts';
import { peopleList, roleName } from './people.ts';
import { readable } from './terms.ts';
import { type Line, line, message, said } from './text.ts';
import { duration, nearMoment } from './time.ts';

type LadderNotice = Extract<Notice, { notice: 'ladder' }>;

/** "2 jam 15 menit", with "(jam kerja)" where the office's clock has counted less than the one on the wall. */
function counted(ms: number, wallMs: Instant): string {
  return Math.abs(wallMs - ms) < 1000 ? duration(ms) : `${duration(ms)} (jam kerja)`;
}

function lateness(notice: LadderNotice): string {
  if (notice.rung === 'remind') return `Sisa waktu ${counted(notice.leftMs, notice.dueAt - notice.now)}.`;
  if (notice.lateMs < 1000) return notice.now - notice.dueAt < MINUTE_MS ? 'Terlambat mulai saat ini.' : 'Sudah terlambat.';
  return `Terlambat ${counted(notice.lateMs, notice.now - notice.dueAt)}.`;
}

/** `null` for the rungs before the first escalation. */
function escalation(rung: string): number | null {
  const level = /^escalate-(\d{1,3})$/.exec(rung)?.[1];
  return level === undefined ? null : Number(level);
}

function headline(notice: LadderNotice): Line {
  const level = escalation(notice.rung);
  if (notice.rung === 'remind') {
    return line(notice.to === 'holder' ? '⏳ Menunggu Bapak/Ibu: ' : '⏳ Mendekati tenggat: ', caseName(notice.named));
  }
  if (level === null) return line('⚠️ Melewati tenggat: ', caseName(notice.named));
  return line(notice.to === 'holder' ? `⚠️ Peringatan ke-${level}: ` : `⚠️ Eskalasi ke-${level}: `, caseName(notice.named));
}

function request(notice: LadderNotice): string {
  if (notice.to === 'holder') {
    if (notice.rung === 'remind') return 'Mohon diselesaikan sebelum tenggat.';
    const told = escalation(notice.rung) === null ? '' : ' dan diteruskan kepada atasan';
    return `Mohon segera diselesaikan. Keterlambatan ini tercatat${told}.`;
  }
  return notice.rung === 'remind' ? 'Belum perlu tindakan Bapak/Ibu.' : 'Mohon arahan Bapak/Ibu kepada penanggung jawab.';
}

export function ladderMessage(notice: LadderNotice, context: WordingContext): Message {
  const { named } = notice;
  const people = peopleList(notice.holders);
  const role = roleName(notice.role);
  return message([
    headline(notice),
    line('Langkah: ', said(readable(notice.step), 160)),
    line('Penanggung jawab: ', people === null ? ['belum ada (', role, ')'] : [people, ' (', role, ')']),
    line(`Tenggat: ${nearMoment(notice.dueAt, named.timezone, context.now)}. ${lateness(notice)}`),
    notice.lateHandIn && notice.rung !== 'remind' ? line('Sebab: konten ini diserahkan terlambat.') : null,
    line(request(notice)),
  ]);
}
