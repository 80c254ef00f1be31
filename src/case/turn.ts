// One command's whole way, without the lock: decide, evolve, announce. The caller saves it all in one commit, or nothing.
import type { Timer } from '../ports/store.ts';
import type { Case, CaseEvent } from './case.ts';
import type { Command, Refusal } from './command.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { announce } from './notices.ts';
import type { Outgoing } from './outgoing.ts';
import type { DecideFacts } from './ruling.ts';
import { wantedTimers } from './timers.ts';

export type Turned = { ok: true; after: Case | null; events: CaseEvent[]; outgoing: Outgoing[] } | { ok: false; refusal: Refusal };

export function turn(before: Case | null, command: Command, facts: DecideFacts): Turned {
  const ruling = decide(before, command, facts);
  if (!ruling.ok) return ruling;
  const after = ruling.events.reduce<Case | null>(evolve, before);
  return { ok: true, after, events: ruling.events, outgoing: announce(before, ruling.events, facts) };
}

export function timersOf(after: Case, facts: DecideFacts): Timer[] {
  return wantedTimers(after, facts);
}
