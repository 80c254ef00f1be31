// Receiving, accepting, rejecting: who may, on what he was shown, once.
import { holdersOf, rolesOf } from '../office/deputies.ts';
import type { Step } from '../sop/sop.ts';
import { lengthOf } from '../text/count.ts';
import { tidy } from '../text/tidy.ts';
import type { Case, CaseEvent, Decision, Revision } from './case.ts';
import { type Command, DEFAULT_RESPONSE, REASON_MAX, REASON_MIN, RESPONSE_MAX, type Refusal, type Seen } from './command.ts';
import { entering, goingBack } from './entering.ts';
import { evolve } from './evolve.ts';
import { actingIn, barred, type Facts, holdersAble, isOwnCase, isStandIn, seatOf, steadOf, stepAt } from './facts.ts';
import { accepted, type Ruling, refused } from './ruling.ts';

type Judge = Extract<Command, { type: 'receive' | 'accept' | 'reject' }>;

/** May this person act on what he was shown? The order matters: a stranger to the role learns nothing of the case. */
export function mayAct(c: Case, seen: Seen, by: string, facts: Facts): Refusal | Step {
  const step = stepAt(facts.sop, seen.step);
  const holders = holdersOf(facts.office, step.role, facts.now);
  const standIn = isStandIn(c, step, by, facts);
  if (!standIn && !holders.some(({ id }) => id === by)) {
    return { refused: 'not-your-role', needed: step.role, yours: rolesOf(facts.office, by, facts.now) };
  }
  if ((standIn || step.kind === 'receive' || step.kind === 'decide') && barred(c, step.role, by, facts)) {
    return isOwnCase(c, by) ? { refused: 'own-case' } : { refused: 'own-case', principal: seatOf(step.role, by, facts) };
  }
  const waiting =
    (c.state.status === 'running' || c.state.status === 'approved') && c.state.step === seen.step && c.state.round === seen.round;
  const made = c.decisions.filter((decision) => decision.step === seen.step && decision.round === seen.round);
  const seat = seatOf(step.role, by, facts);
  const decision = waiting ? made.find((one) => one.person === by || (one.onBehalfOf ?? one.person) === seat) : made.at(-1);
  if (decision) return { refused: 'already-decided', decision };
  if (!waiting || c.revisions.length !== seen.revision) return { refused: 'outdated', now: c.state.status };
  return step;
}

function isRefusal(value: Refusal | Step): value is Refusal {
  return 'refused' in value;
}

/** How many must accept before the case moves on; never more than there are people who may. */
function needed(c: Case, step: Step, facts: Facts): number {
  const needs = step.kind === 'decide' ? step.needs : 'any';
  // Whom a supervisor has added votes for one of them, not besides them.
  const actors = new Set(holdersAble(c, step, facts).map(({ id }) => seatOf(step.role, id, facts))).size;
  if (needs === 'any') return 1;
  return needs === 'all' ? Math.max(1, actors) : Math.min(needs.count, Math.max(1, actors));
}

function noteOf(c: Case, command: Judge): string {
  if (command.type === 'reject') return tidy(command.reason);
  const { step, round } = command.seen;
  const own = c.responses.find((response) => response.person === command.by && response.step === step && response.round === round);
  return command.note ?? own?.text ?? DEFAULT_RESPONSE;
}

export function judge(c: Case, command: Judge, facts: Facts): Ruling {
  const step = mayAct(c, command.seen, command.by, facts);
  if (isRefusal(step)) return refused(step);
  const fits = command.type === 'receive' ? step.kind === 'receive' : step.kind === 'decide';
  if (!fits) return refused({ refused: 'outdated', now: c.state.status });
  const note = noteOf(c, command);
  const length = lengthOf(note);
  if (command.type === 'reject' && (length < REASON_MIN || length > REASON_MAX)) {
    return refused({ refused: 'reason-length', of: 'rejection', length, min: REASON_MIN, max: REASON_MAX });
  }
  if (length > RESPONSE_MAX) return refused({ refused: 'response-length', length, max: RESPONSE_MAX });
  const { round, revision } = command.seen;
  const { hash } = c.revisions.at(-1) as Revision;
  const decision: Omit<Decision, 'at' | 'person'> = {
    step: step.id,
    round,
    revision,
    hash,
    role: step.role,
    onBehalfOf: null,
    ...(isStandIn(c, step, command.by, facts) ? { onBehalfOf: steadOf(c, step, facts) } : actingIn(step.role, command.by, facts)),
    verdict: command.type,
    note,
    ...(command.via === undefined ? {} : { via: command.via }),
    ...(command.type === 'accept' && step.kind === 'decide' && step.checklist ? { declared: step.checklist } : {}),
  };
  const decided: CaseEvent = { type: 'decided', at: facts.now, by: command.by, ...decision };
  const after = evolve(c, decided);
  if (command.type === 'reject' && step.kind === 'decide') {
    const back = { person: command.by, role: step.role, step: step.id, reason: note };
    return accepted(decided, goingBack(after, step.rejectTo, back, facts));
  }
  const votes = after.decisions.filter((vote) => vote.step === step.id && vote.round === round).length;
  return votes >= needed(c, step, facts) ? accepted(decided, ...entering(after, step.id, command.by, facts)) : accepted(decided);
}

export function respond(c: Case, command: Command & { type: 'respond' }, facts: Facts): Ruling {
  const step = mayAct(c, command.seen, command.by, facts);
  if (isRefusal(step)) return refused(step);
  const text = tidy(command.text);
  const length = lengthOf(text);
  if (length === 0 || length > RESPONSE_MAX) return refused({ refused: 'response-length', length, max: RESPONSE_MAX });
  return accepted({ type: 'responded', at: facts.now, by: command.by, step: step.id, round: command.seen.round, text });
}
