// The offices that a start applies: the files of OFFICE_FILE, or the sample office with the simulator.
import { fileURLToPath } from 'node:url';
import { watchCalendar } from '../../bots/calendar-warning.ts';
import { armChainHead } from '../../bots/chain-head.ts';
import type { PgStore } from '../../db/store.ts';
import type { Office } from '../../src/office/office.ts';
import type { Instant } from '../../src/time.ts';
import { faultLines } from '../faults.ts';
import { loadOffice } from '../office-file.ts';
import type { Settings } from '../settings.ts';
import { settleOffices } from '../settle-office.ts';

const SAMPLE = fileURLToPath(new URL('../../offices/disdagperin-contoh.yaml', import.meta.url));

export type Applying = { ok: true; offices: Office[] } | { ok: false; reason: string };

export function officeFiles({ offices }: Pick<Settings, 'offices'>): string[] {
  return offices.from === 'files' ? offices.files : offices.from === 'sample' ? [SAMPLE] : [];
}

/** All files are read before any is applied: a start with one wrong file changes nothing. */
export async function applyOffices(settings: Pick<Settings, 'offices'>, store: PgStore, now: Instant): Promise<Applying> {
  const loaded = officeFiles(settings).map((file) => ({ file, reading: loadOffice(file) }));
  const wrong = loaded.flatMap(({ reading }) => {
    if (reading.ok) return [];
    return 'faults' in reading ? [faultLines(reading.faults)] : [`${reading.reason}\n`];
  });
  if (wrong.length > 0) return { ok: false, reason: `OFFICE_FILE:\n${wrong.join('')}` };
  for (const { reading } of loaded) if (reading.ok) await store.applyOffice(reading.office, reading.sops, now);
  // Looking at every open case takes its time: only where something is different from last time, or was left over then.
  await settleOffices(store, now);
  const offices = await store.offices();
  for (const office of offices) await armChainHead(store, office, now);
  for (const office of offices) await watchCalendar(store, office, now);
  return { ok: true, offices };
}
