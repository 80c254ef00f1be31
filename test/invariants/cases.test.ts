// Each rule sees what breaks it, and a case that went its way breaks none.
import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent, Decision } from '../../src/case/case.ts';
import { brokenInCase, brokenInRegister, type CaseFacts, standingStill } from '../../src/proof/invariants.ts';
import {
  caseOf,
  DRAFTING,
  handIn,
  history,
  receive,
  reject,
  SENT_BACK,
  SOP,
  TO_CHECKER,
  TO_END,
  TO_RECEIVER,
  withStep,
} from '../support/rules.ts';

const factsOf = (events: CaseEvent[], change: Partial<Case> = {}): CaseFacts => ({
  case: { ...caseOf(events), ...change },
  events,
  sop: SOP,
});
const rules = (facts: CaseFacts) => brokenInCase(facts).map(({ rule, what }) => `${rule}: ${what}`);
const ended = history(TO_END);
const decision = (n: number): Decision => {
  const one = caseOf(ended).decisions[n];
  if (!one) throw new Error('no decision');
  return one;
};
const toldOf = (c: Case, more: Partial<CaseEvent & { type: 'told' }>): CaseEvent => {
  if (!('step' in c.state)) throw new Error('over');
  const { step, round, dueAt } = c.state;
  const due = dueAt ?? 0;
  return { type: 'told', at: due, by: 'system', step, round, rung: 'overdue', dueAt: due, due, silent: false, ...more };
};

describe('a case', () => {
  test.each([
    ['a draft', DRAFTING],
    ['at its receiver', TO_RECEIVER],
    ['sent back', SENT_BACK],
    ['handed in again', [...SENT_BACK, handIn(2), receive(2), reject('periksa', 2)]],
    ['published', TO_END],
  ])('%s breaks nothing', (_, commands) => {
    expect(rules(factsOf(history(commands)))).toEqual([]);
  });

  test('I2: two decisions on one step and round, or one on a revision that never was', () => {
    expect(rules(factsOf(ended, { decisions: [decision(0), { ...decision(0), person: 'citra' }] }))).toContain(
      'I2: two decisions on terima-berkas/1',
    );
    expect(rules(factsOf(ended, { decisions: [{ ...decision(0), revision: 2 }] }))).toContain(
      'I2: decision on a revision that is not there (terima-berkas/1)',
    );
  });

  test('I2: where several must agree, each seat has one vote, whoever sits in it', () => {
    const sop = withStep('periksa', { needs: 'all' });
    const votes = (...more: Partial<Decision>[]) => {
      const decisions = more.map((one) => ({ ...decision(1), ...one }));
      return rules({ ...factsOf(ended, { decisions }), sop }).filter((what) => what.startsWith('I2'));
    };
    expect(votes({}, { person: 'rahmat' })).toEqual([]);
    expect(votes({}, { person: 'dewi', onBehalfOf: 'kartika' })).toEqual(['I2: two decisions on periksa/1/kartika']);
  });

  test('I3: a state that its history does not give, wherever the case is at home, and a history that never began', () => {
    const facts = factsOf(ended);
    expect(rules({ ...facts, case: { ...facts.case, maker: 'andi' } })).toContain('I3: the history does not give the state');
    expect(rules({ ...facts, case: { ...facts.case, home: { channel: 'telegram', id: '-100' } } })).toEqual([]);
    expect(rules({ ...facts, events: [] })).toContain('I3: the history does not give the state');
  });

  test('I3: what is decided, published or handed in out of its turn', () => {
    const only = (type: CaseEvent['type']) => ended.filter((event) => event.type === type);
    expect(rules(factsOf([...ended, ...only('decided').slice(0, 1)]))).toContain(
      'I3: terima-berkas/1 was decided while the case was elsewhere',
    );
    const receiver = history(TO_RECEIVER);
    expect(rules(factsOf([...receiver, ...only('announced')]))).toContain('I3: it was published before its turn');
    expect(rules(factsOf([...receiver, ...only('handed-in')]))).toContain('I3: it was handed in twice');
  });

  test('I4: a rung that is told twice, too early, or of a step that is over', () => {
    const receiver = history(TO_RECEIVER);
    const c = caseOf(receiver);
    const told = toldOf(c, {});
    expect(rules(factsOf([...receiver, told]))).toEqual([]);
    expect(rules(factsOf([...receiver, told, told])).filter((what) => what.startsWith('I4'))).toHaveLength(1);
    expect(rules(factsOf([...receiver, toldOf(c, { at: 1 })]))).toEqual(['I4: overdue was told too early']);
    expect(rules(factsOf([...receiver, toldOf(c, { at: 1, rung: 'remind' })]))).toEqual([]);
    expect(rules(factsOf([...history(TO_CHECKER), told]))).toEqual(['I4: a rung was told after its step was over']);
  });

  test('I6: a maker who decides', () => {
    const own = ended.map((event) =>
      event.type === 'decided' && event.step === 'periksa' ? { ...event, by: 'sari', person: 'sari' } : event,
    );
    expect(rules(factsOf(own))).toEqual(['I6: sari decided on his own case']);
  });

  test('I7: a decision on another content than was shown, and a revision that was changed afterwards', () => {
    const { revisions } = caseOf(ended);
    expect(rules(factsOf(ended, { decisions: [{ ...decision(0), hash: 'x' }] }))).toContain(
      'I7: terima-berkas was decided on another content than was shown',
    );
    const changed = revisions.map((revision) => ({ ...revision, title: 'Lain' }));
    expect(rules(factsOf(ended, { revisions: changed }))).toContain('I7: revision 1 is not what its hash says');
  });

  test('I9: a revision with the same file twice', () => {
    const revisions = caseOf(ended).revisions.map((revision) => ({
      ...revision,
      media: [...revision.media, ...revision.media.slice(0, 1)],
    }));
    expect(rules(factsOf(ended, { revisions }))).toContain('I9: revision 1 holds a file twice');
  });
});

test('I8: register numbers with a gap or a double', () => {
  expect(brokenInRegister('2026', [2, 1, 3])).toEqual([]);
  expect(brokenInRegister('2026', [1, 3])).toEqual([{ rule: 'I8', about: '2026', what: 'register numbers are 1, 3' }]);
  expect(brokenInRegister('2026', [1, 2, 2])).toHaveLength(1);
});

test('a door stands still when its oldest work is older than it may be', () => {
  expect(standingStill('inbox', null, 1000)).toEqual([]);
  expect(standingStill('timers', 1000, 1000)).toEqual([]);
  expect(standingStill('outbox', 61_000, 60_000)).toEqual([
    { rule: 'I5', about: 'outbox', what: 'the oldest work at the door outbox has waited for 61 s' },
  ]);
});
