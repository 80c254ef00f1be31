// Says in words when a step is due, as the rules will keep it.
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Base, Due } from './sop.ts';

const SINCE: Record<Base, string> = {
  event: 'kegiatan',
  handover: 'penyerahan',
  step: 'langkah dimulai',
  schedule: 'jadwal tayang',
};

const WORKING_UNITS = { m: 'menit kerja', h: 'jam kerja', d: 'hari kerja' };

export function dueWords(due: Due): string {
  switch (due.kind) {
    case 'tentative':
      return 'Tentatif';
    case 'within':
      return `${due.amount} ${WORKING_UNITS[due.unit]} sejak ${SINCE[due.from]}`;
    case 'elapsed':
      return `${elapsedWords(due.ms)} sejak ${SINCE[due.from]} (waktu berjalan, termasuk di luar jam kerja)`;
    case 'days': {
      const count = due.days === 0 ? 'Hari H' : `H+${due.days} ${due.calendar ? 'hari kalender' : 'hari kerja'} sejak`;
      return `${count} ${SINCE[due.from]}, ${due.at === 'day-end' ? 'pukul 23.59' : 'saat kantor tutup'}`;
    }
  }
}

function elapsedWords(ms: number): string {
  const units = [
    [24 * HOUR_MS, 'hari'],
    [HOUR_MS, 'jam'],
    [MINUTE_MS, 'menit'],
    [1000, 'detik'],
  ] as const;
  const [size, word] = units.find(([unit]) => ms % unit === 0) ?? [1, 'milidetik'];
  return `${ms / size} ${word}`;
}
