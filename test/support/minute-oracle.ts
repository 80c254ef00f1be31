// A second way to compute office time: every minute of some years is marked, and questions are answered by walking from minute to minute.
// Shares nothing with the rules but the types, so that both must be wrong in the same way for a mistake to hide.
import type { OfficeTime, Span } from '../../src/office/office.ts';
import type { Due, Sop } from '../../src/sop/sop.ts';

const DAY = 1440;
const DAY_MS = DAY * 60_000;
const FIRST = Date.UTC(2025, 0, 1) / 60_000;
const LAST = Date.UTC(2029, 11, 31) / 60_000;
const OFFSET_HOURS: Record<string, number> = { 'Asia/Jakarta': 7, 'Asia/Makassar': 8, 'Asia/Jayapura': 9 };
const FREE =
  '2026: 1/1 16/1 17/2 19/3 21/3 22/3 3/4 5/4 1/5 14/5 27/5 31/5 1/6 16/6 17/8 25/8 25/12 16/2 18/3 20/3 23/3 24/3 15/5 28/5 24/12;' +
  '2027: 1/1 5/1 6/2 8/3 10/3 11/3 26/3 28/3 1/5 6/5 17/5 20/5 1/6 6/6 15/8 17/8 25/12 26/12 5/2 9/3 12/3 15/3 25/3 18/5 19/5 24/12';

