// Reminders, overdue notices and escalations: to the holder as a request, to a supervisor as a report.
import type { DigestItem, Notice } from '../../src/case/outgoing.ts';
import { isAppointment } from '../../src/case/timers.ts';
import { type Instant, MINUTE_MS } from '../../src/time.ts';
import type { Button, Message } from '../channel.ts';
import { button } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { caseName } from './named.ts';
import { peopleList, roleName } from './people.ts';
import { seenLinesOf } from './seen.ts';
import { readable } from './terms.ts';
import { type Line, line, message, said } from './text.ts';
import { dayOf, duration, longDate, nearMoment, shortMoment } from './time.ts';

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

/** "Terlambat 3 jam (jam kerja)", or that there is time left. */
function itemLateness({ lateMs, dueAt }: DigestItem, now: Instant): string {
  if (now < dueAt) return 'belum lewat';
  return lateMs < 1000 ? 'terlambat' : `terlambat ${counted(lateMs, now - dueAt)}`;
}

/** What a supervisor may do about it. A first draft cannot be given to somebody else. */
function supervising(context: WordingContext, { named, index, given }: Pick<DigestItem, 'named' | 'index' | 'given'>): Button[][] {
  const place = { case: named.case, index };
  const away =
    named.number === null && index.revision === 0 && index.step === 0 ? [] : [button(context, place, 'reassign', { item: given })];
  return [[button(context, place, 'nudge'), ...away], [button(context, place, 'show')]];
}

/** Each line is cut so short that twenty of them make one message. */
function itemLine(item: DigestItem, at: number, now: Instant): Line {
  const { named } = item;
  const people = peopleList(item.holders.slice(0, 2));
  const number = named.number === null ? null : [said(named.number, 48), ' · '];
  return line(
    `${at + 1}. `,
    number,
    said(named.title ?? 'draf tanpa judul', 36),
    ' – ',
    said(readable(item.step), 40),
    people === null ? ', belum ada penanggung jawab' : [', ', people],
    `, ${itemLateness(item, now)}, tenggat ${shortMoment(item.dueAt, named.timezone)}.`,
  );
}

/** One message for all that an outage left unsaid, or for what is late day after day. */
export function digestMessage(notice: Extract<Notice, { notice: 'digest' }>, context: WordingContext): Message {
  const { why, to, items, more, now, timezone } = notice;
  const count = items.length + more;
  const headline =
    why === 'outage'
      ? `⚠️ ${count} konten perlu perhatian. Layanan sempat terhenti, sehingga pengingatnya disatukan.`
      : `📊 Rekap ${longDate(dayOf(now, timezone))}: ${count} konten masih melewati tenggat.`;
  const [only] = count === 1 && to === 'supervisor' ? items : [];
  return message(
    [
      line(headline),
      ...items.map((item, at) => itemLine(item, at, now)),
      more > 0 ? line(`… dan ${more} lainnya.`) : null,
      line('Rincian satu konten: /status diikuti nomornya.'),
    ],
    only ? supervising(context, only) : [],
  );
}

/** To whoever publishes: the chosen time is near, or has come. */
function appointmentMessage(notice: LadderNotice, schedule: Instant, context: WordingContext): Message {
  const { named, index } = notice;
  const near = (at: Instant) => nearMoment(at, named.timezone, context.now);
  const has = notice.rung === 'start';
  const place = index && { case: named.case, index };
  return message(
    [
      line(has ? '📢 Saatnya tayang: ' : '⏳ Sebentar lagi tayang: ', caseName(named)),
      line(`Jadwal: ${near(schedule)}.`),
      line(
        has
          ? `Tayangkan, lalu tekan SUDAH TAYANG paling lambat ${near(notice.dueAt)}.`
          : 'Mohon disiapkan. Berkasnya dapat dikirim lagi dengan tombol di bawah.',
      ),
    ],
    place ? [...(has ? [[button(context, place, 'published')]] : []), [button(context, place, 'view')]] : [],
  );
}

export function ladderMessage(notice: LadderNotice, context: WordingContext): Message {
  const { named, schedule } = notice;
  if (isAppointment(notice.rung) && schedule) return appointmentMessage(notice, schedule, context);
  const people = peopleList(notice.holders);
  const role = roleName(notice.role);
  return message(
    [
      headline(notice),
      line('Langkah: ', said(readable(notice.step), 160)),
      line('Penanggung jawab: ', people === null ? ['belum ada (', role, ')'] : [people, ' (', role, ')']),
      ...seenLinesOf(notice.to === 'supervisor' ? context.seen : [], named.timezone, context.now),
      line(`Tenggat: ${nearMoment(notice.dueAt, named.timezone, context.now)}. ${lateness(notice)}`),
      notice.lateHandIn && notice.rung !== 'remind' ? line('Sebab: konten ini diserahkan terlambat.') : null,
      line(request(notice)),
    ],
    notice.to === 'supervisor' && notice.rung !== 'remind' && notice.index
      ? supervising(context, { named, index: notice.index, given: notice.given ?? 0 })
      : [],
  );
}
