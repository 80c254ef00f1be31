// The cards that a private chat lacks, a few at a time: each comes with its files, and a chat takes only so much.
import { cardsFor } from '../case/notices.ts';
import type { Subject } from './situation.ts';
import type { Talk } from './talk.ts';

const CARDS_AT_ONCE = 5;

export interface HandedOver {
  sent: number;
  /** What is to be asked for again. */
  left: number;
}

/** How many of these go to this chat now. */
export function handedOver(waiting: Subject[]): HandedOver {
  const sent = Math.min(CARDS_AT_ONCE, waiting.length);
  return { sent, left: waiting.length - sent };
}

/** The first cards of these, with what belongs to them, to this chat. */
export function sendCards(talk: Talk, waiting: Subject[]): void {
  const { heard, now } = talk.situation;
  for (const { case: c, office, sop } of waiting.slice(0, CARDS_AT_ONCE))
    talk.send(...cardsFor(c, { chat: heard.chat }, { now, office, sop }));
}

/** The same, and that there are more. */
export function handOver(talk: Talk, waiting: Subject[]): void {
  sendCards(talk, waiting);
  const { left } = handedOver(waiting);
  if (left > 0) talk.say({ notice: 'more-waiting', left });
}

/** What this chat lacks, as it was looked up. */
export function handOverAbsent(talk: Talk): void {
  handOver(talk, talk.situation.absent ?? []);
}
