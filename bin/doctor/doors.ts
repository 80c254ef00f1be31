// What waits behind each door, and whether it stands still.
import type { Stats } from '../../db/backlog.ts';
import { MINUTE_MS } from '../../src/time.ts';
import { LIMITS_MS } from '../service/doors.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

const DOORS: { door: keyof Stats; name: string }[] = [
  { door: 'inbox', name: 'kotak masuk' },
  { door: 'timers', name: 'tenggat' },
  { door: 'outbox', name: 'kotak keluar' },
  { door: 'media', name: 'berkas' },
];

/** Without a service everything waits, and that is no fault of the doors. */
export function doorFindings(stats: Stats, now: number, serviceRuns: boolean): Finding[] {
  return DOORS.map(({ door, name }) => {
    const { waiting, oldest } = stats[door];
    if (waiting === 0 || oldest === null) return ok(name, 'tidak ada yang menunggu.');
    const age = now - oldest;
    const words = `${waiting} menunggu, tertua ${ageWords(age)}.`;
    if (age <= LIMITS_MS[door]) return ok(name, words);
    return serviceRuns ? wrong(name, `macet: ${words} Lihat catatan layanan.`) : note(name, `${words} Dikerjakan begitu layanan berjalan.`);
  });
}

function ageWords(ms: number): string {
  const minutes = Math.floor(Math.max(ms, 0) / MINUTE_MS);
  if (minutes < 1) return 'kurang dari 1 menit';
  return minutes < 120 ? `${minutes} menit` : `${Math.floor(minutes / 60)} jam`;
}
