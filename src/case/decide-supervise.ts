// What a supervisor may do about a late step: remind whoever holds it, or give it to somebody else.
import { holdersOf, rolesOf } from '../office/deputies.ts';
import { isSupervisor, type Person, type PersonId } from '../office/office.ts';
import { MINUTE_MS } from '../time.ts';
import type { Case } from './case.ts';
import type { Command, Refusal, Seen } from './command.ts';
import { type Facts, holdersAble, isOwnCase, stepAt } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';
import { givenAt } from './stand-ins.ts';
import { holderIds } from './told.ts';

/** By hand nobody is reminded of a step more often than this. Milliseconds. */
export const NUDGE_EVERY_MS = 15 * MINUTE_MS;
/** More people are not offered: a list for one look. */
export const CANDIDATES_MAX = 8;

/** A supervisor of the office, at a step that is still waited for. */
export function maySupervise(c: Case, seen: Seen, by: PersonId, facts: Facts): Refusal | null {
  if (!isSupervisor(facts.office, by)) return { refused: 'not-your-role', needed: '', yours: rolesOf(facts.office, by, facts.now) };
  if ('step' in c.state && c.state.step === seen.step && c.state.round === seen.round) return null;
  const decision = c.decisions.findLast((one) => one.step === seen.step && one.round === seen.round);
  return decision ? { refused: 'already-decided', decision } : { refused: 'outdated', now: c.state.status };
}

/** Whom he reminds: whoever's turn it is, himself left out. */
export function nudgedBy(c: Case, by: PersonId, facts: Facts): PersonId[] {
  return holderIds(c, facts).filter((id) => id !== by);
}

export function nudge(c: Case, { seen, by }: Command & { type: 'nudge' }, facts: Facts): Ruling {
  const refusal = maySupervise(c, seen, by, facts);
  if (refusal) return refused(refusal);
  const { step, round } = seen;
  const { nudged } = c;
  const here = nudged?.step === step && nudged.round === round ? nudged : null;
  if (here && facts.now - here.at < NUDGE_EVERY_MS)
    return refused({ refused: 'nudged-lately', person: here.person, at: here.at, again: here.at + NUDGE_EVERY_MS });
  if (nudgedBy(c, by, facts).length === 0) return refused({ refused: 'nobody-there' });
  return accepted({ type: 'nudged', at: facts.now, by, step, round });
}

/** Another maker takes a draft over that has come back, or a task; first drafts are their maker's own. */
function otherMakers(c: Case, facts: Facts): Person[] {
  const { state } = c;
  if (state.status !== 'returned' && state.status !== 'making') return [];
  const now = state.status === 'making' ? (state.taken ?? state.assigned) : c.maker;
  return holdersOf(facts.office, state.role, facts.now).filter(({ id }) => id !== now);
}

/** The role's other holders first, then who decides, receives or publishes elsewhere in the SOP; nobody who made the case or has voted. */
function otherActors(c: Case, facts: Facts): Person[] {
  const { state } = c;
  if (state.status !== 'running' && state.status !== 'approved') return [];
  const step = stepAt(facts.sop, state.step);
  const able = holdersAble(c, step, facts);
  const voted = c.decisions.filter((one) => one.step === state.step && one.round === state.round).map(({ person }) => person);
  const given = givenAt(c, state.step, state.round).map(({ person }) => person);
  const roles = new Set(facts.sop.steps.filter(({ kind }) => kind !== 'prepare' && kind !== 'assign').map(({ role }) => role));
  const colleagues = facts.office.people.filter((person) => person.roles.some((role) => roles.has(role)));
  // The only one who could act is the one it is taken to somebody else for.
  const [only] = able.length === 1 ? able : [];
  const all = [...new Map([...able, ...colleagues].map((person) => [person.id, person])).values()];
  return all.filter(({ id }) => id !== only?.id && !isOwnCase(c, id) && !voted.includes(id) && !given.includes(id));
}

/** Whom it may be given to, in the order in which they are offered. */
export function candidatesFor(c: Case, facts: Facts): Person[] {
  return [...otherMakers(c, facts), ...otherActors(c, facts)].slice(0, CANDIDATES_MAX);
}

export function reassign(c: Case, { seen, to, by }: Command & { type: 'reassign' }, facts: Facts): Ruling {
  const refusal = maySupervise(c, seen, by, facts);
  if (refusal) return refused(refusal);
  if (c.state.status === 'draft') return refused({ refused: 'not-now', status: c.state.status });
  if (!candidatesFor(c, facts).some(({ id }) => id === to)) return refused({ refused: 'nobody-there' });
  return accepted({ type: 'reassigned', at: facts.now, by, step: seen.step, round: seen.round, to });
}

/** Those whose turn it was before somebody was added. */
export function heldBefore(before: Case, to: PersonId, by: PersonId, facts: Facts): PersonId[] {
  return holderIds(before, facts).filter((id) => id !== to && id !== by);
}
