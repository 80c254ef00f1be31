// The next question to a maker: one at a time, and only for what is missing.
import type { Case } from '../case/case.ts';
import type { Missing } from '../case/command.ts';
import { isOpen } from '../case/decide-collect.ts';
import { candidatesOf, draftStep, indexOf, stepAt } from '../case/facts.ts';
import type { Question } from '../case/outgoing.ts';
import { classesAllowed, missingOf, nextToAsk, pendingMedia } from '../draft/missing.ts';
import type { Person } from '../office/office.ts';
import type { Sop } from '../sop/sop.ts';
import type { Talk } from './talk.ts';

export function missingIn(c: Case, sop: Sop): Missing[] {
  return isOpen(c) ? missingOf(c.content, draftStep(sop, c.state.step)) : [];
}

/** Nothing is missing and nothing is on its way. */
export function isReady(c: Case, sop: Sop): boolean {
  return isOpen(c) && missingIn(c, sop).length === 0 && pendingMedia(c.content).length === 0;
}

export function draftIndex(c: Case, sop: Sop): { round: number; revision: number; step: number } {
  const step = 'step' in c.state ? indexOf(sop, c.state.step) : 0;
  return { round: 'round' in c.state ? c.state.round : 1, revision: c.revisions.length, step };
}

export function askFor(talk: Talk, part: Missing['part'], missing?: Missing): void {
  if (!talk.case || !talk.sop) return;
  const question: Question = { ask: part, case: talk.case.id };
  const named = part === 'assignee' ? { suggestions: candidates(talk).map(({ name }) => name) } : {};
  const asked = missing ?? missingPart(talk, part);
  talk.ask(question, { index: draftIndex(talk.case, talk.sop), ...(asked ? { missing: asked } : {}), ...named });
}

/** A class is asked for with those that the SOP publishes, also when it is to be changed. */
function missingPart(talk: Talk, part: Missing['part']): Missing | null {
  if (part !== 'class' || !talk.case || !talk.sop || !isOpen(talk.case)) return null;
  return { part, allowed: classesAllowed(draftStep(talk.sop, talk.case.state.step)) };
}

/** Whom the task that is open may be given to, in the order in which they are offered. */
export function candidates(talk: Talk): Person[] {
  const { case: c, sop, office, person, situation } = talk;
  if (!c || !sop || !office || !person || !isOpen(c)) return [];
  return candidatesOf(draftStep(sop, c.state.step), person.id, { now: situation.now, office, sop });
}

/** After the draft has changed: the next question, or that all is there. `wasReady`: it was complete before this message. */
export function askNext(talk: Talk, wasReady: boolean): void {
  const { case: c, sop } = talk;
  if (!c || !sop || !isOpen(c)) {
    talk.conversation = { focus: talk.conversation.focus === c?.id ? null : talk.conversation.focus, asking: null };
    return;
  }
  talk.conversation = { ...talk.conversation, focus: c.id };
  const next = nextToAsk(missingIn(c, sop));
  const asking = talk.conversation.asking;
  const askedHere = asking?.case === c.id;
  // A reviewer's own question (a reason, a link) is never pushed aside by his draft.
  if (asking && !askedHere && asking.ask !== 'what-is-it') return;
  // A text whose meaning was asked for is still in hand: a new question would lose it.
  if (askedHere && asking.ask === 'what-is-it') return;
  if (next) {
    if (!askedHere || asking?.ask !== next.part) askFor(talk, next.part, next);
    return;
  }
  talk.conversation = { ...talk.conversation, asking: null };
  if (isReady(c, sop) && (!wasReady || askedHere))
    talk.sayOf((named) => ({ notice: 'ready', named, ...(stepAt(sop, c.state.step).kind === 'assign' ? { task: true } : {}) }));
}
