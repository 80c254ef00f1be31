// How well the SOP is kept, in working minutes.
import { describe, expect, it } from 'vitest';
import type { Stay } from '../../src/case/case.ts';
import { PUNCTUALITY_COLUMNS, punctualityOf, staysOf } from '../../src/register/punctuality.ts';
import { at, caseWith, office } from './sample.ts';

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
    expect(staysOf([caseWith({ number, stays: [stay()] })], office)).toEqual([
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
      },
    ]);
  });

  it('is late only after its deadline, never without one', () => {
    const late = (changes: Partial<Stay>) => staysOf([caseWith({ stays: [stay(changes)] })], office)[0];
    expect(late({ leftAt: at('2026-11-23T08:30:00') })?.late).toBe(false);
    expect(late({ leftAt: at('2026-11-23T08:30:01') })).toMatchObject({ late: true, actual_minutes: 90, number: null });
    expect(late({ dueAt: null })).toMatchObject({ late: false, planned_minutes: null });
    expect(late({ dueAt: at('2026-11-19T16:00:00') })).toMatchObject({ late: true, planned_minutes: 0 });
  });

  it('belongs to the month in which it ended where the office is', () => {
    const ended = stay({ leftAt: at('2026-12-01T00:30:00') });
    expect(staysOf([caseWith({ stays: [ended] })], office)[0]?.month).toBe('2026-12');
  });

  it('stands in the order in which it ended', () => {
    const cases = [caseWith({ stays: [stay({ leftAt: at('2026-11-24T08:00:00') })] }), caseWith({ stays: [stay({ step: 'terima' })] })];
    expect(staysOf(cases, office).map(({ step }) => step)).toEqual(['terima', 'periksa']);
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

  it('counts stays and late ones per month, step and role, with medians', () => {
    const cases = [
      caseWith({ stays: [minutes(10), minutes(100), minutes(30)] }),
      caseWith({ stays: [minutes(20, { role: 'admin' }), minutes(5, { step: 'terima' })] }),
    ];
    expect(punctualityOf(cases, office)).toEqual([
      {
        month: '2026-11',
        sop: 'contoh',
        step: 'periksa',
        role: 'admin',
        stays: 1,
        late: 0,
        median_planned_minutes: 60,
        median_actual_minutes: 20,
      },
      {
        month: '2026-11',
        sop: 'contoh',
        step: 'periksa',
        role: 'pemeriksa',
        stays: 3,
        late: 1,
        median_planned_minutes: 60,
        median_actual_minutes: 30,
      },
      {
        month: '2026-11',
        sop: 'contoh',
        step: 'terima',
        role: 'pemeriksa',
        stays: 1,
        late: 0,
        median_planned_minutes: 60,
        median_actual_minutes: 5,
      },
    ]);
  });

  it('takes the mean of the two in the middle, and no median where nothing was planned', () => {
    const [row] = punctualityOf([caseWith({ stays: [minutes(10, { dueAt: null }), minutes(20, { dueAt: null })] })], office);
    expect(row).toMatchObject({ median_planned_minutes: null, median_actual_minutes: 15 });
    const [four] = punctualityOf([caseWith({ stays: [40, 10, 30, 20].map((n) => minutes(n)) })], office);
    expect(four?.median_actual_minutes).toBe(25);
  });

  it('orders the months and is empty without stays', () => {
    const december = minutes(10, { leftAt: at('2026-12-01T08:00:00') });
    expect(punctualityOf([caseWith({ stays: [december, minutes(1)] })], office).map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
    expect(punctualityOf([], office)).toEqual([]);
  });

  it('has a column for every key', () => {
    const [row] = punctualityOf([caseWith({ stays: [minutes(1)] })], office);
    expect(PUNCTUALITY_COLUMNS.map(({ key }) => key)).toEqual(Object.keys(row ?? {}));
  });
});
