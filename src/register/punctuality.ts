// How well the SOP is kept: planned against actual working time, for each stay in a step and per step, role and month.
import { calendarOf } from '../calendar/calendar.ts';
import { workingBetween } from '../calendar/working-time.ts';
import type { Case, Stay } from '../case/case.ts';
import { officeTimeOf } from '../case/facts.ts';
import type { Office } from '../office/office.ts';
import type { Sop } from '../sop/sop.ts';
import { MINUTE_MS } from '../time.ts';
import type { Cell, Column } from './column.ts';
import { type LeftOut, leftOutOf } from './left-out.ts';
import type { RecapWaived } from './recapped.ts';
import { personsOf } from './stay-persons.ts';

/** A case with the version of the SOP that it began with. */
export interface Followed {
  case: Case;
  sop: Sop;
}

export type StayRow = {
  case: string;
  number: string | null;
  /** `YYYY-MM` in which the step was left, in the office's zone. */
  month: string;
  sop: string;
  step: string;
  role: string;
  round: number;
  /** Working minutes, to the nearest, as the case counts them; `null` for a step without a deadline. */
  planned_minutes: number | null;
  actual_minutes: number;
  late: boolean;
  /** Who acted in it, a deputy with his principal. */
  persons: string[];
};

/** Minutes are working minutes; `null` where nothing was planned, or nothing has ended. Means to a tenth. */
export type PunctualityRow = {
  month: string;
  sop: string;
  step: string;
  role: string;
  cases: number;
  /** Finished stays: a case that comes back to the step stays in it again. */
  stays: number;
  /** The highest round among them; 0 where nothing has ended. */
  rounds: number;
  late: number;
  planned_minutes: number | null;
  actual_minutes: number;
  mean_planned_minutes: number | null;
  mean_actual_minutes: number | null;
  median_planned_minutes: number | null;
  median_actual_minutes: number | null;
  persons: string[];
  waived: RecapWaived[];
};

export const PUNCTUALITY_COLUMNS = [
  { key: 'month', title: 'Bulan' },
  { key: 'sop', title: 'SOP' },
  { key: 'step', title: 'Langkah' },
  { key: 'role', title: 'Peran' },
  { key: 'cases', title: 'Konten' },
  { key: 'stays', title: 'Jumlah' },
  { key: 'rounds', title: 'Putaran terbanyak' },
  { key: 'late', title: 'Terlambat' },
  { key: 'planned_minutes', title: 'Jumlah rencana (menit kerja)' },
  { key: 'actual_minutes', title: 'Jumlah nyata (menit kerja)' },
  { key: 'mean_planned_minutes', title: 'Rata-rata rencana (menit kerja)' },
  { key: 'mean_actual_minutes', title: 'Rata-rata nyata (menit kerja)' },
  { key: 'median_planned_minutes', title: 'Median rencana (menit kerja)' },
  { key: 'median_actual_minutes', title: 'Median nyata (menit kerja)' },
  { key: 'persons', title: 'Petugas' },
  { key: 'waived', title: 'Kanal dilewati, alasan, dan petugasnya' },
] as const satisfies Column<keyof PunctualityRow>[];

/** The row as one line of a table. */
export function punctualityCells(row: PunctualityRow): Record<keyof PunctualityRow, Cell> {
  const waived = row.waived.map(
    ({ number, channel, reason, person }) =>
      `${number ?? '-'} ${channel}: ${reason ?? 'tidak diwajibkan SOP'}${person === null ? '' : ` (${person})`}`,
  );
  return { ...row, persons: joined(row.persons), waived: joined(waived) };
}

function joined(parts: string[]): string | null {
  return parts.length === 0 ? null : parts.join('; ');
}

/** One row for each finished stay of each case, in the order in which they ended. */
export function staysOf(followed: readonly Followed[], office: Office): StayRow[] {
  return followed
    .flatMap((one) => one.case.stays.map((stay) => ({ one, stay })))
    .toSorted((a, b) => a.stay.leftAt - b.stay.leftAt)
    .map(({ one, stay }) => stayRow(one, stay, office));
}

function stayRow({ case: c, sop }: Followed, stay: Stay, office: Office): StayRow {
  // What must be announced at once is counted by the wall clock.
  const calendar = calendarOf(officeTimeOf(c, office));
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
    persons: personsOf(c, stay, sop, office),
  };
}

interface Group {
  stays: StayRow[];
  leftOut: LeftOut[];
}

/** In order of month, SOP, step and role. What was left out stands in the month in which it was. */
export function punctualityOf(followed: readonly Followed[], office: Office): PunctualityRow[] {
  const groups = new Map<string, Group>();
  const groupOf = ({ month, sop, step, role }: Pick<StayRow, 'month' | 'sop' | 'step' | 'role'>): Group => {
    const key = JSON.stringify([month, sop, step, role]);
    const group = groups.get(key) ?? { stays: [], leftOut: [] };
    groups.set(key, group);
    return group;
  };
  for (const row of staysOf(followed, office)) groupOf(row).stays.push(row);
  for (const one of followed.flatMap(({ case: c, sop }) => leftOutOf(c, sop, office))) groupOf(one).leftOut.push(one);
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) =>
      [...group.stays, ...group.leftOut].slice(0, 1).map(({ month, sop, step, role }) => ({ month, sop, step, role, ...summary(group) })),
    );
}

function summary({ stays, leftOut }: Group): Omit<PunctualityRow, 'month' | 'sop' | 'step' | 'role'> {
  const planned = stays.flatMap(({ planned_minutes }) => planned_minutes ?? []);
  const actual = stays.map(({ actual_minutes }) => actual_minutes);
  return {
    cases: new Set([...stays, ...leftOut].map((one) => one.case)).size,
    stays: stays.length,
    rounds: Math.max(0, ...stays.map(({ round }) => round)),
    late: stays.filter(({ late }) => late).length,
    planned_minutes: planned.length === 0 ? null : sum(planned),
    actual_minutes: sum(actual),
    mean_planned_minutes: mean(planned),
    mean_actual_minutes: mean(actual),
    median_planned_minutes: median(planned),
    median_actual_minutes: median(actual),
    persons: [...new Set(stays.flatMap(({ persons }) => persons))],
    waived: leftOut.map(({ number, channel, reason, person }) => ({ number, channel, reason, person })),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** To a tenth. */
export function mean(values: number[]): number | null {
  return values.length === 0 ? null : Math.round((sum(values) / values.length) * 10) / 10;
}

/** Of an even number the mean of the two in the middle. */
function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return sorted.length === 0 ? null : sum(middle) / middle.length;
}
