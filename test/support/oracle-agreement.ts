// Puts the same random questions to the rules and to the oracle, and tells the first answer that differs.
import { calendarOf } from '../../src/calendar/calendar.ts';
import { previewOf } from '../../src/calendar/preview.ts';
import { lastAllowedBefore, whenAllowed } from '../../src/calendar/quiet.ts';
import { addWorking, subtractWorking, workingBetween } from '../../src/calendar/working-time.ts';
import type { OfficeTime } from '../../src/office/office.ts';
import { type Oracle, oracleOf } from './minute-oracle.ts';
import { type Random, randomDate, randomFrom, randomInstant, randomOffice, randomSop } from './random-office.ts';

export interface Difference {
  question: string;
  office: OfficeTime;
  asked: unknown;
  rules: unknown;
  oracle: unknown;
}

/** Marking years of minutes costs more than the questions, so an office answers several cases. */
const CASES_PER_OFFICE = 200;

/** `tick` hears how many cases are done, after each office. */
export function firstDifference(seed: number, cases: number, tick: (done: number) => void = () => {}): Difference | null {
  const random = randomFrom(seed);
  for (let done = 0; done < cases; ) {
    const office = randomOffice(random);
    const oracle = oracleOf(office);
    for (const end = Math.min(cases, done + CASES_PER_OFFICE); done < end; done++) {
      const difference = compare(random, office, oracle);
      if (difference) return { ...difference, office };
    }
    tick(done);
  }
  return null;
}

function compare(random: Random, office: OfficeTime, oracle: Oracle): Omit<Difference, 'office'> | null {
  const calendar = calendarOf(office);
  const sop = randomSop(random);
  const event = randomDate(random);
  const handover = random.chance(0.7) ? Date.parse(event) + random.int(-86_400, 259_200) * 1000 : randomInstant(random);
  const at = randomInstant(random);
  const ms = random.int(0, 3000) * 60_000 + (random.chance(0.3) ? random.int(0, 59_999) : 0);
  const later = at + random.int(-1000, 20_000) * 60_000;
  const answers: [string, unknown, unknown, unknown][] = [
    [
      'preview',
      { sop, event, handover },
      previewOf(sop, office, { event, handover }).map((row) => row.due),
      oracle.preview(sop, event, handover),
    ],
    ['addWorking', { at, ms }, addWorking(calendar, at, ms), oracle.addWorking(at, ms)],
    ['subtractWorking', { at, ms }, subtractWorking(calendar, at, ms), oracle.subtractWorking(at, ms)],
    ['workingBetween', { at, later }, workingBetween(calendar, at, later), oracle.workingBetween(at, later)],
    ['openingAfter', { at }, calendar.openingAfter(at), oracle.openingAfter(at)],
    ['whenAllowed', { at }, whenAllowed(office, at), oracle.whenAllowed(at)],
    ['lastAllowedBefore', { at, later }, lastAllowedBefore(office, later, at), oracle.lastAllowedBefore(later, at)],
  ];
  for (const [question, asked, rules, truth] of answers) {
    if (JSON.stringify(rules) !== JSON.stringify(truth)) return { question, asked, rules, oracle: truth };
  }
  return null;
}
