// Sample offices and a way to write an instant as an office's clock shows it.
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import type { Hours, Office, OfficeTime } from '../../src/office/office.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/time.ts';

export const ZONES = [
  { timezone: 'Asia/Jakarta', offset: '+07:00' },
  { timezone: 'Asia/Makassar', offset: '+08:00' },
  { timezone: 'Asia/Jayapura', offset: '+09:00' },
] as const;

/** `2026-11-20 14:00` on the clock of the zone, Western Indonesia unless said otherwise. */
export function local(text: string, offset = '+07:00'): Instant {
  return Date.parse(`${text.replace(' ', 'T')}${offset}`);
}

export const RAMADAN_2027: { from: string; to: string; hours: Hours } = {
  from: '2027-02-08',
  to: '2027-03-09',
  hours: {
    ...Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu'].map((day) => [
        day,
        [
          { from: '08:00', to: '12:00' },
          { from: '12:30', to: '15:00' },
        ],
      ]),
    ),
    fri: [
      { from: '08:00', to: '11:30' },
      { from: '12:30', to: '15:30' },
    ],
  },
};

export function officeTime(changes: Partial<OfficeTime> = {}): OfficeTime {
  return {
    timezone: 'Asia/Jakarta',
    hours: NATIONAL_HOURS,
    seasons: [RAMADAN_2027],
    holidays: [],
    quiet: { from: '20:00', to: '06:00' },
    ...changes,
  };
}

export function office(changes: Partial<Office> = {}): Office {
  return {
    ...officeTime(),
    id: 'contoh',
    name: 'Dinas Contoh',
    register: '{number:4}/CONTOH/{year}',
    ladder: { remindAtPart: 0.25, remindMinMs: 5 * MINUTE_MS, escalateAfterMs: [2 * HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS] },
    sops: [],
    supervisors: [],
    people: [],
    groups: [],
    ...changes,
  };
}
