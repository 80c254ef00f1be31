// One tap with what it refers to, and the ways in which every tap ends.
import type { Command, Refusal, Seen } from '../case/command.ts';
import { mayAct } from '../case/decide-judge.ts';
import { draftKeyOf } from '../case/draft-key.ts';
import type { CardKey, Notice } from '../case/outgoing.ts';
import type { Reference } from './reference.ts';
import type { Subject } from './situation.ts';
import type { Talk } from './talk.ts';

export type Tapped = { talk: Talk; reference: Reference; subject: Subject; by: string; seen: Seen };

export function cardKey({ reference, subject, seen }: Tapped): CardKey {
  const step = subject.sop.steps[reference.step];
  const drafting = (step?.kind === 'prepare' && reference.action !== 'take') || step?.kind === 'assign';
  return drafting
    ? draftKeyOf(reference.case, subject.sop, reference.step, reference.revision)
    : { card: 'step', case: reference.case, step: seen.step, round: reference.round };
}

/** A refused tap is answered with the reason, and the card it stood on is brought up to date. */
export function refuse(tapped: Tapped, refusal: Refusal): void {
  tapped.talk.sayRefusal(refusal);
  tapped.talk.send({ out: 'refresh', key: cardKey(tapped) });
}

export type Taken = Extract<Notice, { notice: 'tap-taken' }>['what'];

export function act(tapped: Tapped, command: Command, what: Taken): boolean {
  const refusal = tapped.talk.act(command);
  if (refusal) refuse(tapped, refusal);
  else tapped.talk.answer({ notice: 'tap-taken', what });
  return refusal === null;
}

/** Asks only what the person may answer: refused now rather than after he has written. */
export function judged(tapped: Tapped, wanted: string): boolean {
  const { talk, subject, seen, by } = tapped;
  const { now } = talk.situation;
  const may = mayAct(subject.case, seen, by, { now, office: subject.office, sop: subject.sop });
  if (!('refused' in may)) return true;
  refuse(tapped, talk.refused(may, wanted));
  return false;
}
