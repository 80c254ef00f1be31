// A deputy as he is told of: by name, and to whom it matters.
import type { Deputy, Office, PersonId } from '../office/office.ts';
import { personName } from './facts.ts';
import type { NamedDeputy, Notice, Outgoing } from './outgoing.ts';

/** What the SOPs call a role. */
export type RoleLabels = Readonly<Record<string, string>>;

export function namedDeputy(office: Office, labels: RoleLabels, deputy: Deputy): NamedDeputy {
  const { kind: capacity, by, for: principal, roles, from, to, letter = null } = deputy;
  return {
    capacity,
    by: personName(office, by),
    for: principal === null ? null : personName(office, principal),
    roles: roles.map((role) => labels[role] ?? role),
    from,
    to,
    letter,
  };
}

/** To the deputy, to the one he stands in for, and to the supervisors, once each. */
export function deputyTold(office: Office, labels: RoleLabels, deputy: Deputy, phase: 'set' | 'begun' | 'ended'): Outgoing[] {
  const notice = (you: (Notice & { notice: 'deputy' })['you']): Notice => ({
    notice: 'deputy',
    phase,
    deputy: namedDeputy(office, labels, deputy),
    you,
  });
  const others = new Set(office.supervisors.flat());
  const to = (person: PersonId, you: 'deputy' | 'principal' | 'supervisor'): Outgoing => {
    others.delete(person);
    return { out: 'say', to: { person }, notice: notice(you) };
  };
  return [
    to(deputy.by, 'deputy'),
    ...(deputy.for === null ? [] : [to(deputy.for, 'principal')]),
    ...[...others].map((person) => to(person, 'supervisor')),
  ];
}
