// Seen and not seen: what is known of one person and one step's card. No platform tells that something was read; only a tap proves it.
import type { PersonId } from '../office/office.ts';
import type { Step } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import type { CaseId } from './case.ts';

/** One step's card, once for each time that the step was entered. */
export interface CardPlace {
  case: CaseId;
  step: string;
  round: number;
}

/** The first time each. `deliveredAt` only where the platform tells of it. */
export interface Viewing {
  person: PersonId;
  sentAt: Instant | null;
  deliveredAt: Instant | null;
  openedAt: Instant | null;
}

/** Beside it whether he can be written to at all: `unbound` has no account yet, `blocked` has shut us out. */
export type Seen = Viewing & { reach: 'yes' | 'blocked' | 'unbound' };

/** For people: how far the step's card has come with one of its holders. */
export interface SeenLine {
  /** By name. */
  person: string;
  is: 'unbound' | 'blocked' | 'waiting' | 'sent' | 'delivered' | 'opened' | 'decided';
  /** When it became so; `null` where nothing has happened yet. */
  at: Instant | null;
  /** What he is asked for. */
  kind: Step['kind'];
}
