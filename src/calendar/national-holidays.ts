// The free days of the whole country: the joint decree of three ministers (SKB 3 Menteri) of each year, as data. Cuti bersama counts as free.
import type { Instant, LocalDate } from '../time.ts';
import { zoneOf } from './zone.ts';

export interface NationalHoliday {
  date: LocalDate;
  name: string;
  kind: 'nasional' | 'cuti_bersama';
  /** The decree. */
  source: string;
}

interface Decree {
  year: number;
  source: string;
  /** `MM-DD` and name. */
  nasional: [day: string, name: string][];
  cutiBersama: [day: string, name: string][];
}

const DECREES: Decree[] = [
  {
    year: 2026,
    source: 'SKB 3 Menteri Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025',
    nasional: [
      ['01-01', 'Tahun Baru 2026 Masehi'],
      ['01-16', 'Isra Mikraj Nabi Muhammad SAW'],
      ['02-17', 'Tahun Baru Imlek 2577 Kongzili'],
      ['03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)'],
      ['03-21', 'Idulfitri 1447 Hijriah'],
      ['03-22', 'Idulfitri 1447 Hijriah'],
      ['04-03', 'Wafat Yesus Kristus'],
      ['04-05', 'Kebangkitan Yesus Kristus (Paskah)'],
      ['05-01', 'Hari Buruh Internasional'],
      ['05-14', 'Kenaikan Yesus Kristus'],
      ['05-27', 'Iduladha 1447 Hijriah'],
      ['05-31', 'Hari Raya Waisak 2570 BE'],
      ['06-01', 'Hari Lahir Pancasila'],
      ['06-16', '1 Muharam Tahun Baru Islam 1448 Hijriah'],
      ['08-17', 'Proklamasi Kemerdekaan'],
      ['08-25', 'Maulid Nabi Muhammad SAW'],
      ['12-25', 'Kelahiran Yesus Kristus (Natal)'],
    ],
    cutiBersama: [
      ['02-16', 'Cuti bersama Tahun Baru Imlek 2577 Kongzili'],
      ['03-18', 'Cuti bersama Hari Suci Nyepi (Tahun Baru Saka 1948)'],
      ['03-20', 'Cuti bersama Idulfitri 1447 Hijriah'],
      ['03-23', 'Cuti bersama Idulfitri 1447 Hijriah'],
      ['03-24', 'Cuti bersama Idulfitri 1447 Hijriah'],
      ['05-15', 'Cuti bersama Kenaikan Yesus Kristus'],
      ['05-28', 'Cuti bersama Iduladha 1447 Hijriah'],
      ['12-24', 'Cuti bersama Kelahiran Yesus Kristus (Natal)'],
    ],
  },
  {
    year: 2027,
    source: 'SKB 3 Menteri tanggal 15 September 2026',
    nasional: [
      ['01-01', 'Tahun Baru 2027 Masehi'],
      ['01-05', 'Isra Mikraj Nabi Muhammad SAW 1448 Hijriah'],
      ['02-06', 'Tahun Baru Imlek 2578 Kongzili'],
      ['03-08', 'Hari Suci Nyepi (Tahun Baru Saka 1949)'],
      ['03-10', 'Idulfitri 1448 Hijriah'],
      ['03-11', 'Idulfitri 1448 Hijriah'],
      ['03-26', 'Wafat Yesus Kristus'],
      ['03-28', 'Kebangkitan Yesus Kristus (Paskah)'],
      ['05-01', 'Hari Buruh Internasional'],
      ['05-06', 'Kenaikan Yesus Kristus'],
      ['05-17', 'Iduladha 1448 Hijriah'],
      ['05-20', 'Hari Raya Waisak 2571 BE'],
      ['06-01', 'Hari Lahir Pancasila'],
      ['06-06', '1 Muharam Tahun Baru Islam 1449 Hijriah'],
      ['08-15', 'Maulid Nabi Muhammad SAW'],
      ['08-17', 'Proklamasi Kemerdekaan'],
      ['12-25', 'Kelahiran Yesus Kristus (Natal)'],
      ['12-26', 'Isra Mikraj Nabi Muhammad SAW 1449 Hijriah'],
    ],
    cutiBersama: [
      ['02-05', 'Cuti bersama Tahun Baru Imlek 2578 Kongzili'],
      ['03-09', 'Cuti bersama Idulfitri 1448 Hijriah'],
      ['03-12', 'Cuti bersama Idulfitri 1448 Hijriah'],
      ['03-15', 'Cuti bersama Idulfitri 1448 Hijriah'],
      ['03-25', 'Cuti bersama Wafat Yesus Kristus'],
      ['05-18', 'Cuti bersama Iduladha 1448 Hijriah'],
      ['05-19', 'Cuti bersama Hari Raya Waisak 2571 BE'],
      ['12-24', 'Cuti bersama Kelahiran Yesus Kristus (Natal)'],
    ],
  },
];

/** In the order of their dates within each kind and year. */
export const NATIONAL_HOLIDAYS: readonly NationalHoliday[] = DECREES.flatMap(({ year, source, nasional, cutiBersama }) => [
  ...nasional.map(([day, name]) => ({ date: `${year}-${day}`, name, kind: 'nasional' as const, source })),
  ...cutiBersama.map(([day, name]) => ({ date: `${year}-${day}`, name, kind: 'cuti_bersama' as const, source })),
]);

const byDate = new Map(NATIONAL_HOLIDAYS.map((holiday) => [holiday.date, holiday]));

export function nationalHolidayOn(date: LocalDate): NationalHoliday | undefined {
  return byDate.get(date);
}

/** The years whose table is needed now and is not there: this year's, and from 1 October the next year's. */
export function missingYears(now: Instant, timezone: string): number[] {
  const today = zoneOf(timezone).dateOf(now);
  const year = Number(today.slice(0, 4));
  const needed = today.slice(5) >= '10-01' ? [year, year + 1] : [year];
  return needed.filter((candidate) => !DECREES.some((decree) => decree.year === candidate));
}
