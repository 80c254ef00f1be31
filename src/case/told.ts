// What a rung of the ladder says, and to whom: to the holders as a request, to the levels of supervisors it reaches as a report.
import { calendarOf } from '../calendar/calendar.ts';
import { workingBetween } from '../calendar/working-time.ts';
import type { PersonId } from '../office/office.ts';
import type { Instant } from '../time.ts';
import type { Case, Rung } from './case.ts';
import { isOpen } from './decide-collect.ts';
import { actorsOf, type Facts, indexOf, named, officeTimeOf, personName, roleLabel, stepAt } from './facts.ts';
import type { Notice, Outgoing } from './outgoing.ts';
import { givenAt } from './stand-ins.ts';
import { isAppointment } from './timers.ts';

export type LadderNotice = Required<Extract<Notice, { notice: 'ladder' }>>;

/** Working time for office clocks, wall time for `elapsed` ones and for days that end at midnight. */
function between(c: Case, facts: Facts, step: string, from: Instant, to: Instant): number {
  const { due } = stepAt(facts.sop, step);
  const wall = due.kind === 'elapsed' || (due.kind === 'days' && due.at === 'day-end');
  return wall ? Math.max(0, to - from) : workingBetween(calendarOf(officeTimeOf(c, facts.office)), from, to);
}

/** The supervisors whom a rung reaches: each escalation goes one level up, and stays at the highest. */
function levelOf(rung: Rung, { office: { supervisors } }: Facts): PersonId[] {
  if (rung === 'remind' || isAppointment(rung)) return [];
  const level = rung === 'overdue' ? 0 : Number(rung.replace('escalate-', ''));
  return supervisors[Math.min(level, supervisors.length - 1)] ?? [];
}

/** Whoever chose the time hears that it was missed. */
function schedulers(c: Case, step: string, rung: Rung, facts: Facts): PersonId[] {
  const { due } = stepAt(facts.sop, step);
  if (rung !== 'overdue' || !('from' in due) || due.from !== 'schedule') return [];
  return facts.sop.steps.filter(({ kind }) => kind === 'schedule').flatMap((one) => actorsOf(c, one, facts).map(({ id }) => id));
}

/** Whose turn it is: the maker of an open draft, else whoever may act at the step; nobody once the case is over. */
export function holderIds(c: Case, facts: Facts): PersonId[] {
  if (isOpen(c)) return [c.maker];
  return 'step' in c.state ? actorsOf(c, stepAt(facts.sop, c.state.step), facts).map(({ id }) => id) : [];
}

/** Everybody who is not a holder and hears of these rungs. */
export function othersToldOf(c: Case, rungs: Rung[], facts: Facts): PersonId[] {
  if (!('step' in c.state)) return [];
  const { step } = c.state;
  const holders = holderIds(c, facts);
  const all = rungs.flatMap((rung) => [...levelOf(rung, facts), ...schedulers(c, step, rung, facts)]);
  return [...new Set(all)].filter((person) => !holders.includes(person));
}

/** How the step stands at `facts.now`; `null` where nothing is waited for. */
export function ladderFact(c: Case, rung: Rung, facts: Facts): LadderNotice | null {
  if (!('step' in c.state) || c.state.dueAt === null) return null;
  const { step, dueAt, enteredAt, round, role } = c.state;
  const { now, office, sop } = facts;
  return {
    notice: 'ladder',
    named: named(c, office),
    rung,
    step: stepAt(sop, step).activity,
    role: roleLabel(sop, role),
    holders: holderIds(c, facts).map((id) => personName(office, id)),
    dueAt,
    schedule: c.schedule ?? null,
    now,
    lateMs: between(c, facts, step, dueAt, now),
    leftMs: between(c, facts, step, now, dueAt),
    to: 'holder',
    lateHandIn: dueAt <= enteredAt && c.handedInLate,
    index: { step: indexOf(sop, step), round, revision: c.revisions.length },
    given: givenAt(c, step, round).length,
  };
}

/** The notices of the last of these rungs, to everybody whom any of them reaches. */
export function ladderNotices(c: Case, rungs: Rung[], facts: Facts, only?: PersonId): Outgoing[] {
  const fact = ladderFact(
    c,
    rungs.reduce((_lower, rung) => rung, ''),
    facts,
  );
  if (!fact) return [];
  const making = isOpen(c);
  const wanted = (person: PersonId) => only === undefined || only === person;
  const toHolders = holderIds(c, facts)
    .filter(wanted)
    .map((person): Outgoing => ({ out: 'say', to: making ? { chat: c.home } : { person }, notice: fact }));
  const others = othersToldOf(c, rungs, facts).filter(wanted);
  return [...toHolders, ...others.map((person): Outgoing => ({ out: 'say', to: { person }, notice: { ...fact, to: 'supervisor' } }))];
}
