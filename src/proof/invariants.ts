// What must hold of every case and every door, whatever happened: looked at by the simulation after each run, and by the running service
// every few minutes. Pure: whoever looks brings the facts. Each finding names its rule, what it is about, and says in English what is wrong.
import { canonical } from '../audit/chain.ts';
import type { Case, CaseEvent } from '../case/case.ts';
import { isOpen } from '../case/decide-collect.ts';
import { evolve } from '../case/evolve.ts';
import { isOwnCase, stepAt } from '../case/facts.ts';
import { contentHash } from '../case/revision.ts';
import type { Sop } from '../sop/sop.ts';

/**
 * I1 every post ends · I2 one decision for a step and round, on a revision that is there · I3 the history gives the state, on a legal path ·
 * I4 every rung is told, once, not early, not after its step · I5 every delivery ends · I6 nobody decides on his own case ·
 * I7 what was shown is what was decided · I8 numbers have no gap and the chain holds · I9 every file is kept, once, and arrives.
 */
export type Rule = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9';

export interface Finding {
  rule: Rule;
  /** The case, the door or the office that it is about. */
  about: string;
  what: string;
}

/** A case as it is, with everything that happened to it, in order, and the SOP it began with. */
export interface CaseFacts {
  case: Case;
  events: readonly CaseEvent[];
  sop: Sop;
}

type Check = (facts: CaseFacts) => Omit<Finding, 'about'>[];

const found = (rule: Rule, what: string): Omit<Finding, 'about'> => ({ rule, what });

/** Where several must agree, one of each seat; otherwise one. */
const oneDecision: Check = ({ case: c, sop }) => {
  const seen = new Set<string>();
  return c.decisions.flatMap(({ step, round, revision, person, onBehalfOf }) => {
    const judged = stepAt(sop, step);
    const several = judged.kind === 'decide' && judged.needs !== 'any';
    const key = several ? `${step}/${round}/${onBehalfOf ?? person}` : `${step}/${round}`;
    if (seen.has(key)) return [found('I2', `two decisions on ${key}`)];
    seen.add(key);
    return revision <= c.revisions.length ? [] : [found('I2', `decision on a revision that is not there (${key})`)];
  });
};

/** A group that moved takes its cases along without an event: where a case is at home is not compared. */
const historyIsState: Check = ({ case: c, events }) => {
  const told = events.reduce<Case | null>(evolve, null);
  const same = told !== null && canonical({ ...told, home: null }) === canonical({ ...c, home: null });
  return same ? [] : [found('I3', 'the history does not give the state')];
};

interface Moment {
  event: CaseEvent;
  before: Case | null;
  after: Case;
}

function moments(events: readonly CaseEvent[]): Moment[] {
  let before: Case | null = null;
  return events.map((event) => {
    const moment = { event, before, after: evolve(before, event) };
    before = moment.after;
    return moment;
  });
}

/** Nobody decides, publishes or is reminded of a step that the case is not at. */
const legalPath: Check = ({ events }) =>
  moments(events).flatMap(({ event, before }) => {
    const at = before && 'step' in before.state ? before.state : null;
    if (event.type === 'decided' && (at?.step !== event.step || at.round !== event.round))
      return [found('I3', `${event.step}/${event.round} was decided while the case was elsewhere`)];
    if (event.type === 'announced' && at?.step !== event.step) return [found('I3', 'it was published before its turn')];
    if (event.type === 'handed-in' && (!before || !isOpen(before))) return [found('I3', 'it was handed in twice')];
    return event.type === 'told' && (at?.step !== event.step || at.round !== event.round)
      ? [found('I4', 'a rung was told after its step was over')]
      : [];
  });

const ladderOnce: Check = ({ events }) => {
  const rungs = events.flatMap((event) => (event.type === 'told' ? [event] : []));
  const keys = rungs.map(({ step, round, rung, dueAt }) => `${step}/${round}/${rung} for ${dueAt}`);
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => found('I4', `${key} was told twice`));
  const early = rungs.filter(({ at, due, rung }) => at < due && rung !== 'remind');
  return [...twice, ...early.map(({ rung }) => found('I4', `${rung} was told too early`))];
};

const notHisOwn: Check = ({ events }) =>
  moments(events).flatMap(({ event, after }) =>
    event.type === 'decided' && isOwnCase(after, event.by) ? [found('I6', `${event.by} decided on his own case`)] : [],
  );

const shownIsDecided: Check = ({ case: c }) => [
  ...c.decisions
    .filter(({ hash, revision }) => c.revisions[revision - 1]?.hash !== hash)
    .map(({ step }) => found('I7', `${step} was decided on another content than was shown`)),
  ...c.revisions
    .filter(({ hash, ...revision }) => contentHash(revision) !== hash)
    .map(({ revision }) => found('I7', `revision ${revision} is not what its hash says`)),
];

const filesOnce: Check = ({ case: c }) =>
  c.revisions.flatMap(({ media, revision }) => {
    const hashes = media.map(({ sha256 }) => sha256);
    return hashes.some((hash, i) => hashes.indexOf(hash) !== i) ? [found('I9', `revision ${revision} holds a file twice`)] : [];
  });

const OF_A_CASE: Check[] = [oneDecision, historyIsState, legalPath, ladderOnce, notHisOwn, shownIsDecided, filesOnce];

/** What does not hold of this case; none when all is well. */
export function brokenInCase(facts: CaseFacts): Finding[] {
  return OF_A_CASE.flatMap((check) => check(facts)).map((one) => ({ ...one, about: facts.case.id }));
}

/** Serials of one office and year, in any order: 1, 2, 3 … */
export function brokenInRegister(about: string, serials: readonly number[]): Finding[] {
  const ordered = [...serials].sort((a, b) => a - b);
  return ordered.every((serial, i) => serial === i + 1) ? [] : [{ rule: 'I8', about, what: `register numbers are ${ordered.join(', ')}` }];
}

const RULE_OF_DOOR = { inbox: 'I1', timers: 'I4', outbox: 'I5', media: 'I9' } as const;
export type Door = keyof typeof RULE_OF_DOOR;

/** The age of the oldest unfinished row, in milliseconds, against what that door may take; never a ping. */
export function standingStill(door: Door, oldestMs: number | null, limitMs: number): Finding[] {
  return oldestMs !== null && oldestMs > limitMs
    ? [
        {
          rule: RULE_OF_DOOR[door],
          about: door,
          what: `the oldest work at the door ${door} has waited for ${Math.round(oldestMs / 1000)} s`,
        },
      ]
    : [];
}
