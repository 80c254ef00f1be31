// What is said when an answer was not exact: the words that would be, for each card that may be meant.
import type { Notice } from '../case/outgoing.ts';
import type { What } from './heard.ts';
import { type Offer, plainLabel } from './offer.ts';
import type { Action } from './reference.ts';

function wordFor({ choices }: Offer, ...actions: Action[]): string | null {
  const choice = choices.find(({ action }) => actions.includes(action));
  return choice ? plainLabel(choice.label) : null;
}

export function sayExactly(what: What & { kind: 'unclear' }): Notice {
  const { why, number, offers } = what;
  const cards = offers.map((offer) => ({
    named: offer.named,
    serial: offer.serial,
    accept: wordFor(offer, 'accept', 'receive'),
    reject: wordFor(offer, 'reject'),
  }));
  return { notice: 'say-exactly', why, number, cards };
}
