// How well the SOP is kept, in working minutes.
import { describe, expect, it } from 'vitest';
import type { Case, Stay } from '../../src/case/case.ts';
import {
  PUNCTUALITY_COLUMNS,
  type PunctualityRow,
  punctualityCells,
  punctualityOf,
  type StayRow,
  staysOf,
} from '../../src/register/punctuality.ts';
import { at, caseWith, decision, office, revisionWith, sop } from './sample.ts';

const follow = (cases: Case[]) => cases.map((c) => ({ case: c, sop }));
const staysIn = (cases: Case[]): StayRow[] => staysOf(follow(cases), office);
const punctualityIn = (cases: Case[]): PunctualityRow[] => punctualityOf(follow(cases), office);

// 2026-11-20 is a Friday, 2026-11-23 a Monday: Friday closes at 16:30, Monday opens at 07:30.
function stay(changes: Partial<Stay> = {}): Stay {
  return {
    step: 'periksa',
    round: 1,
    role: 'pemeriksa',
    enteredAt: at('2026-11-20T16:00:00'),
    dueAt: at('2026-11-23T08:30:00'),
    leftAt: at('2026-11-23T08:00:00'),
    ...changes,
  };
}

describe('A stay in a step', () => {
  it('is planned and measured in working minutes across the weekend', () => {
    const number = { year: 2026, serial: 1, text: '0001' };
    expect(staysIn([caseWith({ number, stays: [stay()] })])).toEqual([
      {
        case: '00000000-0000-4000-8000-000000000001',
        number: '0001',
        month: '2026-11',
        sop: 'contoh',
        step: 'periksa',
        role: 'pemeriksa',
        round: 1,
        planned_minutes: 90,
        actual_minutes: 60,
        late: false,
        persons: [],
      },
    ]);
  });

  it('is late only after its deadline, never without one', () => {
    const late = (changes: Partial<Stay>) => staysIn([caseWith({ stays: [stay(changes)] })])[0];
    expect(late({ leftAt: at('2026-11-23T08:30:00') })?.late).toBe(false);
    expect(late({ leftAt: at('2026-11-23T08:30:01') })).toMatchObject({ late: true, actual_minutes: 90, number: null });
    expect(late({ dueAt: null })).toMatchObject({ late: false, planned_minutes: null });
    expect(late({ dueAt: at('2026-11-19T16:00:00') })).toMatchObject({ late: true, planned_minutes: 0 });
  });

  it('belongs to the month in which it ended where the office is', () => {
    const ended = stay({ leftAt: at('2026-12-01T00:30:00') });
    expect(staysIn([caseWith({ stays: [ended] })])[0]?.month).toBe('2026-12');
  });

  it('stands in the order in which it ended', () => {
    const cases = [caseWith({ stays: [stay({ leftAt: at('2026-11-24T08:00:00') })] }), caseWith({ stays: [stay({ step: 'terima' })] })];
    expect(staysIn(cases).map(({ step }) => step)).toEqual(['terima', 'periksa']);
  });
});

