// Around publishing: when it is to be, in which accessible forms, which channel is left out and why, and when it is enough.
import { lengthOf } from '../text/count.ts';
import { tidy } from '../text/tidy.ts';
import type { Case, CaseEvent } from './case.ts';
import { type Command, FORM_MAX, REASON_MAX, REASON_MIN } from './command.ts';
import { formProvided, openChannels, published } from './decide-announce.ts';
import { mayAct } from './decide-judge.ts';
import { entering } from './entering.ts';
import { evolve } from './evolve.ts';
import { actingIn, type Facts } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

/** How long "now" may have been on its way. Milliseconds. */
const PAST_MAX_MS = 60_000;

export function schedule(c: Case, command: Command & { type: 'schedule' }, facts: Facts): Ruling {
  const { seen, by } = command;
  const step = mayAct(c, seen, by, facts);
  if ('refused' in step) return refused(step);
  if (step.kind !== 'schedule') return refused({ refused: 'outdated', now: c.state.status });
  if (command.schedule < facts.now - PAST_MAX_MS) return refused({ refused: 'schedule-past', schedule: command.schedule });
  const { round } = seen;
  const scheduled: CaseEvent = {
    type: 'scheduled',
    at: facts.now,
    by,
    step: step.id,
    round,
    schedule: Math.max(facts.now, command.schedule),
    ...actingIn(step.role, by, facts),
  };
  return accepted(scheduled, ...entering(evolve(c, scheduled), step.id, by, facts));
}

export function provideForm(c: Case, command: Command & { type: 'provide-form' }, facts: Facts): Ruling {
  const { seen, by, form } = command;
  const step = mayAct(c, seen, by, facts);
  if ('refused' in step) return refused(step);
  const text = tidy(command.text);
  const length = lengthOf(text);
  if (length === 0 || length > FORM_MAX) return refused({ refused: 'response-length', length, max: FORM_MAX });
  return accepted(...formProvided(c, form, { text, file: null }, by, facts));
}

export function waive(c: Case, command: Command & { type: 'waive' }, facts: Facts): Ruling {
  const { seen, by, channel } = command;
  const step = mayAct(c, seen, by, facts);
  if ('refused' in step) return refused(step);
  const reason = tidy(command.reason);
  const length = lengthOf(reason);
  if (length < REASON_MIN || length > REASON_MAX)
    return refused({ refused: 'reason-length', of: 'waiver', length, min: REASON_MIN, max: REASON_MAX });
  if (!mayWaive(c, channel, facts)) return refused({ refused: 'last-channel' });
  return accepted(...published(c, channel, { link: null, proof: null, waived: reason }, by, facts));
}

/** What is published nowhere is not published: one channel is left for that. */
export function mayWaive(c: Case, channel: string, facts: Facts): boolean {
  const shown = c.publications.some(({ waived }) => waived === undefined);
  return shown || openChannels(c, facts).some((other) => other !== channel);
}

export function finish(c: Case, command: Command & { type: 'finish' }, facts: Facts): Ruling {
  const { seen, by } = command;
  const step = mayAct(c, seen, by, facts);
  if ('refused' in step) return refused(step);
  if (!mayFinish(c, facts)) return refused({ refused: 'not-now', status: c.state.status });
  return accepted(...entering(c, step.id, by, facts));
}

/** One channel is enough, and it has been shown there. */
export function mayFinish(c: Case, facts: Facts): boolean {
  if (c.state.status !== 'approved') return false;
  const id = c.state.step;
  const step = facts.sop.steps.find((one) => one.id === id);
  return step?.kind === 'publish' && step.channelsNeeded === 'any' && c.publications.some(({ waived }) => waived === undefined);
}
