// What the rules need to know beside the case: gathered at the edge, under the lock, before anything is decided.
import { calendarOf } from '../calendar/calendar.ts';
import { dueAt } from '../calendar/due.ts';
import { holdersOf, type Office, type Person, personOf } from '../office/office.ts';
import type { PrepareStep, Sop, Step } from '../sop/sop.ts';
import type { Instant, LocalDate } from '../time.ts';
import { type Case, revisionOf } from './case.ts';
import type { Named } from './outgoing.ts';

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

/** The step at which content is first handed in. */
export function firstStep(sop: Sop): PrepareStep {
  const step = sop.steps.find((candidate) => candidate.kind === 'prepare');
  if (!step) throw new Error(`SOP ${sop.id} has no step to prepare`);
  return step;
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

/** When `step`, entered at `enteredAt`, is due. A prepare step that is entered again counts from the day it came back. */
export function dueOf(c: Case, step: Step, round: number, facts: Facts, enteredAt = facts.now): Instant | null {
  const calendar = calendarOf(facts.office);
  const revision = revisionOf(c);
  const again = step.kind === 'prepare' && round > 1;
  const event = again ? calendar.dateOf(enteredAt) : (revision?.eventDate ?? c.content.eventDate);
  return dueAt(step.due, { event, handover: revision?.at ?? null, step: enteredAt, schedule: null }, calendar);
}

/** How often the case has entered this step. */
export function roundsOf(c: Case, step: string): number {
  return c.rounds[step] ?? 0;
}

/** Everybody who handed in a revision: none of them decides on this case. */
export function isOwnCase(c: Case, person: string): boolean {
  return c.maker === person || c.revisions.some((revision) => revision.by === person);
}

/** Who may act at a step now. For deciding steps the case's own makers are left out. */
export function actorsOf(c: Case, step: Step, facts: Facts): Person[] {
  const holders = holdersOf(facts.office, step.role, facts.now);
  return step.kind === 'receive' || step.kind === 'decide' ? holders.filter((holder) => !isOwnCase(c, holder.id)) : holders;
}
