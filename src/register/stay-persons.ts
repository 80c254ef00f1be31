// Who acted during a stay in a step, as far as the case remembers it: who chose a schedule stands in the history alone.
import type { Case, Stay } from '../case/case.ts';
import type { Acting } from '../office/deputies.ts';
import type { Office, PersonId } from '../office/office.ts';
import type { Sop } from '../sop/sop.ts';
import { actingName } from './acting-name.ts';

type Actor = { person: PersonId } & Partial<Acting>;

/** Names, each once. */
export function personsOf(c: Case, stay: Stay, sop: Sop, office: Office): string[] {
  return [...new Set(actorsIn(c, stay, sop).map(({ person, ...acting }) => actingName(office, person, acting)))];
}

function actorsIn(c: Case, stay: Stay, sop: Sop): Actor[] {
  switch (sop.steps.find(({ id }) => id === stay.step)?.kind) {
    case 'prepare':
    case 'assign':
      return [preparer(c, stay)];
    case 'publish':
      return c.publications.filter(({ at }) => at >= stay.enteredAt && at <= stay.leftAt);
    default:
      return c.decisions.filter(({ step, round }) => step === stay.step && round === stay.round);
  }
}

/** Whoever handed in as the step was left; a task that was given on has no revision. */
function preparer(c: Case, { step, leftAt }: Stay): Actor {
  const revision = c.revisions.find(({ at, repaired }) => at === leftAt && !repaired);
  return revision ? { ...revision, person: revision.by } : { person: c.makers?.[step]?.person ?? c.maker };
}
