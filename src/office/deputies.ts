// Deputies: who stands in for a holder for some days (Plh), or for a role that nobody holds (Plt). Dates are the office's own, both days included.
import { zoneOf } from '../calendar/zone.ts';
import type { Instant, LocalDate } from '../time.ts';
import { type Capacity, type Deputy, type Office, type Person, type PersonId, personOf } from './office.ts';

/** What stands before a role's name on paper. */
export const CAPACITY_TITLE: Record<Capacity, string> = { plh: 'Plh.', plt: 'Plt.' };

/** In which capacity somebody acts, and in whose name: `null` where the role has nobody. */
export interface Acting {
  capacity: Capacity;
  onBehalfOf: PersonId | null;
}

function holds(office: Office, person: PersonId, role: string): boolean {
  return personOf(office, person)?.roles.includes(role) ?? false;
}

/** On that date, and only as long as both are still there: who has lost a role leaves nothing of it to his deputy. */
function actsFor(office: Office, deputy: Deputy, role: string, date: LocalDate): boolean {
  return (
    deputy.roles.includes(role) &&
    deputy.from <= date &&
    (deputy.to === null || date <= deputy.to) &&
    personOf(office, deputy.by) !== undefined &&
    (deputy.for === null || holds(office, deputy.for, role))
  );
}

function inForce(office: Office, role: string, at: Instant): Deputy[] {
  const { deputies = [] } = office;
  if (deputies.length === 0) return deputies;
  const date = zoneOf(office.timezone).dateOf(at);
  return deputies.filter((deputy) => actsFor(office, deputy, role, date));
}

/** Deputies who act on that date for at least one of their roles. */
export function deputiesOn(office: Office, date: LocalDate): Deputy[] {
  return (office.deputies ?? []).filter((deputy) => deputy.roles.some((role) => actsFor(office, deputy, role, date)));
}

/** Who acts for `role` at this moment: its holders, then their deputies. */
export function holdersOf(office: Office, role: string, at: Instant): Person[] {
  const deputies = new Set(inForce(office, role, at).map(({ by }) => by));
  const own = office.people.filter((person) => person.roles.includes(role));
  return deputies.size === 0 ? own : [...own, ...office.people.filter(({ id, roles }) => deputies.has(id) && !roles.includes(role))];
}

/** How somebody who does not hold the role himself acts for it; `null`: in his own right, or not at all. */
export function actingAs(office: Office, role: string, person: PersonId, at: Instant): Acting | null {
  if (holds(office, person, role)) return null;
  const deputy = inForce(office, role, at).find(({ by }) => by === person);
  return deputy ? { capacity: deputy.kind, onBehalfOf: deputy.for } : null;
}

/** In whose name somebody acts; `null`: in his own right, not at all, or for a role that has nobody. */
export function actingFor(office: Office, role: string, person: PersonId, at: Instant): PersonId | null {
  return actingAs(office, role, person, at)?.onBehalfOf ?? null;
}

/** Every role that somebody acts for: his own, then those of others. */
export function rolesOf(office: Office, person: PersonId, at: Instant): string[] {
  const own = personOf(office, person)?.roles ?? [];
  const lent = (office.deputies ?? []).filter(({ by }) => by === person).flatMap(({ roles }) => roles);
  return [...new Set([...own, ...lent.filter((role) => inForce(office, role, at).some(({ by }) => by === person))])];
}

const FOREVER: LocalDate = '9999-12-31';

/** Two deputies of one person (or of one empty role), or one deputy of two, for the same role on the same day: nobody could say who acts for whom. */
export function collides(one: Deputy, other: Deputy): boolean {
  const sameDay = one.from <= (other.to ?? FOREVER) && other.from <= (one.to ?? FOREVER);
  return sameDay && (one.for === other.for || one.by === other.by) && one.roles.some((role) => other.roles.includes(role));
}

/** The office without what was set in chats: what its file made it. */
export function asFiled({ deputies = [], ...office }: Office): Office {
  const filed = deputies.filter(({ chat }) => chat === undefined);
  return filed.length > 0 ? { ...office, deputies: filed } : office;
}