const nationallyFree = new Set<string>();
for (const line of FREE.split(';')) {
  const [year = '', days = ''] = line.split(': ');
  for (const day of days.trim().split(' ')) {
    const [d = '', m = ''] = day.split('/');
    nationallyFree.add(`${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
  }
}

export interface Oracle {
  addWorking(from: number, ms: number): number;
  subtractWorking(from: number, ms: number): number;
  workingBetween(from: number, to: number): number;
  openingAfter(at: number): number;
  whenAllowed(at: number): number;
  lastAllowedBefore(at: number, notBefore: number): number | null;
  preview(sop: Sop, event: string, handover: number): (number | null)[];
}

export function oracleOf(time: OfficeTime): Oracle {
  const hours = OFFSET_HOURS[time.timezone];
  if (hours === undefined) throw new Error(`The oracle does not know ${time.timezone}`);
  const shift = hours * 60;
  const work = new Uint8Array(LAST - FIRST);
  const hushed = new Uint8Array(LAST - FIRST);
  const wholeDay = new Set<number>();
  for (let day = 0; day * DAY < work.length; day++) markDay(time, day, work, hushed, wholeDay);

  // Minutes are local and count from FIRST; instants are milliseconds.
  const minuteOf = (at: number): number => Math.floor(at / 60_000) + shift - FIRST;
  const instantOf = (minute: number): number => (minute + FIRST - shift) * 60_000;
  const midnight = (minute: number): number => Math.floor(minute / DAY) * DAY;
  const works = (minute: number): boolean => {
    if (minute < 0 || minute >= work.length) throw new Error('The walk left the years the oracle knows');
    return work[minute] === 1;
  };
  // Asked for each minute of long walks, so each day is searched once.
  const dayWorks = Array.from({ length: work.length / DAY }, (_, day) => work.subarray(day * DAY, (day + 1) * DAY).includes(1));
  const worksThatDay = (minute: number): boolean => {
    const answer = dayWorks[Math.floor(minute / DAY)];
    if (answer === undefined) throw new Error('The walk left the years the oracle knows');
    return answer;
  };
  // A walk that has come to midnight steps over a day whose marks were counted once, instead of over each of its minutes.
  const dayTotals = new Map<number, number>();
  const totalOf = (first: number): number => {
    const known = dayTotals.get(first);
    if (known !== undefined) return known;
    let marks = 0;
    for (let minute = first; minute < first + DAY; minute++) if (works(minute)) marks++;
    dayTotals.set(first, marks * 60_000);
    return marks * 60_000;
  };
  const isMidnight = (at: number): boolean => (at + (shift - FIRST) * 60_000) % DAY_MS === 0;
  const quiet = (minute: number): boolean => hushed[minute] === 1 || !worksThatDay(minute);
  const closing = (minute: number): number => {
    const start = midnight(minute);
    if (wholeDay.has(start / DAY)) return instantOf(start + DAY) - 1000;
    let m = start + DAY - 1;
    while (!works(m)) m--;
    return instantOf(m + 1);
  };

  function addWorking(from: number, ms: number): number {
    let at = from;
    let left = ms;
    while (left > 0) {
      if (isMidnight(at) && totalOf(minuteOf(at)) < left) {
        left -= totalOf(minuteOf(at));
        at += DAY_MS;
        continue;
      }
      const end = instantOf(minuteOf(at) + 1);
      if (works(minuteOf(at))) {
        const step = Math.min(left, end - at);
        left -= step;
        at += step;
      } else at = end;
    }
    return at;
  }

  function workingDayLater(minute: number, days: number): number {
    let m = minute;
    for (let left = days; left > 0; ) {
      m = midnight(m) + DAY;
      if (worksThatDay(m)) left--;
    }
    while (!worksThatDay(m)) m = midnight(m) + DAY;
    return m;
  }

  function due(rule: Due, bases: { event: string; handover: number; step: number; schedule: number | null }): number | null {
    if (rule.kind === 'tentative') return null;
    const eventStart = instantOf(Date.parse(`${bases.event}T00:00Z`) / 60_000 - FIRST);
    const base = rule.from === 'event' ? eventStart : bases[rule.from];
    if (base === null) return null;
    const minute = minuteOf(base);
    if (rule.kind === 'elapsed') return base + rule.ms;
    if (rule.kind === 'within' && rule.unit !== 'd') return addWorking(base, rule.amount * (rule.unit === 'h' ? 60 : 1) * 60_000);
    if (rule.kind === 'within') {
      const day = workingDayLater(minute, rule.amount);
      const sameTime = instantOf(midnight(day)) + (base - instantOf(midnight(minute)));
      return Math.min(sameTime, closing(day));
    }
    if (rule.at === 'day-end') {
      const day = rule.calendar || rule.days === 0 ? midnight(minute) + rule.days * DAY : workingDayLater(minute, rule.days);
      return instantOf(midnight(day) + DAY) - 1000;
    }
    let day = rule.calendar ? midnight(minute) + rule.days * DAY : workingDayLater(minute, rule.days);
    while (!worksThatDay(day) || closing(day) < base) day = midnight(day) + DAY;
    return closing(day);
  }

  return {
    addWorking,
    subtractWorking(from, ms) {
      let at = from;
      let left = ms;
      while (left > 0) {
        if (isMidnight(at) && totalOf(minuteOf(at - DAY_MS)) < left) {
          left -= totalOf(minuteOf(at - DAY_MS));
          at -= DAY_MS;
          continue;
        }
        const minute = minuteOf(at - 1);
        const start = instantOf(minute);
        if (works(minute)) {
          const step = Math.min(left, at - start);
          left -= step;
          at -= step;
        } else at = start;
      }
      return at;
    },
    workingBetween(from, to) {
      let total = 0;
      for (let at = from; at < to; ) {
        if (isMidnight(at) && at + DAY_MS <= to) {
          total += totalOf(minuteOf(at));
          at += DAY_MS;
          continue;
        }
        const end = Math.min(to, instantOf(minuteOf(at) + 1));
        if (works(minuteOf(at))) total += end - at;
        at = end;
      }
      return total;
    },
    openingAfter(at) {
      if (works(minuteOf(at))) return at;
      let minute = minuteOf(at) + 1;
      while (!works(minute)) minute++;
      return instantOf(minute);
    },
    whenAllowed(at) {
      if (!quiet(minuteOf(at))) return at;
      let minute = minuteOf(at) + 1;
      while (quiet(minute)) minute++;
      let opening = midnight(minute);
      while (!works(opening)) opening++;
      return instantOf(opening > minute && !quiet(opening) ? opening : minute);
    },
    lastAllowedBefore(at, notBefore) {
      for (let minute = minuteOf(at - 1); instantOf(minute) > notBefore; minute--) if (!quiet(minute)) return instantOf(minute);
      return notBefore < at && !quiet(minuteOf(notBefore)) ? notBefore : null;
    },
    preview(sop, event, handover) {
      const firstPrepare = sop.steps.findIndex((step) => step.kind === 'prepare');
      const dues: (number | null)[] = [];
      for (const [index, step] of sop.steps.entries()) {
        const since = firstPrepare !== -1 && index > firstPrepare ? firstPrepare + 1 : 0;
        const entry = Math.max(handover, ...dues.slice(since).filter((known) => known !== null));
        const schedules = sop.steps.slice(0, index).flatMap((earlier, i) => (earlier.kind === 'schedule' ? [dues[i] ?? null] : []));
        const none = !sop.steps.some((other) => other.kind === 'schedule');
        dues.push(due(step.due, { event, handover, step: entry, schedule: none ? entry : (schedules.at(-1) ?? null) }));
      }
      return dues;
    },
  };
}

function clock(text: string): number {
  const [h = '0', m = '0'] = text.split(':');
  return Number.parseInt(h, 10) * 60 + Number.parseInt(m, 10);
}

function markDay(time: OfficeTime, day: number, work: Uint8Array, hushed: Uint8Array, wholeDay: Set<number>): void {
  const midnight = new Date((FIRST + day * DAY) * 60_000);
  const date = midnight.toISOString().slice(0, 10);
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  let week = time.hours;
  for (const season of time.seasons.toReversed()) if (!(date < season.from || date > season.to)) week = season.hours;
  if (week === 'always') wholeDay.add(day);

  let spans: Span[] = week === 'always' ? [{ from: '00:00', to: '24:00' }] : (week[names[midnight.getUTCDay() as 0] as 'sun'] ?? []);
  if (week !== 'always') {
    const entry = time.holidays.filter((holiday) => holiday.date === date).at(-1);
    if (entry?.open) {
      for (const name of ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const) if (spans.length === 0) spans = week[name] ?? [];
    } else if (entry || nationallyFree.has(date)) spans = [];
  }
  for (const span of spans) work.fill(1, day * DAY + clock(span.from), day * DAY + clock(span.to));

  const silent = time.quiet;
  if (!silent || silent.from === silent.to || (silent.from === '00:00' && silent.to === '24:00')) return;
  const [from, to] = [clock(silent.from), clock(silent.to)];
  for (let minute = 0; minute < DAY; minute++) {
    const inside = from < to ? from <= minute && minute < to : minute >= from || minute < to;
    if (inside) hushed[day * DAY + minute] = 1;
  }
}
