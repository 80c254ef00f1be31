import { describe, expect, test } from 'vitest';
import type { Case, CaseEvent } from '../../src/case/case.ts';
import type { Command } from '../../src/case/command.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { wantedTimers } from '../../src/case/timers.ts';
import { timersOf } from '../../src/case/turn.ts';
import type { Due } from '../../src/sop/sop.ts';
import {
  accept,
  caseOf,
  date,
  factsAt,
  given,
  HOUR,
  handIn,
  history,
  MINUTE,
  open,
  receive,
  SENT_BACK,
  seen,
  TO_CHECKER,
  TO_END,
  TO_HEAD,
  TO_RECEIVER,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const ringing = (step: string, rung: string, round = 1): Command => ({ type: 'time-passed', step, round, rung, due: 0 });
const shown = (c: Case, facts = factsAt()) =>
  wantedTimers(c, facts).map(({ rung, at: when }) => [rung, new Date(when + 7 * HOUR).toISOString().slice(0, 16)]);

const atReceiver = history(TO_RECEIVER);
const DUE = at('2026-11-23T16:00:00');

function told(events: CaseEvent[], rung: string, now: number, step = 'terima-berkas', facts = factsAt()) {
  return given(...events)
    .when(ringing(step, rung), { ...facts, now })
    .says.map(({ to, notice }) => ({ who: to, notice: notice as Notice & { notice: 'ladder' } }));
}

describe('the alarms that a case wants', () => {
  test('are a reminder before, the deadline and three escalations after it, in office hours', () => {
    expect(shown(caseOf(atReceiver))).toEqual([
      ['remind', '2026-11-23T11:40'],
      ['overdue', '2026-11-23T16:00'],
      ['escalate-1', '2026-11-24T09:30'],
      ['escalate-2', '2026-11-24T11:30'],
      ['escalate-3', '2026-11-24T14:30'],
    ]);
    expect(timersOf(caseOf(atReceiver), factsAt())).toEqual(wantedTimers(caseOf(atReceiver), factsAt()));
  });

  test('are none for a draft without its day, nor after the end', () => {
    expect(wantedTimers(caseOf(history([open()])), factsAt())).toEqual([]);
    expect(wantedTimers(caseOf(history(TO_END)), factsAt())).toEqual([]);
  });

  test('are none for a draft of an event that was already over: its maker knows', () => {
    expect(wantedTimers(caseOf(history([open(), date('2026-11-19')])), factsAt())).toEqual([]);
    expect(wantedTimers(caseOf(history([open(), date('2026-11-20')])), factsAt())).not.toEqual([]);
  });

  test('leave out what was told, in this round of this step', () => {
    const once = history([ringing('terima-berkas', 'remind')], factsAt(at('2026-11-23T13:06:00')), atReceiver);
    expect(shown(caseOf(once)).map(([rung]) => rung)).toEqual(['overdue', 'escalate-1', 'escalate-2', 'escalate-3']);
    const next = history([receive()], factsAt(at('2026-11-23T13:10:00')), once);
    expect(shown(caseOf(next)).map(([rung]) => rung)).toContain('overdue');
    expect(caseOf(next).told).toHaveLength(1);
  });

  test('are all ahead again when a draft’s day moves later after its reminder was told, and still told when it moves back', () => {
    const begun = history([open(), date('2026-11-20')]);
    const reminded = history([ringing('serahkan', 'remind')], factsAt(at('2026-11-20T20:15:00')), begun);
    expect(shown(caseOf(reminded))[0]?.[0]).toBe('overdue');
    const later = history([date('2026-11-23')], factsAt(at('2026-11-20T21:00:00')), reminded);
    expect(shown(caseOf(later))[0]?.[0]).toBe('remind');
    const again = history([ringing('serahkan', 'remind')], factsAt(at('2026-11-23T19:00:00')), later);
    expect(shown(caseOf(again))[0]?.[0]).toBe('overdue');
    const back = history([date('2026-11-20')], factsAt(at('2026-11-20T22:00:00')), later);
    expect(shown(caseOf(back))[0]?.[0]).toBe('overdue');
  });

  test('are not wanted again for the same deadline when the office only changes its ladder', () => {
    const reminded = history([ringing('terima-berkas', 'remind')], factsAt(at('2026-11-23T11:41:00')), atReceiver);
    const office = { ...sampleOffice(), ladder: { ...sampleOffice().ladder, remindAtPart: 0.1 } };
    expect(shown(caseOf(atReceiver), { ...factsAt(), office })[0]).toEqual(['remind', '2026-11-23T14:40']);
    expect(shown(caseOf(reminded), { ...factsAt(), office })[0]?.[0]).toBe('overdue');
  });

  test('begin anew when the case comes again', () => {
    const again = history([...SENT_BACK, handIn(2)]);
    expect(wantedTimers(caseOf(again), factsAt()).every(({ round }) => round === 2)).toBe(true);
  });

  test('a reminder that would fall on free days comes before them or at the next opening, never in between', () => {
    const saturday = factsAt(at('2026-11-21T10:00:00'));
    const events = history(TO_RECEIVER, saturday);
    for (const { at: when } of wantedTimers(caseOf(events), saturday)) {
      const local = new Date(when + 7 * HOUR);
      expect([0, 6]).not.toContain(local.getUTCDay());
      expect(local.getUTCHours()).toBeGreaterThanOrEqual(6);
      expect(local.getUTCHours()).toBeLessThan(20);
    }
  });
});

test('a corrected text does not begin the clock of the hand-in again; a new hand-in does', () => {
  const due = (events: CaseEvent[]) => (caseOf(events).state as { dueAt: number }).dueAt;
  const text = { text: 'Pasar murah Langkai, terbuka untuk umum' };
  const corrects: Command = { type: 'repair', seen: seen('periksa'), part: 'caption', text, by: 'kartika' };
  const tuesday = factsAt(at('2026-11-24T08:00:00'));
  const corrected = history([corrects, accept('periksa', 1, 'kartika', 2)], tuesday, history(TO_CHECKER));
  expect(caseOf(corrected)).toMatchObject({ revisions: [{}, { repaired: true }], state: { step: 'putuskan', dueAt: DUE } });
  const again = history([handIn(2), receive(2)], tuesday, history(SENT_BACK));
  expect(due(again)).toBe(at('2026-11-25T16:00:00'));
});

describe('when the clock comes to the door', () => {
  test('what is due is told once', () => {
    const c = given(...atReceiver)
      .when(ringing('terima-berkas', 'overdue'), factsAt(DUE))
      .gives({ type: 'told', by: 'system', rung: 'overdue', due: DUE, silent: false });
    expect(c.told).toEqual([{ step: 'terima-berkas', round: 1, rung: 'overdue', dueAt: DUE, due: DUE, at: DUE }]);
    const events = history([ringing('terima-berkas', 'overdue')], factsAt(DUE), atReceiver);
    given(...events)
      .when(ringing('terima-berkas', 'overdue'), factsAt(DUE + MINUTE))
      .givesNothing();
  });

  test('a millisecond early is too early', () => {
    given(...atReceiver)
      .when(ringing('terima-berkas', 'overdue'), factsAt(DUE - 1))
      .givesNothing();
  });

  test('after a decision, for another step or another round it rings for nothing', () => {
    given(...history(TO_CHECKER))
      .when(ringing('terima-berkas', 'overdue'), factsAt(DUE + HOUR))
      .givesNothing();
    given(...atReceiver)
      .when(ringing('periksa', 'overdue'), factsAt(DUE + HOUR))
      .givesNothing();
    given(...atReceiver)
      .when(ringing('terima-berkas', 'overdue', 2), factsAt(DUE + HOUR))
      .givesNothing();
    given(...history(TO_END))
      .when(ringing('unggah', 'overdue'), factsAt(DUE + 100 * HOUR))
      .givesNothing();
  });

  test('after a long silence only the highest is said, and the lower ones are written down', () => {
    const late = factsAt(at('2026-11-24T10:00:00'));
    given(...atReceiver)
      .when(ringing('terima-berkas', 'remind'), late)
      .gives({ type: 'told', rung: 'remind', silent: true });
    given(...atReceiver)
      .when(ringing('terima-berkas', 'overdue'), late)
      .gives({ type: 'told', rung: 'overdue', silent: true });
    given(...atReceiver)
      .when(ringing('terima-berkas', 'escalate-1'), late)
      .gives({ type: 'told', rung: 'escalate-1', silent: false });
    // Whichever alarm is heard first: a lower one says nothing after a higher one.
    const highestFirst = history([ringing('terima-berkas', 'escalate-1')], late, atReceiver);
    const lower = given(...highestFirst).when(ringing('terima-berkas', 'overdue'), late);
    lower.gives({ type: 'told', rung: 'overdue', silent: true });
    expect(lower.says).toEqual([]);
    expect(given(...atReceiver).when(ringing('terima-berkas', 'remind'), late).sends).toEqual([]);
  });
});

describe('when the office has changed', () => {
  const holiday = factsAt(FRIDAY_9 + HOUR, {
    office: sampleOffice({ holidays: [{ date: '2026-11-23', name: 'Libur kantor', open: false }] }),
  });
  const reconsider: Command = { type: 'reconsider' };
  test('the deadline of the step follows', () => {
    given(...atReceiver)
      .when(reconsider, holiday)
      .gives({ type: 'due-moved', step: 'terima-berkas', round: 1, dueAt: at('2026-11-24T16:00:00') });
    given(...atReceiver)
      .when(reconsider)
      .givesNothing();
  });
  test('a draft keeps its own day, a returned one the day it came back, whenever it is asked', () => {
    const days = factsAt(at('2026-11-25T10:00:00'));
    given(...history([open()]))
      .when(reconsider, days)
      .givesNothing();
    given(...history([open(), date()]))
      .when(reconsider, days)
      .givesNothing();
    given(...history(SENT_BACK))
      .when(reconsider, days)
      .givesNothing();
  });
  test('what is closed stays closed', () => {
    given(...history(TO_END))
      .when(reconsider, holiday)
      .givesNothing();
  });
});

describe('who hears of it', () => {
  test('the reminder: the holders, with the time that is left', () => {
    const heard = told(atReceiver, 'remind', at('2026-11-23T11:41:00'));
    expect(heard.map(({ who }) => who)).toEqual(['budi', 'citra']);
    expect(heard[0]?.notice).toMatchObject({
      rung: 'remind',
      to: 'holder',
      leftMs: 199 * MINUTE,
      lateMs: 0,
      dueAt: DUE,
      holders: ['Budi Santoso', 'Citra'],
      role: 'Tim Pertimbangan Pelayanan Informasi',
      lateHandIn: false,
    });
  });

  test('overdue and escalations: holders and supervisors, with the working time it is late', () => {
    const heard = told(atReceiver, 'escalate-1', at('2026-11-24T09:30:00'));
    expect(heard.map(({ who, notice }) => [who, notice.to])).toEqual([
      ['budi', 'holder'],
      ['citra', 'holder'],
      ['rahmat', 'supervisor'],
    ]);
    expect(heard[2]?.notice).toMatchObject({ lateMs: 2 * HOUR, leftMs: 0 });
    expect(told(atReceiver, 'overdue', DUE).map(({ who }) => who)).toEqual(['budi', 'citra', 'rahmat']);
  });

  test('a supervisor who holds the step himself hears it once', () => {
    const atHead = history(TO_HEAD);
    expect(told(atHead, 'overdue', DUE, 'putuskan').map(({ who, notice }) => [who, notice.to])).toEqual([['rahmat', 'holder']]);
  });

  test('each escalation goes one level up, and stays at the highest', () => {
    const office = sampleOffice({ supervisors: [['kartika'], ['rahmat'], ['maya']] });
    const facts = factsAt(FRIDAY_9, { office });
    const about = (rung: string, local: string) =>
      told(atReceiver, rung, at(local), 'terima-berkas', facts)
        .filter(({ notice }) => notice.to === 'supervisor')
        .map(({ who }) => who);
    expect(about('overdue', '2026-11-23T16:00:00')).toEqual(['kartika']);
    expect(about('escalate-1', '2026-11-24T09:30:00')).toEqual(['rahmat']);
    expect(about('escalate-2', '2026-11-24T11:30:00')).toEqual(['maya']);
    expect(about('escalate-3', '2026-11-24T14:30:00')).toEqual(['maya']);
  });

  test('an office without supervisors tells the holders alone', () => {
    const facts = factsAt(FRIDAY_9, { office: sampleOffice({ supervisors: [] }) });
    expect(told(atReceiver, 'overdue', DUE, 'terima-berkas', facts).map(({ who }) => who)).toEqual(['budi', 'citra']);
    expect(told(atReceiver, 'escalate-1', at('2026-11-24T09:30:00'), 'terima-berkas', facts).map(({ who }) => who)).toEqual([
      'budi',
      'citra',
    ]);
  });

  test('a draft: its maker in his own chat, and the supervisor once it is late', () => {
    const drafting = history([open(), date()]);
    const heard = told(drafting, 'remind', at('2026-11-20T19:59:00'), 'serahkan');
    expect(heard).toMatchObject([{ who: '1001', notice: { to: 'holder', holders: ['Sari Dewi'] } }]);
    const late = told(drafting, 'overdue', at('2026-11-23T07:30:00'), 'serahkan');
    expect(late.map(({ who }) => who)).toEqual(['1001', 'rahmat']);
    // The day ended at midnight: its lateness is told by the clock on the wall.
    expect(late[0]?.notice.lateMs).toBe(at('2026-11-23T07:30:00') - at('2026-11-20T23:59:59'));
  });

  test('an elapsed clock counts by the wall, in the step’s own length', () => {
    const due: Due = { kind: 'elapsed', ms: 4 * HOUR, from: 'step' };
    const facts = factsAt(FRIDAY_9, { sop: withStep('periksa', { due }) });
    const events = history([receive()], { ...facts, now: at('2026-11-20T10:00:00') }, atReceiver);
    expect(shown(caseOf(events), facts).slice(0, 3)).toEqual([
      ['remind', '2026-11-20T13:00'],
      ['overdue', '2026-11-20T14:00'],
      ['escalate-1', '2026-11-20T18:00'],
    ]);
    expect(told(events, 'escalate-1', at('2026-11-20T18:00:00'), 'periksa', facts)[0]?.notice.lateMs).toBe(4 * HOUR);
  });

  test('a step that begins after its deadline because the hand-in was late says so', () => {
    const late = history(TO_RECEIVER, factsAt(at('2026-12-01T09:00:00')));
    const events = history([receive(), accept('periksa'), accept('putuskan')], factsAt(at('2026-12-01T10:00:00')), late);
    const heard = told(events, 'overdue', at('2026-12-01T10:02:00'), 'unggah');
    expect(heard[0]?.notice).toMatchObject({ lateHandIn: true, role: 'Admin Medsos' });
  });

  test('nobody, for a case that has moved on by the time it is announced', () => {
    const c = caseOf(history(TO_END));
    const event: CaseEvent = {
      type: 'told',
      at: DUE,
      by: 'system',
      step: 'unggah',
      round: 1,
      rung: 'overdue',
      dueAt: DUE,
      due: DUE,
      silent: false,
    };
    expect(given(...history(TO_END)).when(ringing('unggah', 'overdue'), factsAt(DUE)).sends).toEqual([]);
    expect(c.told).not.toContainEqual(event);
  });
});
