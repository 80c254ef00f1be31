// What an SOP warns of, beside what has become of it: how often it was late or left a channel out, and how long ago each channel was last fed.
import { calendarOf } from '../calendar/calendar.ts';
import { dayNumberOf } from '../calendar/dates.ts';
import { rfc3339 } from '../calendar/rfc3339.ts';
import type { Case } from '../case/case.ts';
import type { Office } from '../office/office.ts';
import type { PublishStep, Sop } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import type { Column } from './column.ts';

export const WARNED_COLUMNS = [
  { key: 'sop', title: 'SOP' },
  { key: 'warnings', title: 'Peringatan dalam SOP' },
  { key: 'cases', title: 'Konten' },
  { key: 'late', title: 'Konten terlambat' },
  { key: 'channel', title: 'Kanal' },
  { key: 'published', title: 'Tayang di kanal ini' },
  { key: 'waived', title: 'Dilewati di kanal ini' },
  { key: 'last_published_at', title: 'Terakhir tayang' },
  { key: 'days_since', title: 'Hari sejak tayang terakhir' },
] as const satisfies Column[];

/** One channel of one SOP. `cases` and `late` are the whole SOP's. A type, not an interface, so that it is a record of cells. */
export type WarnedRow = {
  sop: string;
  warnings: string | null;
  cases: number;
  late: number;
  channel: string;
  published: number;
  waived: number;
  /** RFC 3339 with the office's offset; `null`: never. */
  last_published_at: string | null;
  /** Calendar days of the office; 0 for today. */
  days_since: number | null;
};

/** Without a deadline nothing is late. What is open and overdue counts too. */
function isLate(c: Case, now: Instant): boolean {
  const overdue = 'step' in c.state && c.state.dueAt !== null && c.state.dueAt < now;
  return c.handedInLate || overdue || c.stays.some(({ dueAt, leftAt }) => dueAt !== null && leftAt > dueAt);
}

/** In the order of the SOPs, then of their channels. What was never handed in is no content yet. */
export function warnedOf(cases: readonly Case[], sops: readonly Sop[], office: Office, now: Instant): WarnedRow[] {
  const calendar = calendarOf(office);
  const dayOf = (at: Instant) => dayNumberOf(calendar.dateOf(at));
  return sops.flatMap((sop) => {
    const own = cases.filter((c) => c.sop.id === sop.id && c.number !== null);
    const publications = own.flatMap((c) => c.publications);
    const channels = sop.steps.filter((step): step is PublishStep => step.kind === 'publish').flatMap((step) => step.channels);
    return [...new Set(channels)].map((channel): WarnedRow => {
      const here = publications.filter((one) => one.channel === channel);
      const shown = here.filter(({ waived }) => waived === undefined).map(({ at }) => at);
      const last = shown.length === 0 ? null : Math.max(...shown);
      return {
        sop: sop.id,
        warnings: sop.warnings.length === 0 ? null : sop.warnings.join(' '),
        cases: own.length,
        late: own.filter((c) => isLate(c, now)).length,
        channel,
        published: shown.length,
        waived: here.length - shown.length,
        last_published_at: last === null ? null : rfc3339(last, office.timezone),
        days_since: last === null ? null : dayOf(now) - dayOf(last),
      };
    });
  });
}
