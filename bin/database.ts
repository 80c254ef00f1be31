// Opens what is remembered for one command: the database that the environment names, or the embedded one, shared with a service that
// runs. Whoever leaves last stops what was started.
import { type Embedded, embeddedExists, startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { openStore, type PgStore } from '../db/store.ts';
import { realChance } from './service/ambient.ts';
import type { Settings } from './settings.ts';

type Place = Pick<Settings, 'database' | 'dataDir'>;

/** A command does one thing after the other; the service needs the rest. */
const CONNECTIONS = 2;

/** Starts the embedded database when nobody has. Throws `Unusable` with the repair, or the driver's error. */
export async function withStore<T>(settings: Place, work: (store: PgStore) => Promise<T>): Promise<T> {
  return withDatabase(settings, (url) => withUrl(url, work));
}

/** The database as it is, in whatever shape; like `withStore` otherwise. */
export async function withDatabase<T>(settings: Place, work: (url: string) => Promise<T>): Promise<T> {
  if (settings.database.kind === 'url') return work(settings.database.url);
  const embedded: Embedded = await startEmbedded({ dataDir: settings.dataDir });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** `null` when no embedded database was ever made, or the one there is cannot be used: looking makes none. */
export async function withStoreIfAny<T>(settings: Place, work: (store: PgStore) => Promise<T>): Promise<T | null> {
  if (settings.database.kind === 'embedded' && !embeddedExists(settings.dataDir)) return null;
  try {
    return await withStore(settings, work);
  } catch {
    return null;
  }
}

async function withUrl<T>(url: string, work: (store: PgStore) => Promise<T>): Promise<T> {
  await migrate(url);
  const store = await openStore({ url, chance: realChance, max: CONNECTIONS });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The office's time: with the simulator its clock may have been moved on. */
export async function officeNow(store: PgStore, settings: Settings, now: number): Promise<number> {
  return settings.telegram.mode === 'simulator' ? now + (await store.clockOffset()) : now;
}
