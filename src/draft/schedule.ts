// A date and time as people write it in a chat: "24-11-2026 09.00", "besok 09.00", "hari ini pukul 15.30", "sekarang".
import type { Calendar } from '../calendar/calendar.ts';
import type { Instant, LocalDate } from '../time.ts';
import { dayAfter, readDate } from './date.ts';

const CLOCK = /^(.*?)[\s,]*(?:pukul|jam)?\s*([01]?\d|2[0-3])[.:]([0-5]\d)\s*(?:wib|wita|wit)?$/u;

function readDay(words: string, today: LocalDate): LocalDate | null {
  if (words === '') return today;
  if (words === 'besok') return dayAfter(today, 1);
  if (words === 'lusa') return dayAfter(today, 2);
  return readDate(words, today);
}

/** A time without a day is today's; `today`: the day on which it was written. `null` when no time can be read. */
export function readSchedule(text: string, now: Instant, today: LocalDate, calendar: Calendar): Instant | null {
  const words = text.toLowerCase().trim();
  if (words === 'sekarang') return now;
  const match = CLOCK.exec(words);
  if (!match) return null;
  const [, day = '', hours = '', minutes = ''] = match;
  const date = readDay(day.trim(), today);
  return date === null ? null : calendar.instantOf(date, `${hours.padStart(2, '0')}:${minutes}`);
}

/** What makes a time one that somebody may not have meant: a free day, or a time outside office hours; `null` when nothing does. */
export function unusual(at: Instant, calendar: Calendar): { holiday: string | null; freeDay: boolean } | null {
  const date = calendar.dateOf(at);
  if (!calendar.isWorkingDay(date)) return { holiday: calendar.holidayName(date), freeDay: true };
  const { opening, closing } = calendar.workingDayFrom(date);
  return at < opening || at > closing ? { holiday: null, freeDay: false } : null;
}
