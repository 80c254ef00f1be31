// A text that answers a question, and what is said when it does not.
import type { Refusal } from '../case/command.ts';
import type { Talk } from './talk.ts';

export interface Said {
  text: string;
  message: string;
}

/** The question stands: whoever was told what is wrong answers it again. */
export function refuseAnswer(talk: Talk, refusal: Refusal): void {
  talk.say({ notice: 'refusal', refusal, named: talk.named });
}
