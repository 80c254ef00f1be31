// Publishing with proof: a link or a picture for each channel; the last one closes the case.

import type { PersonId } from '../office/office.ts';
import type { Case, CaseEvent, Publication } from './case.ts';
import type { Command } from './command.ts';
import { mayAct } from './decide-judge.ts';
import { entering } from './entering.ts';
import { evolve } from './evolve.ts';
import { type Facts, stepAt } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

/** The channels that still have no publication, in the SOP's order. */
export function openChannels(c: Case, facts: Facts): string[] {
  if (c.state.status !== 'approved') return [];
  const step = stepAt(facts.sop, c.state.step);
  const channels = step.kind === 'publish' ? step.channels : [];
  return channels.filter((channel) => !c.publications.some((done) => done.channel === channel));
}

/** The events of one channel's publication by this person: nothing when it is done already. */
export function published(c: Case, channel: string, what: Pick<Publication, 'link' | 'proof'>, by: PersonId, facts: Facts): CaseEvent[] {
  if (c.state.status !== 'approved' || !openChannels(c, facts).includes(channel)) return [];
  const announced: CaseEvent = { type: 'announced', at: facts.now, by, step: c.state.step, publication: { channel, ...what } };
  const after = evolve(c, announced);
  return openChannels(after, facts).length === 0 ? [announced, ...entering(after, c.state.step, by, facts)] : [announced];
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
  if (command.type === 'add-media') return accepted({ type: 'media-added', at: facts.now, by: command.by, media: command.media });
  const { channel, link, proof } = command;
  return accepted(...published(c, channel, { link, proof }, command.by, facts));
}
