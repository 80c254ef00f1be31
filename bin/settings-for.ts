// The settings a command needs, or the list of what is wrong with them.
import type { Io } from './io.ts';
import { type Environment, readSettings, type Settings } from './settings.ts';

/** `null` when something is wrong; the list has been printed then. */
export function settingsFor(context: Io & { env: Environment }): Settings | null {
  const read = readSettings(context.env);
  if (read.ok) return read.settings;
  context.err(`Pengaturan belum benar:\n${read.faults.map((fault) => `- ${fault}`).join('\n')}\n`);
  return null;
}
