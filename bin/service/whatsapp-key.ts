// The key that the WhatsApp keys in the database are sealed with. It lies outside the database: in the environment, or in a file of its own
// in the data folder that only its owner can read.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEAL_KEY_BYTES } from '../../bots/whatsapp/seal.ts';
import { keyOf, type Settings } from '../settings.ts';

export type ReadKey = { ok: true; key: Buffer } | { ok: false; reason: string };

const FILE = 'whatsapp.key';

/** Makes the file when there is none yet and the environment holds no key. */
export function whatsAppKey({ whatsapp, dataDir }: Pick<Settings, 'whatsapp' | 'dataDir'>): ReadKey {
  if (whatsapp.key !== null) return { ok: true, key: whatsapp.key };
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, FILE);
  if (!existsSync(path)) make(path);
  chmodSync(path, 0o600);
  const key = keyOf(readFileSync(path, 'utf8').trim());
  return key === null ? { ok: false, reason: `${path} rusak: isinya bukan kunci 32 byte. Kembalikan dari cadangan.` } : { ok: true, key };
}

/** Whole or not at all, and never over one that another process has just made. */
function make(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(SEAL_KEY_BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
