// A file has arrived in the vault, or will never do so: it counts once, it stands twice, or it cannot be used.
import { allowedKinds } from '../draft/missing.ts';
import type { Case, CaseEvent, Media } from './case.ts';
import type { Command } from './command.ts';
import { formProvided, PROOF_KINDS, published } from './decide-announce.ts';
import { contentStep, type Facts, stepAt } from './facts.ts';
import { accepted, type Ruling } from './ruling.ts';

type Arrived = Extract<Command, { type: 'keep-media' | 'refuse-media' }>;

function kindFault(c: Case, media: Media, command: Arrived & { type: 'keep-media' }, facts: Facts): boolean {
  if (media.formOf !== undefined) return false;
  if (media.proofOf !== undefined) return !PROOF_KINDS.includes(command.kind);
  const here = 'step' in c.state ? stepAt(facts.sop, c.state.step) : null;
  return !allowedKinds(here?.kind === 'prepare' ? here : contentStep(facts.sop)).includes(command.kind);
}

export function mediaArrived(c: Case, command: Arrived, facts: Facts): Ruling {
  const media = [...c.content.media, ...c.proofs].find(({ id }) => id === command.media);
  // Taken out in the meantime, or told twice.
  if (media?.state !== 'pending') return accepted();
  const base = { at: facts.now, by: 'system', media: media.id } as const;
  if (command.type === 'refuse-media') return accepted({ ...base, type: 'media-refused', why: command.why });
  const { sha256, bytes, mime, kind } = command;
  if (bytes === 0) return accepted({ ...base, type: 'media-refused', why: { fault: 'empty' } });
  if (kindFault(c, media, command, facts)) return accepted({ ...base, type: 'media-refused', why: { fault: 'wrong-type', found: mime } });
  const kept: CaseEvent = { ...base, type: 'media-kept', sha256, bytes, mime, kind };
  if (media.formOf !== undefined)
    return accepted(kept, ...formProvided(c, media.formOf, { text: null, file: { sha256, bytes } }, media.sentBy, facts));
  if (media.proofOf !== undefined)
    return accepted(kept, ...published(c, media.proofOf, { link: null, proof: { sha256, bytes } }, media.sentBy, facts));
  const twin = c.content.media.find((other) => other.state === 'kept' && other.sha256 === sha256);
  return accepted(twin ? { ...base, type: 'media-doubled', of: twin.id } : kept);
}
