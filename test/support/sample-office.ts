// An office and an SOP for tests: invented people, the national hours, the SOP of five steps as it comes with Alur.
import { readFileSync } from 'node:fs';
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import type { Office } from '../../src/office/office.ts';
import { readSop } from '../../src/sop/read.ts';
import type { Sop } from '../../src/sop/sop.ts';

export function sopNamed(id: string): Sop {
  const reading = readSop(readFileSync(new URL(`../../sops/${id}.yaml`, import.meta.url), 'utf8'));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.sop;
}

export const MEDSOS = 'kalteng-disdagperin-upload-medsos';

const HOUR = 3_600_000;

export function sampleOffice(more: Partial<Office> = {}): Office {
  return {
    id: 'disdagperin-contoh',
    name: 'Dinas Perdagangan dan Perindustrian (contoh)',
    timezone: 'Asia/Jakarta',
    hours: NATIONAL_HOURS,
    seasons: [],
    holidays: [],
    quiet: { from: '20:00', to: '06:00' },
    register: '{number:4}/REG-KONTEN/DISDAGPERIN/{roman_month}/{year}',
    ladder: { remindAtPart: 0.25, remindMinMs: 300_000, escalateAfterMs: [2 * HOUR, 4 * HOUR, 6 * HOUR] },
    sops: [MEDSOS],
    supervisors: [['rahmat']],
    people: [
      { id: 'sari', name: 'Sari Dewi', roles: ['tim_pelaksana'], telegram: '1001' },
      { id: 'budi', name: 'Budi Santoso', roles: ['tim_pertimbangan'], telegram: '1002' },
      { id: 'kartika', name: 'Kartika', roles: ['ketua_ppid_pembantu'], telegram: '1003' },
      { id: 'rahmat', name: 'Rahmat', roles: ['atasan_ppid_pembantu'], telegram: '1004' },
      { id: 'maya', name: 'Maya', roles: ['admin_medsos'], telegram: '1005' },
      { id: 'andi', name: 'Andi', roles: ['tim_pelaksana'], telegram: '1006' },
      { id: 'citra', name: 'Citra', roles: ['tim_pertimbangan'], telegram: '1007' },
    ],
    groups: [],
    ...more,
  };
}

/** Friday, 20 November 2026, 09.00 WIB. */
export const FRIDAY_9 = Date.parse('2026-11-20T09:00:00+07:00');
