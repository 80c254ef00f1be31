// What the rules need to know beside the case: gathered at the edge, under the lock, before anything is decided.
import { calendarOf } from '../calendar/calendar.ts';
import { dueAt } from '../calendar/due.ts';
import { type Acting, actingAs, actingFor, holdersOf } from '../office/deputies.ts';
import { type Office, type Person, type PersonId, personOf } from '../office/office.ts';
import type { AssignStep, PrepareStep, Sop, Step } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import { type Case, lastHandedIn, revisionOf } from './case.ts';
import type { Doer } from './doer.ts';
import type { Named } from './outgoing.ts';
import { standInsAt } from './stand-ins.ts';

export interface Facts {
  now: Instant;
  office: Office;
  /** The version the case began with. */
  sop: Sop;
}

export function stepAt(sop: Sop, id: string): Step {
  const step = sop.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`SOP ${sop.id} has no step '${id}'`);
  return step;
}

export function indexOf(sop: Sop, id: string): number {
  return sop.steps.findIndex((step) => step.id === id);
}

export function prepareStep(sop: Sop, id: string): PrepareStep {
  const step = stepAt(sop, id);
  if (step.kind !== 'prepare') throw new Error(`Step '${id}' of ${sop.id} is not a prepare step`);
  return step;
}

/** The step at which the content gets the form that is decided on and published. */
export function contentStep(sop: Sop): PrepareStep {
  const step = sop.steps.findLast((candidate) => candidate.kind === 'prepare');
  if (!step) throw new Error(`SOP ${sop.id} has no step to prepare`);
  return step;
}

/** A step whose holder collects in a draft: a prepare step, or the assignment of one. */
export type DraftStep = PrepareStep | AssignStep;

export function draftStep(sop: Sop, id: string): DraftStep {
  const step = stepAt(sop, id);
  if (step.kind !== 'prepare' && step.kind !== 'assign') throw new Error(`Nothing is collected at step '${id}' of ${sop.id}`);
  return step;
}

/** The step that the task of an assignment is for. */
export function assignedStep(sop: Sop, step: AssignStep): PrepareStep {
  const later = sop.steps.slice(indexOf(sop, step.id)).filter((candidate) => candidate.kind === 'prepare');
  const found = step.assignTo === undefined ? later[0] : later.find(({ id }) => id === step.assignTo);
  if (!found) throw new Error(`Step '${step.id}' of ${sop.id} assigns nothing`);
  return found;
}

/** Whom a task may be given to: the holders of the prepare step's role, the giver left out; nobody where nothing is assigned. */
export function candidatesOf(step: DraftStep, by: PersonId, facts: Facts): Person[] {
  if (step.kind !== 'assign') return [];
  return holdersOf(facts.office, assignedStep(facts.sop, step).role, facts.now).filter(({ id }) => id !== by);
}

export function today(facts: Facts): LocalDate {
  return calendarOf(facts.office).dateOf(facts.now);
}

export function roleLabel(sop: Sop, role: string): string {
  return sop.roles[role] ?? role;
}

export function personName(office: Office, id: string): string {
  return personOf(office, id)?.name ?? id;
}

export function named(c: Case, office: Office): Named {
  return { case: c.id, number: c.number?.text ?? null, title: c.content.title, timezone: office.timezone };
}

const wall = new WeakMap<Office, Office>();

/** The office's time as this case counts it: what must be announced at once (serta merta) does not wait for office hours. */
export function officeTimeOf(c: Case, office: Office): Office {
  if (!isUrgent(c)) return office;
  const always = wall.get(office) ?? { ...office, hours: 'always', seasons: [], holidays: [] };
  // The same object every time: calendars are kept by it.
  wall.set(office, always);
  return always;
}

export function isUrgent(c: Case): boolean {
  return c.content.details?.class === 'serta_merta';
}

