// One message instead of a burst after an outage, and the daily list of what stays late.
import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import { catchUp, DIGEST_LINES, daily, isExhausted, type Known, nextDaily } from '../../src/case/digest.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import { wantedTimers } from '../../src/case/timers.ts';
import type { Office } from '../../src/office/office.ts';
import {
  caseOf,
  date,
  factsAt,
  given,
  HOUR,
  history,
  MINUTE,
  open,
  receive,
  SOP,
  TO_CHECKER,
  TO_END,
  TO_RECEIVER,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const DUE = at('2026-11-23T16:00:00');
/** An hour and a half after the first escalation. */
const AFTER = at('2026-11-24T11:00:00');
const office = sampleOffice({ supervisors: [['rahmat'], ['maya']] });
const ringing = (rung: string, step = 'terima-berkas'): Command => ({ type: 'time-passed', step, round: 1, rung, due: 0 });

/** Rung one after the other at this instant, as after an outage. */
function rung(events: CaseEvent[], rungs: string[], now: number, step?: string, of: Office = office): CaseEvent[] {
  return rungs.reduce((before, one) => history([ringing(one, step)], factsAt(now, { office: of }), before), events);
}

const numbered = (c: Case, n: number): Case => ({ ...c, id: `case-${n}`, number: { year: 2026, serial: n, text: `000${n}` } });
const waitingOf = (c: Case) =>
  c.told.filter(({ digest }) => digest).map(({ step, round, rung: of }) => ({ case: c.id, step, round, rung: of }));
const known = (...cases: Case[]): Known[] => cases.map((c) => ({ case: c, sop: SOP }));
const heard = (out: Outgoing[]) =>
  out.flatMap((one) => (one.out === 'say' ? [{ to: 'person' in one.to ? one.to.person : one.to.chat.id, notice: one.notice }] : []));
const caught = (cases: Case[], now: number, of = office) =>
  heard(catchUp(cases.flatMap(waitingOf), known(...cases), of, now)).map(({ to, notice }) => [
    to,
    notice.notice === 'digest' ? notice.items.map(({ named }) => named.case) : notice.notice === 'ladder' ? notice.rung : notice.notice,
  ]);

const atReceiver = history(TO_RECEIVER);
const missed = caseOf(rung(atReceiver, ['remind', 'overdue', 'escalate-1'], AFTER));

describe('an alarm that rings long after its moment', () => {
  test('is written down for a digest with its due and its told time, and nobody hears it by itself', () => {
    const when = given(...atReceiver).when(ringing('escalate-1'), factsAt(AFTER));
    when.gives({ type: 'told', rung: 'escalate-1', due: at('2026-11-24T09:30:00'), at: AFTER, silent: false, digest: true });
    expect(when.says).toEqual([]);
    expect(when.sends).toMatchObject([{ out: 'refresh' }]);
  });

  test('takes the lower rungs of its case with it, for they are told by the same digest', () => {
    given(...atReceiver)
      .when(ringing('overdue'), factsAt(AFTER))
      .gives({ type: 'told', rung: 'overdue', silent: true, digest: true });
    // The highest is on time: it is said by itself and says all.
    const c = given(...atReceiver)
      .when(ringing('overdue'), factsAt(at('2026-11-24T09:31:00')))
      .gives({ type: 'told', rung: 'overdue', silent: true });
    expect(c.told[0]).not.toHaveProperty('digest');
  });

  test('takes them with it also when it was the first to ring, and leaves them out when it was said by itself', () => {
    given(...rung(atReceiver, ['escalate-1'], AFTER))
      .when(ringing('overdue'), factsAt(AFTER))
      .gives({ type: 'told', rung: 'overdue', silent: true, digest: true });
    const onTime = factsAt(at('2026-11-24T09:31:00'));
    const c = given(...rung(atReceiver, ['escalate-1'], onTime.now))
      .when(ringing('overdue'), onTime)
      .gives({ type: 'told', rung: 'overdue', silent: true });
    expect(c.told.at(-1)).not.toHaveProperty('digest');
  });

  test('ten minutes are still on time, and what is urgent never waits', () => {
    const told = (events: CaseEvent[], now: number) => given(...events).when(ringing('overdue'), factsAt(now));
    expect(told(atReceiver, DUE + 10 * MINUTE).says).not.toEqual([]);
    expect(told(atReceiver, DUE + 10 * MINUTE + 1).says).toEqual([]);
    const [draft, ...rest] = atReceiver;
    const urgent: CaseEvent[] = [
      draft as CaseEvent,
      { type: 'detailed', at: FRIDAY_9, by: 'sari', part: 'class', text: 'serta_merta' },
      ...rest,
    ];
    const [overdue] = wantedTimers(caseOf(urgent), factsAt()).filter(({ rung: of }) => of === 'overdue');
    expect(told(urgent, (overdue?.at ?? 0) + HOUR).says).not.toEqual([]);
  });
});

describe('the digest after an outage', () => {
  test('one case alone is told as the ladder tells it, by its highest rung, to everybody whom a rung would have reached', () => {
    expect(caught([missed], AFTER)).toEqual([
      ['budi', 'escalate-1'],
      ['citra', 'escalate-1'],
      ['rahmat', 'escalate-1'],
      ['maya', 'escalate-1'],
    ]);
  });

  test('several cases are one message each, to holders and supervisors, with lateness and deadline', () => {
    const [one, two] = [numbered(missed, 1), numbered(caseOf(rung(atReceiver, ['overdue'], AFTER)), 2)];
    expect(caught([two, one], AFTER)).toEqual([
      ['budi', ['case-2', 'case-1']],
      ['citra', ['case-2', 'case-1']],
      ['rahmat', ['case-2', 'case-1']],
      ['maya', 'escalate-1'],
    ]);
    const [first] = heard(catchUp([one, two].flatMap(waitingOf), known(one, two), office, AFTER));
    expect(first?.notice).toMatchObject({
      notice: 'digest',
      why: 'outage',
      to: 'holder',
      more: 0,
      items: [
        { named: { number: '0001' }, holders: ['Budi Santoso', 'Citra'], dueAt: DUE, lateMs: 3.5 * HOUR },
        { named: { number: '0002' } },
      ],
    });
  });

  test('says nothing of a case that was decided meanwhile, nor of one whose deadline has moved', () => {
    const decided = caseOf(history([receive()], factsAt(AFTER), rung(atReceiver, ['overdue'], AFTER)));
    const moved: Case = { ...missed, state: { ...missed.state, dueAt: AFTER + HOUR } as Case['state'] };
    const undated: Case = { ...missed, state: { ...missed.state, dueAt: null } as Case['state'] };
    const over: Case = { ...missed, state: { status: 'published', at: AFTER } };
    for (const c of [decided, moved, undated, over]) expect(catchUp(waitingOf(missed), known(c), office, AFTER)).toEqual([]);
  });

  test('says nothing more once a higher rung was said by itself', () => {
    const higher = caseOf(rung(rung(atReceiver, ['overdue'], at('2026-11-24T09:00:00')), ['escalate-1'], at('2026-11-24T09:30:00')));
    expect(higher.told.map(({ digest }) => digest ?? false)).toEqual([true, false]);
    expect(caught([higher], at('2026-11-24T09:30:10'))).toEqual([]);
  });

  test('a reminder that was missed is still one, to the holders alone', () => {
    const early = at('2026-11-23T13:30:00');
    const reminded = caseOf(rung(atReceiver, ['remind'], early));
    expect(caught([reminded], early)).toEqual([
      ['budi', 'remind'],
      ['citra', 'remind'],
    ]);
    expect(
      heard(
        catchUp(
          [numbered(reminded, 1), numbered(reminded, 2)].flatMap(waitingOf),
          known(numbered(reminded, 1), numbered(reminded, 2)),
          office,
          early,
        ),
      )[0]?.notice,
    ).toMatchObject({ items: [{ lateMs: 0 }, { lateMs: 0 }] });
  });

  test('a maker hears of his draft in its own chat, and of two drafts in one message', () => {
    const drafting = caseOf(rung(history([open(), date()]), ['overdue'], AFTER, 'serahkan'));
    expect(caught([drafting], AFTER)).toEqual([
      ['1001', 'overdue'],
      ['rahmat', 'overdue'],
    ]);
    expect(caught([numbered(drafting, 1), numbered(drafting, 2)], AFTER)[0]).toEqual(['sari', ['case-1', 'case-2']]);
  });

  test('a list that is too long is cut and counted', () => {
    const many = Array.from({ length: DIGEST_LINES + 3 }, (_, n) => numbered(missed, n));
    const [first] = heard(catchUp(many.flatMap(waitingOf), known(...many), office, AFTER));
    expect(first?.notice).toMatchObject({ notice: 'digest', more: 3 });
    expect(first?.notice.notice === 'digest' && first.notice.items).toHaveLength(DIGEST_LINES);
  });
});

describe('the daily digest', () => {
  const all = ['remind', 'overdue', 'escalate-1', 'escalate-2', 'escalate-3'];
  const later = at('2026-11-25T07:45:00');
  const exhausted = caseOf(rung(atReceiver, all, later));
  const told = (cases: Case[], of = office) =>
    heard(daily(known(...cases), of, later)).map(({ to, notice }) => [to, notice.notice === 'digest' && notice.items.length]);

  test('names what has climbed its whole ladder, to the holders and every level of supervisors', () => {
    expect(told([exhausted])).toEqual([
      ['budi', 1],
      ['citra', 1],
      ['rahmat', 1],
      ['maya', 1],
    ]);
    const [first, , third] = heard(daily(known(exhausted), office, later));
    expect(first?.notice).toMatchObject({ why: 'daily', to: 'holder' });
    expect(third?.notice).toMatchObject({ why: 'daily', to: 'supervisor' });
  });

  test('nobody gets an empty one: not while rungs are left, not after the decision, not for what was never late', () => {
    const climbing = caseOf(rung(atReceiver, all.slice(0, 4), later));
    const decided = caseOf(history([receive()], factsAt(later), rung(atReceiver, all, later)));
    expect(told([climbing, decided, caseOf(history(TO_CHECKER)), caseOf(history(TO_END)), caseOf(history([open()]))])).toEqual([]);
    expect(isExhausted({ case: exhausted, sop: SOP }, office, DUE - 1)).toBe(false);
  });

  test('a draft that was begun late has no ladder, and no line', () => {
    expect(told([caseOf(history([open(), date('2026-11-10')]))])).toEqual([]);
  });

  test('of a draft that was never handed in its maker alone hears day after day', () => {
    expect(told([caseOf(rung(history([open(), date()]), all, later, 'serahkan'))])).toEqual([['sari', 1]]);
  });

  test('comes a quarter of an hour after opening on every working day, or when the office says', () => {
    const next = (after: string, of: Office = office) => {
      const when = nextDaily(of, at(after));
      return when === null ? null : new Date(when + 7 * HOUR).toISOString().slice(0, 16);
    };
    const says = (more: Office['ladder']['daily']) => ({
      ...office,
      ladder: { ...office.ladder, ...(more === undefined ? {} : { daily: more }) },
    });
    expect(next('2026-11-20T07:00:00')).toBe('2026-11-20T07:45');
    expect(next('2026-11-20T07:45:00')).toBe('2026-11-23T07:45');
    expect(next('2026-11-20T09:00:00', says('10:30'))).toBe('2026-11-20T10:30');
    expect(next('2026-11-20T09:00:00', says('05:00'))).toBe('2026-11-23T07:30');
    expect(next('2026-11-20T09:00:00', says(false))).toBeNull();
    expect(next('2026-11-20T09:00:00', { ...office, hours: 'always', quiet: null })).toBe('2026-11-21T08:00');
  });
});
