// What every process of the service opens first, and how it says that it cannot go on.
import { startEmbedded } from '../../db/embedded.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { Closing } from './closing.ts';

/** A start that cannot go on, with the reason for a person. */
export class Halt extends Error {}

/** `NAME: what is wrong with that setting, and its repair`: what only the start itself could find out. */
export class WrongSetting extends Halt {}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export async function openDatabase(settings: Settings, close: Closing, log: Logger): Promise<{ url: string; brought: string }> {
  if (settings.database.kind === 'url') return { url: settings.database.url, brought: '' };
  const embedded = await startEmbedded({ dataDir: settings.dataDir, log: (line) => log.debug({ line }, 'postgres') });
  close.add('embedded PostgreSQL', () => embedded.stop(), 6_000);
  const where = embedded.movedBecauseRoot ? ` (dijalankan sebagai root: database di ${embedded.dataDir})` : ` di ${embedded.dataDir}`;
  return { url: embedded.url, brought: `PostgreSQL${where}${embedded.reused ? ', sudah berjalan' : ''}` };
}

/** The second of the three lines for a person. */
export function configuredLine({ configured }: Settings): string {
  return `configured: ${configured.length > 0 ? configured.join(', ') : 'tidak ada; semua memakai nilai bawaan'}`;
}
