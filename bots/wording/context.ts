// What the words need from outside: the time, the maker of bound references, and the names behind ids.
import type { SeenLine } from '../../src/case/viewing.ts';
import type { Action } from '../../src/conversation/reference.ts';
import type { PersonId } from '../../src/office/office.ts';
import type { Instant } from '../../src/time.ts';
import type { Button } from '../channel.ts';
import { readable } from './terms.ts';

export interface ButtonIndex {
  step: number;
  round: number;
  revision: number;
}

/** Names of people and roles by id; a decision carries ids only. */
export interface Names {
  person(id: PersonId): string;
  role(id: string): string;
}

export interface WordingContext {
  now: Instant;
  button(action: Action, index: ButtonIndex, caseId: string, item?: number): Button['does'];
  names?: Names;
  /** Nothing can be tapped here: commands are words without a slash, buttons are words to be sent. */
  inWords?: boolean;
  /** Several people talk here: an answer is a reply to what was asked. */
  group?: boolean;
  /** How far the card that a notice speaks of has come with its holders, for those who look after them. */
  seen?: SeenLine[];
}

export const NAMES_FROM_IDS: Names = { person: readable, role: readable };
