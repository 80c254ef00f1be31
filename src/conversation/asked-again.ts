// What is asked once more when a proof of publishing, or an accessible form, could not be used.
import type { Case, Media } from '../case/case.ts';
import { openChannels } from '../case/decide-announce.ts';
import type { Facts } from '../case/facts.ts';
import type { Question } from '../case/outgoing.ts';

/** `null` when it is not wanted any more, or has come in another way meanwhile. */
export function askedAgain(
  c: Case,
  { proofOf, formOf }: Pick<Media, 'proofOf' | 'formOf'>,
  facts: Facts,
): (Question & { ask: 'link' | 'form' }) | null {
  if (c.state.status !== 'approved') return null;
  const { step, round } = c.state;
  const at = { case: c.id, step, round, revision: c.revisions.length };
  if (formOf !== undefined) return c.forms?.some(({ form }) => form === formOf) ? null : { ask: 'form', ...at, form: formOf };
  if (proofOf === undefined || !openChannels(c, facts).includes(proofOf)) return null;
  const another = c.proofs.some((one) => one.proofOf === proofOf && one.state === 'pending');
  return another ? null : { ask: 'link', ...at, channel: proofOf };
}
