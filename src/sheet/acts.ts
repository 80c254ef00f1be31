// What was done in a case, in order: every hand-in, decision and schedule of every revision, and the steps that nobody has done yet.
import type { Case, Decision, Revision } from '../case/case.ts';
import type { Acting } from '../office/deputies.ts';
import type { Office, PersonId } from '../office/office.ts';
import type { Sop, Step } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import { type Signatory, signatory } from './signatory.ts';

export type Act = { who: Signatory; at: Instant; revision: number } & (
  | { act: 'handed-in' | 'assigned' | 'repaired'; hash: string }
  /** `word`: as the SOP's own button says it. */
  | { act: 'decided'; step: string; round: number; verdict: Decision['verdict']; word: string; note: string; via: Decision['via'] | null }
  | { act: 'scheduled'; schedule: Instant }
);

/** Who set the time of publishing, and when. */
export interface Scheduling extends Partial<Acting> {
  by: PersonId;
  at: Instant;
}

const ABSENT_LABELS = { accept: 'TERIMA', reject: 'TOLAK' };

export function roleLabel(sop: Sop, role: string): string {
  return sop.roles[role] ?? role;
}

/** In order of time; what happened in the same moment stays in the order revision, decision, schedule. */
export function actsOf(c: Case, sop: Sop, office: Office, scheduling: Scheduling | null): Act[] {
  const acts = [
    ...c.revisions.map((revision) => revisionAct(c, revision, sop, office)),
    ...c.decisions.map((decision) => decisionAct(decision, sop, office)),
    ...scheduleAct(c, sop, office, scheduling),
  ];
  return acts.toSorted((a, b) => a.at - b.at);
}

/** The step that somebody left by handing in at that moment. */
function stepLeft(c: Case, sop: Sop, at: Instant): Step | undefined {
  const stay = c.stays.find(({ leftAt }) => leftAt === at);
  return sop.steps.find(({ id }) => id === stay?.step);
}

function revisionAct(c: Case, revision: Revision, sop: Sop, office: Office): Act {
  const { at, hash, by } = revision;
  const step = stepLeft(c, sop, at);
  const act = revision.repaired ? 'repaired' : step?.kind === 'assign' ? 'assigned' : 'handed-in';
  const who = signatory(office, by, step === undefined ? null : roleLabel(sop, step.role), revision);
  return { act, who, at, revision: revision.revision, hash };
}

function decisionAct(decision: Decision, sop: Sop, office: Office): Act {
  const { step, round, role, person, verdict, note, at, revision, capacity, onBehalfOf, via = null } = decision;
  const found = sop.steps.find(({ id }) => id === step);
  const labels = found?.kind === 'decide' ? found.labels : ABSENT_LABELS;
  const acting = capacity === undefined ? { onBehalfOf } : { capacity, onBehalfOf };
  const who = signatory(office, person, roleLabel(sop, role), acting);
  return { act: 'decided', who, at, revision, step, round, verdict, word: { ...labels, receive: 'DITERIMA' }[verdict], note, via };
}

function scheduleAct(c: Case, sop: Sop, office: Office, scheduling: Scheduling | null): Act[] {
  if (c.schedule === undefined || scheduling === null) return [];
  const { by, at } = scheduling;
  const step = stepLeft(c, sop, at);
  const who = signatory(office, by, step === undefined ? null : roleLabel(sop, step.role), scheduling);
  return [{ act: 'scheduled', who, at, revision: c.revisions.length, schedule: c.schedule }];
}

/** The steps from where the case is now, in the SOP's order; none once it has ended. */
export function pendingOf(c: Case, sop: Sop): Step[] {
  const { state } = c;
  if (!('step' in state)) return [];
  const here = sop.steps.findIndex(({ id }) => id === state.step);
  return here < 0 ? [] : sop.steps.slice(here);
}
