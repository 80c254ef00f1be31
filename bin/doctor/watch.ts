// What the running check would find at this moment, beside the doors, which have their own lines.
import { watchWords } from '../../bots/wording/watch.ts';
import type { PgStore } from '../../db/store.ts';
import { lookAround } from '../service/watch.ts';
import { type Finding, ok, wrong } from './finding.ts';

/** A doctor may be called on a machine without the files: they are the service's to look at. */
const ELSEWHERE = { has: async () => true };
const DOORS = ['inbox', 'timers', 'outbox', 'media'];

export async function watchFindings(store: PgStore, now: number): Promise<Finding[]> {
  const found = (await lookAround({ store, vault: ELSEWHERE, clock: { now: () => now } })).filter(({ about }) => !DOORS.includes(about));
  if (found.length === 0) return [ok('pemeriksaan', 'riwayat dan konten yang terakhir berubah cocok.')];
  return [wrong('pemeriksaan', `${watchWords(found).detail} ${found.map(({ rule, about }) => `${rule} ${about}`).join(', ')}`)];
}
