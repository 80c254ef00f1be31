// Register numbers by the office's own pattern.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternFaults, registerNumber } from '../../src/register/number.ts';

const parts = { serial: 42, date: '2026-11-20', office: 'disdagperin-contoh' };

describe('A register number', () => {
  it('fills every token of its pattern', () => {
    expect(registerNumber('{number:4}/REG-KONTEN/DISDAGPERIN/{roman_month}/{year}', parts)).toBe('0042/REG-KONTEN/DISDAGPERIN/XI/2026');
    expect(registerNumber('{number}-{month}-{year}-{office}', parts)).toBe('42-11-2026-DISDAGPERIN-CONTOH');
    expect(registerNumber('{year}{month}{number:1}', { ...parts, date: '2027-03-01' })).toBe('20270342');
  });

  it('keeps a number that is longer than its width whole', () => {
    expect(registerNumber('{number:4}/{year}', { ...parts, serial: 12_345 })).toBe('12345/2026');
  });

  it('writes the months as officials do', () => {
    const months = Array.from({ length: 12 }, (_, i) =>
      registerNumber('{roman_month}', { ...parts, date: `2026-${String(i + 1).padStart(2, '0')}-05` }),
    );
    expect(months).toEqual(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']);
  });

  it('is never the same for two serials of a year', () => {
    const serial = fc.integer({ min: 1, max: 1_000_000 });
    const month = fc.integer({ min: 10, max: 12 });
    fc.assert(
      fc.property(serial, serial, month, month, fc.integer({ min: 1, max: 9 }), (a, b, monthA, monthB, width) => {
        fc.pre(a !== b);
        const pattern = `{number:${width}}/X/{month}/{year}`;
        const of = (n: number, m: number) => registerNumber(pattern, { serial: n, date: `2026-${m}-01`, office: 'o' });
        expect(patternFaults(pattern)).toEqual([]);
        expect(of(a, monthA)).not.toBe(of(b, monthB));
      }),
    );
  });
});

describe('A pattern', () => {
  it.each([
    ['{number}/{year}', []],
    ['{year}', ['pola nomor harus memuat {number} tepat sekali, supaya setiap nomor berbeda.']],
    ['{number}{number:4}{year}', ['pola nomor harus memuat {number} tepat sekali, supaya setiap nomor berbeda.']],
    ['{number}/{month}', ['pola nomor harus memuat {year}, sebab nomor urut mulai lagi dari 1 setiap tahun.']],
    [
      '{number}/{year}/{bulan}',
      ['{bulan} tidak dikenal dalam pola nomor. Yang dikenal: number, number:4, roman_month, month, year, office.'],
    ],
    ['{number:0}{number}/{year}', ['{number:0} tidak dikenal dalam pola nomor. Mungkin maksud Anda "number:4"?']],
    ['{number}/{year}/{', ['kurung kurawal dalam pola nomor tidak berpasangan; lengkapi { atau }.']],
  ])('%s is judged', (pattern, faults) => {
    expect(patternFaults(pattern)).toEqual(faults);
  });
});
