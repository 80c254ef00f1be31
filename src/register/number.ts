// The register number of a case, made of the office's own pattern.
import { didYouMean } from '../sop/fault.ts';
import type { LocalDate } from '../time.ts';

const TOKENS = ['number', 'number:4', 'roman_month', 'month', 'year', 'office'];
const TOKEN = /\{([^{}]*)\}/g;
const NUMBER = /^number(?::([1-9]))?$/;
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

export interface NumberParts {
  /** Counts from 1 within office and year. */
  serial: number;
  date: LocalDate;
  /** Id of the office. */
  office: string;
}

/** The pattern must have no faults (`patternFaults`). */
export function registerNumber(pattern: string, { serial, date, office }: NumberParts): string {
  const [year = '', month = ''] = date.split('-');
  return pattern.replace(TOKEN, (_all, token: string) => {
    if (token === 'year') return year;
    if (token === 'month') return month;
    if (token === 'roman_month') return String(ROMAN[Number(month) - 1]);
    if (token === 'office') return office.toUpperCase();
    const digits = Number(NUMBER.exec(token)?.[1] ?? 1);
    return String(serial).padStart(digits, '0');
  });
}

/** Why a pattern cannot be used, in Bahasa Indonesia; empty when it can. */
export function patternFaults(pattern: string): string[] {
  const tokens = [...pattern.matchAll(TOKEN)].map(([, token = '']) => token);
  const faults = tokens
    .filter((token) => !NUMBER.test(token) && !TOKENS.includes(token))
    .map((token) => `{${token}} tidak dikenal dalam pola nomor.${didYouMean(token, TOKENS)}`);
  if (/[{}]/.test(pattern.replace(TOKEN, ''))) faults.push('kurung kurawal dalam pola nomor tidak berpasangan; lengkapi { atau }.');
  const numbers = tokens.filter((token) => NUMBER.test(token)).length;
  if (numbers !== 1) faults.push('pola nomor harus memuat {number} tepat sekali, supaya setiap nomor berbeda.');
  // Serials start anew each year.
  if (!tokens.includes('year')) faults.push('pola nomor harus memuat {year}, sebab nomor urut mulai lagi dari 1 setiap tahun.');
  return faults;
}
