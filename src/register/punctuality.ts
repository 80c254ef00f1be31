// How well the SOP is kept: planned against actual working time, for each stay in a step and per step, role and month.
import { type Calendar, calendarOf } from '../calendar/calendar.ts';
import { workingBetween } from '../calendar/working-time.ts';
import type { Case, Stay } from '../case/case.ts';
import type { OfficeTime } from '../office/office.ts';
import { MINUTE_MS } from '../time.ts';
import type { Column } from './column.ts';

export type StayRow = {
  case: string;
  number: string | null;
  /** `YYYY-MM` in which the step was left, in the office's zone. */
  month: string;
  sop: string;
  step: string;
  role: string;
  round: number;
  /** Working minutes, to the nearest; `null` for a step without a deadline. */
  planned_minutes: number | null;
  actual_minutes: number;
  late: boolean;
};

export type PunctualityRow = {
  month: string;
  sop: string;
  step: string;
  role: string;
  stays: number;
  late: number;
  median_planned_minutes: number | null;
  median_actual_minutes: number;
};

export const PUNCTUALITY_COLUMNS = [
  { key: 'month', title: 'Bulan' },
  { key: 'sop', title: 'SOP' },
  { key: 'step', title: 'Langkah' },
  { key: 'role', title: 'Peran' },
  { key: 'stays', title: 'Jumlah' },
  { key: 'late', title: 'Terlambat' },
  { key: 'median_planned_minutes', title: 'Median rencana (menit kerja)' },
  { key: 'median_actual_minutes', title: 'Median nyata (menit kerja)' },
] as const satisfies Column<keyof PunctualityRow>[];

/** One row for each finished stay of each case, in the order in which they ended. */
export function staysOf(cases: readonly Case[], office: OfficeTime): StayRow[] {
  const calendar = calendarOf(office);
  return cases
    .flatMap((c) => c.stays.map((stay) => ({ c, stay })))
    .toSorted((a, b) => a.stay.leftAt - b.stay.leftAt)
    .map(({ c, stay }) => stayRow(c, stay, calendar));
}

function stayRow(c: Case, stay: Stay, calendar: Calendar): StayRow {
  const minutes = (to: number) => Math.round(workingBetween(calendar, stay.enteredAt, to) / MINUTE_MS);
  return {
    case: c.id,
    number: c.number?.text ?? null,
    month: calendar.dateOf(stay.leftAt).slice(0, 7),
    sop: c.sop.id,
    step: stay.step,
    role: stay.role,
    round: stay.round,
    planned_minutes: stay.dueAt === null ? null : minutes(stay.dueAt),
    actual_minutes: minutes(stay.leftAt),
    late: stay.dueAt !== null && stay.leftAt > stay.dueAt,
  };
}

/** In order of month, SOP, step and role. */
export function punctualityOf(cases: readonly Case[], office: OfficeTime): PunctualityRow[] {
  const groups = new Map<string, StayRow[]>();
  for (const row of staysOf(cases, office)) {
    const key = JSON.stringify([row.month, row.sop, row.step, row.role]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) => rows.slice(0, 1).map(({ month, sop, step, role }) => ({ month, sop, step, role, ...summary(rows) })));
}

function summary(rows: StayRow[]): Omit<PunctualityRow, 'month' | 'sop' | 'step' | 'role'> {
  return {
    stays: rows.length,
    late: rows.filter(({ late }) => late).length,
    median_planned_minutes: median(rows.flatMap(({ planned_minutes }) => planned_minutes ?? [])),
    median_actual_minutes: Number(median(rows.map(({ actual_minutes }) => actual_minutes))),
  };
}

/** Of an even number the mean of the two in the middle. */
function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return sorted.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
