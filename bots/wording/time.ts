// Dates, times and durations in Indonesian. Our own tables instead of a locale's, whose spaces and dots change with the machine.
import { Temporal } from 'temporal-polyfill';
import { HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../../src/time.ts';

const DAYS = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'];
const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];
const ZONES: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
};
const SECOND_MS = 1000;

function local(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(at)).toZonedDateTimeISO(zone);
}

const two = (n: number) => String(n).padStart(2, '0');

/** The office's own day at that moment. */
export function dayOf(at: Instant, zone: string): LocalDate {
  return local(at, zone).toPlainDate().toString();
}

/** `days` later (or earlier). */
export function dayAfter(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** "Jumat, 20 November 2026" */
export function longDate(date: LocalDate): string {
  const day = Temporal.PlainDate.from(date);
  return `${DAYS[day.dayOfWeek - 1]}, ${day.day} ${MONTHS[day.month - 1]} ${day.year}`;
}

/** "20-11-2026" */
export function shortDate(date: LocalDate): string {
  const day = Temporal.PlainDate.from(date);
  return `${two(day.day)}-${two(day.month)}-${day.year}`;
}

/** "November 2026" for `2026-11`. */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  const name = MONTHS[Number(number) - 1];
  return name === undefined ? month : `${name} ${year}`;
}

/** "pukul 16.00 WIB" */
export function clock(at: Instant, zone: string): string {
  const there = local(at, zone);
  return `pukul ${two(there.hour)}.${two(there.minute)} ${ZONES[zone] ?? `UTC${there.offset}`}`;
}

/** "Jumat, 20 November 2026, pukul 16.00 WIB" */
export function moment(at: Instant, zone: string): string {
  return `${longDate(dayOf(at, zone))}, ${clock(at, zone)}`;
}

/** "20-11-2026 pukul 16.00 WIB", for lists. */
export function shortMoment(at: Instant, zone: string): string {
  return `${shortDate(dayOf(at, zone))} ${clock(at, zone)}`;
}

/** "14.05" today, "Jumat, 20-11 14.05" on any other day: for what has happened lately. */
export function listMoment(at: Instant, zone: string, now: Instant): string {
  const there = local(at, zone);
  const time = `${two(there.hour)}.${two(there.minute)}`;
  return dayOf(at, zone) === dayOf(now, zone) ? time : `${DAYS[there.dayOfWeek - 1]}, ${two(there.day)}-${two(there.month)} ${time}`;
}

/** "hari ini pukul 16.00 WIB", "besok, Senin, 23 November 2026, pukul 16.00 WIB", or the whole moment. */
export function nearMoment(at: Instant, zone: string, now: Instant): string {
  const day = dayOf(at, zone);
  const today = dayOf(now, zone);
  if (day === today) return `hari ini ${clock(at, zone)}`;
  if (day === dayAfter(today, 1)) return `besok, ${moment(at, zone)}`;
  if (day === dayAfter(today, -1)) return `kemarin, ${moment(at, zone)}`;
  return moment(at, zone);
}

/** "2 jam 15 menit", "3 menit", "45 detik". Whole units, rounded down. */
export function duration(ms: number): string {
  if (ms < SECOND_MS) return 'kurang dari 1 detik';
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} detik`;
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  if (hours === 0) return `${minutes} menit`;
  return minutes === 0 ? `${hours} jam` : `${hours} jam ${minutes} menit`;
}
