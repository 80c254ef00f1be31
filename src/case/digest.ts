// One message instead of many: what an outage left unsaid, and every day what has climbed its whole ladder and is late still.
import { calendarOf } from '../calendar/calendar.ts';
import { whenAllowed } from '../calendar/quiet.ts';
import type { Office, PersonId } from '../office/office.ts';
import type { UndigestedTimer } from '../ports/store.ts';
import type { Sop } from '../sop/sop.ts';
import { type Instant, MINUTE_MS } from '../time.ts';
import type { Case, Rung } from './case.ts';
import type { DigestItem, Notice, Outgoing } from './outgoing.ts';
import { wantedTimers } from './timers.ts';
import { holderIds, type LadderNotice, ladderFact, ladderNotices, othersToldOf } from './told.ts';

/** More cases are counted, not listed. */
export const DIGEST_LINES = 20;
/** What an outage left unsaid is gathered for so long, so that what people did meanwhile is heard first. Milliseconds. */
export const GATHER_MS = 10_000;
/** While more of it comes to light it is waited for again. Milliseconds. */
export const GATHER_AGAIN_MS = 5_000;
/** Nothing is waited for longer than this: one alarm that nobody can ring must not silence the others. Milliseconds. */
export const GATHER_MAX_MS = 120_000;
/** The daily digest comes so long after opening, unless the office says when. Milliseconds. */
const AFTER_OPENING_MS = 15 * MINUTE_MS;
/** An office that never closes has no opening to count from. */
const ALWAYS_AT = '08:00';

type Undigested = Pick<UndigestedTimer, 'case' | 'step' | 'round' | 'rung'>;

export interface Known {
  case: Case;
  sop: Sop;
}

interface Line {
  known: Known;
  rungs: Rung[];
  fact: LadderNotice;
}

/** The cases that are still where the alarm found them; of each the rungs that nobody has heard of, the highest last. */
function unsaid(waiting: Undigested[], known: Known[], office: Office, now: Instant): Line[] {
  return known.flatMap((one): Line[] => {
    const { state, told, id } = one.case;
    const fact = ladderFact(one.case, 'overdue', { now, office, sop: one.sop });
    if (!('step' in state) || !fact) return [];
    const here = told.filter(({ step, round }) => step === state.step && round === state.round);
    const rungs = here
      .map(({ rung }) => rung)
      .filter((rung) => waiting.some((w) => w.case === id && w.step === state.step && w.round === state.round && w.rung === rung));
    // A higher one that was said by itself meanwhile has said it all.
    const last = here.at(-1);
    if (rungs.length === 0 || !last?.digest) return [];
    const ordered = inOrder(rungs);
    // A deadline that has been moved meanwhile is late no more.
    return ordered.at(-1) === 'remind' || fact.dueAt <= now ? [{ known: one, rungs: ordered, fact }] : [];
  });
}

const FIRST_RUNGS = ['soon', 'start', 'remind', 'overdue'];

/** `remind`, `overdue`, `escalate-1` … however they were told. */
function inOrder(rungs: Rung[]): Rung[] {
  const height = (rung: Rung) => (FIRST_RUNGS.includes(rung) ? FIRST_RUNGS.indexOf(rung) - 4 : Number(rung.replace('escalate-', '')));
  return rungs.toSorted((a, b) => height(a) - height(b));
}

/** Each recipient's cases, the latest deadline last; one case alone goes out as the ladder's own notice. */
function digests(why: 'outage' | 'daily', lines: Line[], office: Office, now: Instant, alone: boolean): Outgoing[] {
  const of = new Map<PersonId, Line[]>();
  for (const line of lines) {
    const facts = { now, office, sop: line.known.sop };
    for (const person of [...holderIds(line.known.case, facts), ...toldOf(why, line, facts)])
      of.set(person, [...(of.get(person) ?? []), line]);
  }
  return [...of].flatMap(([person, all]): Outgoing[] => {
    const [only] = all;
    if (only && all.length === 1 && alone) return ladderNotices(only.known.case, only.rungs, { now, office, sop: only.known.sop }, person);
    const items = all.map(itemOf).sort((a, b) => a.dueAt - b.dueAt);
    const notice: Notice = {
      notice: 'digest',
      why,
      to: isHolder(person, all, office, now) ? 'holder' : 'supervisor',
      timezone: office.timezone,
      now,
      items: items.slice(0, DIGEST_LINES),
      more: Math.max(0, items.length - DIGEST_LINES),
    };
    return [{ out: 'say', to: { person }, notice }];
  });
}

function isHolder(person: PersonId, lines: Line[], office: Office, now: Instant): boolean {
  return lines.some(({ known }) => holderIds(known.case, { now, office, sop: known.sop }).includes(person));
}

/** Of a draft that was never handed in its maker alone hears day after day: the supervisors have heard it, and can do nothing about it. */
function toldOf(why: 'outage' | 'daily', { known, rungs }: Line, facts: { now: Instant; office: Office; sop: Sop }): PersonId[] {
  return why === 'daily' && known.case.state.status === 'draft' ? [] : othersToldOf(known.case, rungs, facts);
}

function itemOf({ fact: { named, step, holders, dueAt, lateMs, index, given } }: Line): DigestItem {
  return { named, step, holders, dueAt, lateMs, index, given };
}

/** After an outage: one message to everybody whom the ladder would have told meanwhile, of what is still waited for. */
export function catchUp(waiting: Undigested[], known: Known[], office: Office, now: Instant): Outgoing[] {
  return digests('outage', unsaid(waiting, known, office, now), office, now, true);
}

/** Every rung of the step that the case is at has been told, and it is late still. */
export function isExhausted({ case: c, sop }: Known, office: Office, now: Instant): boolean {
  if (!('step' in c.state) || c.state.dueAt === null || c.state.dueAt > now) return false;
  const { step, round } = c.state;
  return c.told.some((one) => one.step === step && one.round === round) && wantedTimers(c, { sop, office }).length === 0;
}

/** The day's list: nobody gets an empty one. */
export function daily(known: Known[], office: Office, now: Instant): Outgoing[] {
  const lines = known.flatMap((one): Line[] => {
    const { state, told } = one.case;
    const fact = ladderFact(one.case, 'overdue', { now, office, sop: one.sop });
    if (!('step' in state) || !fact || !isExhausted(one, office, now)) return [];
    const here = told.filter(({ step, round }) => step === state.step && round === state.round);
    return [{ known: one, rungs: inOrder(here.map(({ rung }) => rung)), fact }];
  });
  return digests('daily', lines, office, now, false);
}

/** The next daily digest after `after`: on a working day, never in quiet hours. `null`: the office wants none. */
export function nextDaily(office: Office, after: Instant): Instant | null {
  const { daily: at } = office.ladder;
  if (at === false) return null;
  const calendar = calendarOf(office);
  let date = calendar.dateOf(after);
  for (;;) {
    const day = calendar.workingDayFrom(date);
    const usual = calendar.always ? calendar.instantOf(day.date, ALWAYS_AT) : day.opening + AFTER_OPENING_MS;
    const wanted = whenAllowed(office, at === undefined ? usual : calendar.instantOf(day.date, at));
    if (wanted > after) return wanted;
    date = calendar.nextDate(day.date);
  }
}