describe('Punctuality', () => {
  const minutes = (n: number, more: Partial<Stay> = {}) =>
    stay({
      enteredAt: at('2026-11-23T08:00:00'),
      dueAt: at('2026-11-23T09:00:00'),
      leftAt: at('2026-11-23T08:00:00') + n * 60_000,
      ...more,
    });

  it('counts cases, stays, rounds and late ones per month, step and role, with sums, means and medians', () => {
    const cases = [
      caseWith({ stays: [minutes(10), minutes(100, { round: 2 }), minutes(30, { round: 3 })] }),
      caseWith({ id: 'other', stays: [minutes(20, { role: 'admin' }), minutes(5, { step: 'terima' }), minutes(41)] }),
    ];
    const [admin, checker, receiver] = punctualityIn(cases);
    expect(admin).toMatchObject({ month: '2026-11', sop: 'contoh', step: 'periksa', role: 'admin', cases: 1, stays: 1, late: 0 });
    expect(checker).toEqual({
      month: '2026-11',
      sop: 'contoh',
      step: 'periksa',
      role: 'pemeriksa',
      cases: 2,
      stays: 4,
      rounds: 3,
      late: 1,
      planned_minutes: 240,
      actual_minutes: 181,
      mean_planned_minutes: 60,
      mean_actual_minutes: 45.3,
      median_planned_minutes: 60,
      median_actual_minutes: 35.5,
      persons: [],
      waived: [],
    });
    expect(receiver).toMatchObject({ step: 'terima', stays: 1, actual_minutes: 5 });
  });

  it('takes the mean of the two in the middle, and no median where nothing was planned', () => {
    const [row] = punctualityIn([caseWith({ stays: [minutes(10, { dueAt: null }), minutes(20, { dueAt: null })] })]);
    expect(row).toMatchObject({
      planned_minutes: null,
      mean_planned_minutes: null,
      median_planned_minutes: null,
      median_actual_minutes: 15,
    });
    const [four] = punctualityIn([caseWith({ stays: [40, 10, 30, 20].map((n) => minutes(n)) })]);
    expect(four?.median_actual_minutes).toBe(25);
  });

  it('orders the months and is empty without stays', () => {
    const december = minutes(10, { leftAt: at('2026-12-01T08:00:00') });
    expect(punctualityIn([caseWith({ stays: [december, minutes(1)] })]).map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
    expect(punctualityIn([])).toEqual([]);
  });

  it('has a column for every key', () => {
    const [row] = punctualityIn([caseWith({ stays: [minutes(1)] })]);
    expect(PUNCTUALITY_COLUMNS.map(({ key }) => key)).toEqual(Object.keys(row ?? {}));
  });

  it('is one line of a table, with nothing in it where there is nobody', () => {
    const [row] = punctualityIn([caseWith({ stays: [minutes(1)] })]);
    expect(row && punctualityCells(row)).toMatchObject({ stays: 1, persons: null, waived: null });
  });
});

describe('What must be announced at once', () => {
  it('is counted by the wall clock', () => {
    const content = { ...caseWith({}).content, details: { class: 'serta_merta' } };
    expect(staysIn([caseWith({ content, stays: [stay()] })])[0]).toMatchObject({ planned_minutes: 64 * 60 + 30, actual_minutes: 64 * 60 });
  });
});

describe('Who acted', () => {
  const names = (changes: Partial<Case>) => staysIn([caseWith(changes)]).map(({ persons }) => persons);

  it('is named from the decisions of that round, a deputy with his principal', () => {
    const decisions = [
      decision({ verdict: 'reject', person: 'maya', capacity: 'plh', onBehalfOf: 'budi' }),
      decision({ round: 2, person: 'gone' }),
      decision({ round: 2, person: 'maya', capacity: 'plt' }),
      decision({ round: 2, person: 'maya', capacity: 'plt' }),
      decision({ round: 3, person: 'maya', onBehalfOf: 'budi' }),
    ];
    expect(names({ decisions, stays: [stay(), stay({ round: 2 }), stay({ round: 3 })] })).toEqual([
      ['Maya (Plh., a.n. Budi)'],
      ['gone', 'Maya (Plt.)'],
      ['Maya (a.n. Budi)'],
    ]);
  });

  it('is whoever handed in as the step was left, or else whoever made what lies at it', () => {
    const left = at('2026-11-23T08:00:00');
    const prepared = stay({ step: 'serahkan', role: 'pembuat', leftAt: left });
    const repaired = revisionWith({ at: left, by: 'budi', repaired: true });
    expect(names({ revisions: [repaired, revisionWith({ at: left, by: 'maya' })], stays: [prepared] })).toEqual([['Maya']]);
    expect(names({ revisions: [repaired], stays: [prepared] })).toEqual([['Sari Dewi']]);
    const makers = { serahkan: { person: 'budi', home: { channel: 'telegram', id: '2' } as const } };
    expect(names({ makers, stays: [prepared] })).toEqual([['Budi']]);
  });

  it('is whoever published while the case was there', () => {
    const shown = (when: string) => ({ channel: 'website', link: 'https://x', proof: null, person: 'maya', at: at(when) });
    const publications = [shown('2026-11-20T15:00:00'), { ...shown('2026-11-23T08:00:00'), person: 'budi' }];
    expect(names({ publications, stays: [stay({ step: 'tayang', role: 'admin' })] })).toEqual([['Budi']]);
  });
});

describe('What was left out', () => {
  const shown = { channel: 'website', link: 'https://x', proof: null, person: 'maya', at: at('2026-11-23T08:00:00') };
  const waived = {
    ...shown,
    channel: 'media_sosial',
    link: null,
    waived: 'Akun sedang dikunci',
    capacity: 'plh',
    onBehalfOf: 'budi',
  } as const;
  const tayang = stay({ step: 'tayang', role: 'admin' });

  it('stands with its reason and by whom, beside the stay', () => {
    const [row] = punctualityIn([caseWith({ publications: [shown, waived], stays: [tayang] })]);
    const one = { number: null, channel: 'media_sosial', reason: 'Akun sedang dikunci', person: 'Maya (Plh., a.n. Budi)' };
    expect(row).toMatchObject({ step: 'tayang', role: 'admin', cases: 1, stays: 1, waived: [one] });
    expect(row && punctualityCells(row)).toMatchObject({
      persons: 'Maya; Maya (Plh., a.n. Budi)',
      waived: '- media_sosial: Akun sedang dikunci (Maya (Plh., a.n. Budi))',
    });
  });

  it('stands in the month in which it was, although the step is not over', () => {
    const number = { year: 2026, serial: 1, text: '0001' };
    const [row, ...more] = punctualityIn([caseWith({ number, publications: [{ ...waived, at: at('2026-12-01T00:00:00') }] })]);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      month: '2026-12',
      step: 'tayang',
      cases: 1,
      stays: 0,
      rounds: 0,
      actual_minutes: 0,
      mean_actual_minutes: null,
    });
    expect(row?.waived[0]?.number).toBe('0001');
  });

  it('is a channel, too, that the SOP let the case do without', () => {
    const number = { year: 2026, serial: 1, text: '0001' };
    const [row] = punctualityIn([caseWith({ number, publications: [shown], stays: [tayang] })]);
    expect(row?.waived).toEqual([{ number: '0001', channel: 'media_sosial', reason: null, person: null }]);
    expect(row && punctualityCells(row)?.waived).toBe('0001 media_sosial: tidak diwajibkan SOP');
  });

  it('is nothing of a channel that the SOP does not know', () => {
    const unknown = { ...waived, channel: 'radio' };
    expect(punctualityIn([caseWith({ publications: [unknown] })])).toEqual([]);
  });
});
