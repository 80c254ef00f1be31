// What a month's recap answers, and for whom: who supervises or acts on what others made sees it all, a maker what he made.
import { isOwnCase } from '../case/facts.ts';
import { rolesOf } from '../office/deputies.ts';
import { isSupervisor, type PersonId } from '../office/office.ts';
import { recapOf } from '../register/recap.ts';
import type { Instant } from '../time.ts';
import type { StepKind, Subject } from './situation.ts';
import type { Talk } from './talk.ts';

const ACTING: ReadonlySet<StepKind> = new Set<StepKind>(['receive', 'decide', 'schedule', 'publish']);

/** He acts for a role of the case's SOP that receives, decides, schedules or publishes. */
function actsOn({ sop, office }: Subject, person: PersonId, now: Instant): boolean {
  const roles = rolesOf(office, person, now);
  return sop.steps.some(({ kind, role }) => ACTING.has(kind) && roles.includes(role));
}

/** One message for each of the offices; nothing was looked up when the month could not be read. */
export function sayRecap(talk: Talk): void {
  const { now, recap, memberships, duties } = talk.situation;
  if (!recap) return talk.say({ notice: 'no-month', command: 'rekap' });
  for (const { office, month, subjects, total } of recap.offices) {
    const people = memberships.filter((one) => one.office.id === office.id).map(({ person }) => person.id);
    const supervises = people.some((person) => isSupervisor(office, person));
    const seen = subjects.filter(
      (subject) => supervises || people.some((person) => actsOn(subject, person, now) || isOwnCase(subject.case, person)),
    );
    talk.say({
      notice: 'recap',
      office: recap.offices.length > 1 ? office.name : null,
      own: !supervises && !duties.some((kind) => ACTING.has(kind)),
      uncounted: total - subjects.length,
      ...recapOf(seen, office, month, now),
    });
  }
}
