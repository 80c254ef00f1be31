// Which step's card a message shows that its sender has opened: he touched one of its buttons, or answered what it had asked. Also when
// what he wanted is refused: he has seen the card all the same.
import type { CardPlace } from '../case/viewing.ts';
import type { PersonId } from '../office/office.ts';
import type { Action } from './reference.ts';
import type { Situation } from './situation.ts';

/** On a card of a prepare step; its other buttons are those of a draft. */
const OF_TASK = new Set<Action>(['take', 'view']);

function placeOf({ heard, reference, conversation, subject }: Situation): CardPlace | null {
  if (!subject) return null;
  const { id } = subject.case;
  if (heard.what.kind === 'tap') {
    const step = reference === null || reference === 'forged' ? undefined : subject.sop.steps[reference.step];
    if (!step || reference === null || reference === 'forged') return null;
    const drafting = step.kind === 'prepare' || step.kind === 'assign';
    return drafting && !OF_TASK.has(reference.action) ? null : { case: id, step: step.id, round: reference.round };
  }
  const { asking } = conversation;
  const answers = heard.what.kind === 'text' || heard.what.kind === 'media';
  return answers && asking && 'step' in asking && asking.case === id ? { case: id, step: asking.step, round: asking.round } : null;
}

/** `null`: no card, or nobody of that office. */
export function openedBy(situation: Situation): { office: string; place: CardPlace; person: PersonId } | null {
  const place = placeOf(situation);
  const office = situation.subject?.office.id;
  const member = situation.memberships.find((one) => one.office.id === office);
  return place && member ? { office: member.office.id, place, person: member.person.id } : null;
}
