// A date as people write it in a chat: "hari ini", "kemarin", "20-11-2026", "20/11", "20 November 2026", "2026-11-20".
import type { LocalDate } from '../time.ts';

const MONTHS = ['januari', 'februari', 'maret', 'april', 'mei', 'juni', 'juli', 'agustus', 'september', 'oktober', 'november', 'desember'];
const SHORT = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des'];
const DAY_MS = 86_400_000;

/** The day `n` days after `date` (before, when negative). */
export function dayAfter(date: LocalDate, n: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `a` to `b`. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY_MS);
}

function valid(year: number, month: number, day: number): LocalDate | null {
  if (year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}

function monthOf(word: string): number {
  const long = MONTHS.indexOf(word);
  return (long >= 0 ? long : SHORT.indexOf(word)) + 1;
}

/** Without a year, the latest such day that is not more than half a year ahead of today. */
function nearest(today: LocalDate, month: number, day: number): LocalDate | null {
  const year = Number(today.slice(0, 4));
  const candidates = [year + 1, year, year - 1].map((y) => valid(y, month, day)).filter((date) => date !== null);
  return candidates.find((date) => daysBetween(today, date) <= 183) ?? null;
}

export function readDate(text: string, today: LocalDate): LocalDate | null {
  const words = text
    .toLowerCase()
    .replace(/^(tanggal|tgl\.?)\s+/u, '')
    .replace(/^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)\s*,?\s*/u, '')
    .trim();
  if (words === 'hari ini') return today;
  if (words === 'kemarin') return dayAfter(today, -1);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?$/.exec(words);
  if (numbers) {
    const [day, month] = [Number(numbers[1]), Number(numbers[2])];
    return numbers[3] === undefined ? nearest(today, month, day) : valid(Number(numbers[3]), month, day);
  }
  const named = /^(\d{1,2}) ([a-z]+)(?: (\d{4}))?$/.exec(words);
  if (!named) return null;
  const [day, month] = [Number(named[1]), monthOf(String(named[2]))];
  return named[3] === undefined ? nearest(today, month, day) : valid(Number(named[3]), month, day);
}
