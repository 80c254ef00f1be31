// How a command ends: with events, or with the reason why not.
import type { CaseEvent } from './case.ts';
import type { Refusal } from './command.ts';
import type { Facts } from './facts.ts';

export type Accepted = { ok: true; events: CaseEvent[] };
export type Refused = { ok: false; refusal: Refusal };
export type Ruling = Accepted | Refused;

/** `serial`: the register serial taken for a first hand-in; 0 while it is only being tried. */
export interface DecideFacts extends Facts {
  serial: number;
}

export function accepted(...events: CaseEvent[]): Accepted {
  return { ok: true, events };
}

export function refused(refusal: Refusal): Refused {
  return { ok: false, refusal };
}
