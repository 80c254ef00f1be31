// Whether a draft may leave its maker's hands: he holds the role, nothing is missing, and nothing is still on its way.
import { missingOf, pendingMedia } from '../draft/missing.ts';
import { rolesOf } from '../office/deputies.ts';
import type { PersonId } from '../office/office.ts';
import type { Case } from './case.ts';
import type { Refusal } from './command.ts';
import type { DraftStep, Facts } from './facts.ts';

/** What stands against it; `null`: nothing. */
export function notReady(c: Case, step: DraftStep, by: PersonId, facts: Facts): Refusal | null {
  const yours = rolesOf(facts.office, by, facts.now);
  // Whoever began as a maker may have lost the role since.
  if (!yours.includes(step.role)) return { refused: 'not-your-role', needed: step.role, yours };
  const missing = missingOf(c.content, step);
  if (missing.length > 0) return { refused: 'incomplete', missing };
  const files = pendingMedia(c.content).length;
  // A revision without them would leave them out for ever, and its maker would not know.
  return files > 0 ? { refused: 'files-coming', files } : null;
}
