// Publishing with proof: a link or a picture for each channel; the last one closes the case.

import type { PersonId } from '../office/office.ts';
import type { AccessibleForm, MediaKind } from '../sop/sop.ts';
import type { Case, CaseEvent, ProvidedForm, Publication } from './case.ts';
import type { Command, Refusal } from './command.ts';
import { mayAct } from './decide-judge.ts';
import { entering } from './entering.ts';
import { evolve } from './evolve.ts';
import { actingIn, type Facts, stepAt } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

/** The channels that still have no publication, in the SOP's order. */
export function openChannels(c: Case, facts: Facts): string[] {
  if (c.state.status !== 'approved') return [];
  const step = stepAt(facts.sop, c.state.step);
  const channels = step.kind === 'publish' ? step.channels : [];
  return channels.filter((channel) => !c.publications.some((done) => done.channel === channel));
}

/** The events of one channel's publication by this person: nothing when it is done already. */
export function published(
  c: Case,
  channel: string,
  what: Pick<Publication, 'link' | 'proof' | 'waived'>,
  by: PersonId,
  facts: Facts,
): CaseEvent[] {
  if (c.state.status !== 'approved' || !openChannels(c, facts).includes(channel)) return [];
  const publication = { channel, ...what, ...actingIn(c.state.role, by, facts) };
  const announced: CaseEvent = { type: 'announced', at: facts.now, by, step: c.state.step, publication };
  const after = evolve(c, announced);
  return openChannels(after, facts).length === 0 ? [announced, ...entering(after, c.state.step, by, facts)] : [announced];
}

/** Nobody can follow a link to it: a photo of the place is asked for, or a link to one. */
const OFFLINE = new Set(['papan_pengumuman']);

export function isOffline(channel: string): boolean {
  return OFFLINE.has(channel);
}

/** What can show that something was published; a document may be a picture as well. */
export const PROOF_KINDS: readonly MediaKind[] = ['photo', 'document'];

/** Accessible forms that are still wanted before anything is published; `null` when there are enough. */
export function formsWanted(c: Case, facts: Facts): (Refusal & { refused: 'forms-incomplete' }) | null {
  if (c.state.status !== 'approved') return null;
  const step = stepAt(facts.sop, c.state.step);
  if (step.kind !== 'publish' || !step.accessibility) return null;
  const { min, forms } = step.accessibility;
  const have = new Set((c.forms ?? []).map(({ form }) => form)).size;
  return have < min ? { refused: 'forms-incomplete', have, min, forms } : null;
}

/** A form that is given again takes the place of the one before. */
export function formProvided(
  c: Case,
  form: AccessibleForm,
  what: Pick<ProvidedForm, 'text' | 'file'>,
  by: PersonId,
  facts: Facts,
): CaseEvent[] {
  if (c.state.status !== 'approved') return [];
  return [{ type: 'form-provided', at: facts.now, by, form, ...what }];
}

export function announce(c: Case, command: Command & { type: 'announce' | 'add-media' }, facts: Facts): Ruling {
  const state = c.state;
  const seen =
    command.type === 'announce'
      ? command.seen
      : { step: 'step' in state ? state.step : '', round: 'round' in state ? state.round : 0, revision: c.revisions.length };
  if (c.state.status !== 'approved') return refused({ refused: 'outdated', now: c.state.status });
  const may = mayAct(c, seen, command.by, facts);
  if ('refused' in may) return refused(may);
  const wanted = formsWanted(c, facts);
  if (wanted && !(command.type === 'add-media' && command.media.formOf !== undefined)) return refused(wanted);
  if (command.type === 'add-media') {
    const { kind, proofOf } = command.media;
    if (proofOf !== undefined && !PROOF_KINDS.includes(kind)) return refused({ refused: 'proof-kind', kind, allowed: [...PROOF_KINDS] });
    // Heard twice, it is one file all the same.
    const known = c.proofs.some(({ id }) => id === command.media.id);
    return known ? accepted() : accepted({ type: 'media-added', at: facts.now, by: command.by, media: command.media });
  }
  const { channel, link, proof } = command;
  return accepted(...published(c, channel, { link, proof }, command.by, facts));
}
