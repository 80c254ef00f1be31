// What may be done to a case: a command and the facts in, events or a refusal out. The clock is one more person at the door
// ('time-passed'); files report in the same way ('keep-media'). Authority is judged here, at the moment of the tap.

import { calendarOf } from '../calendar/calendar.ts';
import { dueAt } from '../calendar/due.ts';
import type { PersonId } from '../office/office.ts';
import { registerNumber } from '../register/number.ts';
import type { By, Case, CaseEvent } from './case.ts';
import type { Command } from './command.ts';
import { announce } from './decide-announce.ts';
import { collect, isOpen } from './decide-collect.ts';
import { judge, respond } from './decide-judge.ts';
import { mediaArrived } from './decide-media.ts';
import { finish, provideForm, schedule, waive } from './decide-publish.ts';
import { nudge, reassign } from './decide-supervise.ts';
import { assign, repairContent, take } from './decide-task.ts';
import { entering } from './entering.ts';
import { evolve } from './evolve.ts';
import { actingIn, dueOf, type Facts, prepareStep, stepAt, today } from './facts.ts';
import { notReady } from './ready.ts';
import { revise } from './revision.ts';
import { accepted, type DecideFacts, type Ruling, refused } from './ruling.ts';
import { isBelated, wantedTimers } from './timers.ts';

function open(command: Command & { type: 'open' }, facts: DecideFacts): Ruling {
  const { sop, by, id, home } = command;
  const first = sop.steps[0];
  if (first?.kind !== 'prepare' && first?.kind !== 'assign') return refused({ refused: 'not-now', status: 'none' });
  const role = first.role;
  const person = facts.office.people.find((candidate) => candidate.id === by);
  if (!person?.roles.includes(role)) return refused({ refused: 'not-your-role', needed: role, yours: person?.roles ?? [] });
  const { now: at, office } = facts;
  // A clock that counts from the event waits for its date.
  const bases = { event: null, handover: null, step: at, schedule: null };
  return accepted({
    type: 'opened',
    at,
    by,
    id,
    office: office.id,
    sop: { id: sop.id, version: sop.version },
    home,
    step: first.id,
    role,
    dueAt: dueAt(first.due, bases, calendarOf(office)),
  });
}

function handIn(c: Case, by: PersonId, facts: DecideFacts): Ruling {
  if (!isOpen(c) || stepAt(facts.sop, c.state.step).kind !== 'prepare') return refused({ refused: 'not-now', status: c.state.status });
  const step = prepareStep(facts.sop, c.state.step);
  const refusal = notReady(c, step, by, facts);
  if (refusal) return refused(refusal);
  const { now: at, office, serial } = facts;
  const date = today(facts);
  const number = c.number ?? {
    year: Number(date.slice(0, 4)),
    serial,
    text: registerNumber(office.register, { serial, date, office: office.id }),
  };
  const due = c.state.dueAt;
  const handedIn: CaseEvent = {
    type: 'handed-in',
    at,
    by,
    revision: { ...revise(c, step, by, at), ...actingIn(step.role, by, facts) },
    number,
    late: due !== null && at > due,
  };
  return accepted(handedIn, ...entering(evolve(c, handedIn), step.id, by, facts));
}

function withdraw(c: Case, by: By, facts: Facts): Ruling {
  if (c.state.status === 'withdrawn') return accepted();
  if (c.state.status !== 'draft') return refused({ refused: 'not-now', status: c.state.status });
  return accepted({ type: 'withdrawn', at: facts.now, by });
}

/** Only the deadline moves: who is told, and when, follows from it. */
function reconsider(c: Case, facts: Facts): Ruling {
  if (!('step' in c.state)) return accepted();
  const { step, round, enteredAt, dueAt, status } = c.state;
  // A first draft has no revision: its own date counts.
  const of = status === 'draft' ? { ...c, revisions: [] } : c;
  const now = dueOf(of, stepAt(facts.sop, step), round, facts, enteredAt);
  return now === dueAt ? accepted() : accepted({ type: 'due-moved', at: facts.now, by: 'system', step, round, dueAt: now });
}

function timePassed(c: Case, command: Command & { type: 'time-passed' }, facts: Facts): Ruling {
  const wanted = wantedTimers(c, facts).filter((timer) => timer.at <= facts.now);
  const timer = wanted.find(({ step, round, rung }) => step === command.step && round === command.round && rung === command.rung);
  const dueAt = 'dueAt' in c.state ? c.state.dueAt : null;
  // Decided, moved or told already: the alarm rang for nothing, which is no fault.
  if (!timer || dueAt === null) return accepted();
  const { step, round, rung, due } = timer;
  const highest = wanted.reduce((_lower, one) => one, timer);
  // Alarms that are late may ring in any order: what a higher one has said is not said again by a lower one.
  const higher = c.told.findLast((one) => one.step === step && one.round === round && one.dueAt === dueAt && one.due > due);
  const digest = (higher ? higher.digest : isBelated(c, highest, facts.now)) ? ({ digest: true } as const) : {};
  const silent = highest !== timer || higher !== undefined;
  return accepted({ type: 'told', at: facts.now, by: 'system', step, round, rung, dueAt, due, silent, ...digest });
}

/** Whether a person may touch the draft at all. */
function makerOnly(c: Case, command: Command, ruling: () => Ruling): Ruling {
  return 'by' in command && command.by !== c.maker ? refused({ refused: 'not-the-maker' }) : ruling();
}

export function decide(before: Case | null, command: Command, facts: DecideFacts): Ruling {
  if (command.type === 'open') return before === null ? open(command, facts) : accepted();
  if (before === null) return refused({ refused: 'nothing-open' });
  const c = before;
  switch (command.type) {
    case 'title':
    case 'date':
    case 'caption':
    case 'narrate':
    case 'add-media':
    case 'drop-media':
    case 'choose-sop':
    case 'detail':
      return command.type === 'add-media' && (command.media.proofOf !== undefined || command.media.formOf !== undefined)
        ? announce(c, command, facts)
        : makerOnly(c, command, () => collect(c, command, facts));
    case 'keep-media':
    case 'refuse-media':
      return mediaArrived(c, command, facts);
    case 'hand-in':
    case 'assign':
      return makerOnly(c, command, () =>
        'round' in c.state && c.state.round !== command.seen.round
          ? refused({ refused: 'outdated', now: c.state.status })
          : command.type === 'assign'
            ? assign(c, command.by, facts)
            : handIn(c, command.by, facts),
      );
    case 'take':
      return take(c, command, facts);
    case 'withdraw':
      return makerOnly(c, command, () => withdraw(c, command.by, facts));
    case 'receive':
    case 'accept':
    case 'reject':
      return judge(c, command, facts);
    case 'nudge':
      return nudge(c, command, facts);
    case 'reassign':
      return reassign(c, command, facts);
    case 'respond':
      return respond(c, command, facts);
    case 'repair':
      return repairContent(c, command, facts);
    case 'schedule':
      return schedule(c, command, facts);
    case 'announce':
      return announce(c, command, facts);
    case 'provide-form':
      return provideForm(c, command, facts);
    case 'waive':
      return waive(c, command, facts);
    case 'finish':
      return finish(c, command, facts);
    case 'reconsider':
      return reconsider(c, facts);
    case 'time-passed':
      return timePassed(c, command, facts);
  }
}
