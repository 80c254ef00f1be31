// Who was given a step by a supervisor, to act beside those who hold its role.
import type { Office, Person } from '../office/office.ts';
import type { Case, Reassigned } from './case.ts';

/** What was given to somebody at this step in this round, in order. */
export function givenAt(c: Case, step: string, round: number): Reassigned[] {
  return (c.reassigned ?? []).filter((one) => one.step === step && one.round === round);
}

/** Those of them who are still there, each once; nobody at a step that the case is not at. */
export function standInsAt(c: Case, step: string, office: Office): Person[] {
  const { state } = c;
  if ((state.status !== 'running' && state.status !== 'approved') || state.step !== step) return [];
  const ids = new Set(givenAt(c, step, state.round).map(({ person }) => person));
  return office.people.filter(({ id }) => ids.has(id));
}
