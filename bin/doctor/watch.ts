// What the running check would find at this moment, beside the doors, which have their own lines.
import { join } from 'node:path';
import { watchWords } from '../../bots/wording/watch.ts';
import type { PgStore } from '../../db/store.ts';
import { openVault } from '../../db/vault.ts';
import { lookAround } from '../service/watch.ts';
import { type Finding, ok, wrong } from './finding.ts';

const DOORS = ['inbox', 'timers', 'outbox', 'media'];

export async function watchFindings(store: PgStore, dataDir: string, now: number): Promise<Finding[]> {
  const vault = await openVault(join(dataDir, 'vault'));
  const found = (await lookAround({ store, vault, clock: { now: () => now } })).filter(({ about }) => !DOORS.includes(about));
  if (found.length === 0) return [ok('pemeriksaan', 'riwayat dan konten yang terakhir berubah cocok.')];
  return [wrong('pemeriksaan', `${watchWords(found).detail} ${found.map(({ rule, about }) => `${rule} ${about}`).join(', ')}`)];
}