/** When `step`, entered at `enteredAt`, is due. A prepare step that is entered again counts from the day it came back. */
export function dueOf(c: Case, step: Step, round: number, facts: Facts, enteredAt = facts.now): Instant | null {
  const calendar = calendarOf(officeTimeOf(c, facts.office));
  const revision = revisionOf(c);
  const again = step.kind === 'prepare' && round > 1;
  const event = again ? calendar.dateOf(enteredAt) : (revision?.eventDate ?? c.content.eventDate);
  return dueAt(step.due, { event, handover: lastHandedIn(c)?.at ?? null, step: enteredAt, schedule: c.schedule ?? null }, calendar);
}

/** How often the case has entered this step. */
export function roundsOf(c: Case, step: string): number {
  return c.rounds[step] ?? 0;
}

/** Everybody who handed in a revision: none of them decides on this case. Who repaired one as its decider still decides. */
export function isOwnCase(c: Case, person: string): boolean {
  return c.maker === person || c.revisions.some((revision) => revision.by === person && !revision.repaired);
}

/** May this person not decide here, because the case is his own, or that of the person in whose stead he would decide? */
export function barred(c: Case, role: string, person: PersonId, facts: Facts): boolean {
  const principal = actingFor(facts.office, role, person, facts.now);
  return isOwnCase(c, person) || (principal !== null && isOwnCase(c, principal));
}

/** A principal and his deputy have one vote between them: whose it is. */
export function seatOf(role: string, person: PersonId, facts: Facts): PersonId {
  return actingFor(facts.office, role, person, facts.now) ?? person;
}

/** What is written down beside the name of somebody who acts for another. */
export function actingIn(role: string, person: PersonId, facts: Facts): Partial<Acting> {
  return actingAs(facts.office, role, person, facts.now) ?? {};
}

/** The rejection by this person that the case came back with: it says how he acted. */
export function rejectionBy(c: Case, person: PersonId): Partial<Acting> {
  return c.decisions.findLast((made) => made.person === person && made.verdict === 'reject') ?? {};
}

export function doer(role: string, person: PersonId, { capacity, onBehalfOf }: Partial<Acting>, { office, sop }: Facts): Doer {
  const who = { role: roleLabel(sop, role), person: personName(office, person) };
  if (capacity === undefined) return who;
  return { ...who, capacity, onBehalfOf: onBehalfOf ? personName(office, onBehalfOf) : null };
}

/** Who may act at a step now: who holds its role, and whom a supervisor has given it to. Who made the case never decides on it. */
export function actorsOf(c: Case, step: Step, facts: Facts): Person[] {
  const able = holdersAble(c, step, facts);
  const more = standInsAt(c, step.id, facts.office).filter(({ id }) => !isOwnCase(c, id) && !able.some((one) => one.id === id));
  return more.length === 0 ? able : [...able, ...more];
}

/** Has a supervisor given him this step, whose role he does not hold? */
export function isStandIn(c: Case, step: Step, person: PersonId, facts: Facts): boolean {
  const holds = holdersOf(facts.office, step.role, facts.now).some(({ id }) => id === person);
  return !holds && standInsAt(c, step.id, facts.office).some(({ id }) => id === person);
}

/** In whose stead a stand-in acts: the one who could have, when there is only one. */
export function steadOf(c: Case, step: Step, facts: Facts): PersonId | null {
  const able = holdersAble(c, step, facts);
  const [only] = able.length === 1 ? able : [];
  return only?.id ?? null;
}

/** Who may act by his role. For deciding steps the case's own makers are left out. */
export function holdersAble(c: Case, step: Step, facts: Facts): Person[] {
  const holders = holdersOf(facts.office, step.role, facts.now);
  if (c.state.status === 'making' && c.state.step === step.id) {
    const named = c.state.taken ?? c.state.assigned;
    const only = holders.filter(({ id }) => id === named);
    // Named and gone since: the others may do it.
    return only.length > 0 || c.state.taken !== null ? only : holders;
  }
  return step.kind === 'receive' || step.kind === 'decide' ? holders.filter(({ id }) => !barred(c, step.role, id, facts)) : holders;
}
