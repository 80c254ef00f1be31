// Random offices, SOPs and instants from a seed, odd ones included: six-day weeks, overlapping seasons, opened days, night shifts.
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import type { Hours, OfficeTime, Span } from '../../src/office/office.ts';
import type { Base, Due, Sop, Step } from '../../src/sop/sop.ts';

export interface Random {
  /** An integer from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  chance(part: number): boolean;
}

/** Mulberry32: the same seed gives the same cases everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return { int, pick: (values) => values[int(0, values.length - 1)] ?? values[0], chance: (part) => next() < part };
}

const FROM = Date.UTC(2026, 6, 1);
const DAYS = 480;

export function randomDate(random: Random): string {
  return new Date(FROM + random.int(0, DAYS) * 86_400_000).toISOString().slice(0, 10);
}

export function randomInstant(random: Random): number {
  const minute = FROM + random.int(0, DAYS * 1440) * 60_000;
  return random.chance(0.3) ? minute + random.int(0, 59_999) : minute;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Two hours a day at least, so that no walk through working time leaves the years the oracle has marked. */
function randomSpans(random: Random): Span[] {
  const marks = Array.from({ length: 2 * random.int(1, 3) }, () => random.int(0, 288) * 5);
  const sorted = [...new Set(marks)].toSorted((a, b) => a - b);
  const spans: Span[] = [];
  let minutes = 0;
  for (let index = 0; index + 1 < sorted.length; index += 2) {
    const [from, to] = [sorted[index] ?? 0, sorted[index + 1] ?? 0];
    spans.push({ from: clock(from), to: clock(to) });
    minutes += to - from;
  }
  return minutes >= 120 ? spans : [{ from: '08:00', to: '16:00' }];
}

function randomHours(random: Random): Hours {
  const kind = random.int(0, 9);
  if (kind === 0) return 'always';
  if (kind <= 4) return NATIONAL_HOURS;
  const usual = randomSpans(random);
  const short = randomSpans(random);
  const sixDays = { mon: usual, tue: usual, wed: usual, thu: usual, fri: short, sat: short };
  if (kind <= 7) return sixDays;
  if (kind === 8) return { tue: usual, thu: randomSpans(random), sun: short };
  return { ...sixDays, sun: randomSpans(random), wed: [] };
}

const NOTABLE = ['2026-12-24', '2026-12-25', '2027-01-01', '2027-03-09', '2027-03-26', '2026-11-21', '2026-11-22', '2027-05-17'] as const;

export function randomOffice(random: Random): OfficeTime {
  return {
    timezone: random.pick(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']),
    hours: randomHours(random),
    seasons: Array.from({ length: random.int(0, 3) }, () => {
      const from = randomDate(random);
      const to = new Date(Date.parse(from) + random.int(0, 40) * 86_400_000).toISOString().slice(0, 10);
      return { from, to, hours: random.chance(0.1) ? {} : randomHours(random) };
    }),
    holidays: Array.from({ length: random.int(0, 30) }, () => ({
      date: random.chance(0.4) ? random.pick(NOTABLE) : randomDate(random),
      name: 'Hari kantor',
      open: random.chance(0.5),
    })),
    quiet: random.pick([null, { from: '20:00', to: '06:00' }, { from: clock(random.int(0, 95) * 15), to: clock(random.int(0, 96) * 15) }]),
  };
}

export function randomDue(random: Random): Due {
  const from = random.pick<Base>(['event', 'handover', 'step', 'schedule']);
  const unit = random.pick<'m' | 'h' | 'd'>(['m', 'h', 'd']);
  const most = { m: 600, h: 20, d: 5 }[unit];
  return random.pick<Due>([
    { kind: 'days', days: random.int(0, 6), from, calendar: random.chance(0.3), at: random.chance(0.3) ? 'day-end' : 'office-close' },
    { kind: 'days', days: random.int(0, 1), from, calendar: false, at: 'office-close' },
    { kind: 'within', amount: random.int(1, most), unit, from },
    { kind: 'elapsed', ms: random.int(1, 3 * 86_400) * 1000, from },
    { kind: 'within', amount: random.int(1, most), unit, from: 'step' },
    { kind: 'tentative' },
  ]);
}

/** Only the clocks, the kinds and their order matter to office time. */
export function randomSop(random: Random): Sop {
  const steps = Array.from({ length: random.int(1, 7) }, (_, index): Step => {
    const common = { id: `langkah-${index + 1}`, role: 'peran', activity: '', due: randomDue(random), output: [] };
    return random.pick<Step>([
      { ...common, kind: 'prepare', requires: { narrative: false } },
      { ...common, kind: 'receive' },
      { ...common, kind: 'assign' },
      { ...common, kind: 'schedule' },
      { ...common, kind: 'publish', channels: [] },
    ]);
  });
  const lists = { legalBasis: [], qualifications: [], equipment: [], related: [], warnings: [], recording: [] };
  return { id: 'acak', version: '', title: '', agency: '', roles: {}, steps, dates: {}, ...lists };
}
