import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAfter, daysBetween, readDate } from '../../src/draft/date.ts';
import { EVENT_AHEAD_MAX_DAYS, tooFarAhead } from '../../src/draft/date-limit.ts';

const TODAY = '2026-11-20';

describe('a date as people write it', () => {
  test.each([
    ['hari ini', '2026-11-20'],
    ['Hari Ini', '2026-11-20'],
    ['kemarin', '2026-11-19'],
    ['20-11-2026', '2026-11-20'],
    ['20/11/2026', '2026-11-20'],
    ['1.2.2026', '2026-02-01'],
    ['20 11 2026', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['20 November 2026', '2026-11-20'],
    ['20 nov 2026', '2026-11-20'],
    ['Jumat, 20 November 2026', '2026-11-20'],
    ["jum'at 20 november 2026", '2026-11-20'],
    ['tanggal 17 Agustus 2026', '2026-08-17'],
    ['tgl. 17 agu 2026', '2026-08-17'],
    [' 3 mei 2026 ', '2026-05-03'],
    ['29-2-2028', '2028-02-29'],
  ])('%s is understood', (text, date) => {
    expect(readDate(text.trim(), TODAY)).toBe(date);
  });

  test.each([
    ['20/11', '2026-11-20'],
    ['31 desember', '2026-12-31'],
    ['2 januari', '2027-01-02'],
    ['1/6', '2026-06-01'],
    ['29/2', null],
  ])('without a year, %s is the nearest such day', (text, date) => {
    expect(readDate(text, TODAY)).toBe(date);
  });

  test('a leap day without a year is found when there is one near', () => {
    expect(readDate('29/2', '2028-03-05')).toBe('2028-02-29');
  });

  test('without a year, a day more than half a year ahead was last year', () => {
    expect(readDate('1 desember', '2026-01-05')).toBe('2025-12-01');
  });

  test.each([
    '',
    'besok',
    '31-02-2026',
    '30 februari 2026',
    '0-1-2026',
    '1-0-2026',
    '1-13-2026',
    '20-11-1999',
    '20-11-2100',
    '20 foo 2026',
    '20 foo',
    '2026-2-30',
    '20-11-26',
    '../../..',
  ])('%j is no date', (text) => {
    expect(readDate(text, TODAY)).toBeNull();
  });

  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10));

  test('every day can be written in each way and is read again', () => {
    fc.assert(
      fc.property(day, day, (date, today) => {
        const [y, m, d] = date.split('-').map(Number);
        for (const text of [date, `${d}-${m}-${y}`, `${d}/${m}/${y}`, `${d} ${m} ${y}`]) expect(readDate(text, today)).toBe(date);
      }),
    );
  });

  test('whatever is written, reading never fails and gives a real day or nothing', () => {
    const near = fc.stringMatching(/^[0-9]{0,4}[-/. ]?[0-9a-z]{0,9}[-/. ]?[0-9]{0,4}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), day, (text, today) => {
        const date = readDate(text, today);
        expect(date === null || dayAfter(date, 0) === date).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('days', () => {
  test('are counted over months, years and leap days', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-11-20', '2026-11-19')).toBe(-1);
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
  });
});

describe('how far ahead an event may lie', () => {
  test('sixty days are taken, one more is not, the past always is', () => {
    expect(tooFarAhead(dayAfter(TODAY, EVENT_AHEAD_MAX_DAYS), TODAY)).toBeNull();
    expect(tooFarAhead(dayAfter(TODAY, EVENT_AHEAD_MAX_DAYS + 1), TODAY)).toBe(60);
    expect(tooFarAhead('2020-01-01', TODAY)).toBeNull();
  });
});
