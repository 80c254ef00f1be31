// Settings that are written well and lead nowhere: asked at the start all at once, so that one list tells everything that has to be repaired.
import { serverVersion } from '../db/reach.ts';
import { listen } from '../web/server.ts';
import { diskFindings, redisFindings } from './doctor/surroundings.ts';
import type { Environment, Settings } from './settings.ts';
import { unplanned } from './unplanned.ts';

const POSTGRES_MIN = 15;

/** `NAME: what is wrong and the repair`, one for each. Whether Telegram answers is none of them: for that the service waits. */
export async function settingsInVain(settings: Settings, env: Environment, listens: boolean): Promise<string[]> {
  const [database, address, redis, disk] = await Promise.all([
    databaseFault(settings.database, env),
    listens ? addressFault(settings.http) : [],
    redisFindings(settings.queues),
    diskFindings(settings.dataDir),
  ]);
  const wrong = (name: string, findings: typeof redis) =>
    findings.filter(({ state, detail }) => state === 'wrong' && detail.includes(name)).map(({ detail }) => `${name}: ${detail}`);
  return [...database, ...address, ...wrong('REDIS_URL', redis), ...wrong('DATA_DIR', disk)];
}

/** Somebody else may listen there already: asked by listening for a moment. */
async function addressFault({ host, port }: Settings['http']): Promise<string[]> {
  const listening = await listen({ fetch: () => new Response(null, { status: 503 }) }, host, port);
  if (listening.listening === 'no') return [listening.why];
  await listening.close();
  return [];
}

async function databaseFault(database: Settings['database'], env: Environment): Promise<string[]> {
  if (database.kind === 'embedded') return [];
  try {
    const version = await serverVersion(database.url);
    return version < POSTGRES_MIN ? [`DATABASE_URL: PostgreSQL ${version} terlalu lama; perlu ${POSTGRES_MIN} atau lebih baru.`] : [];
  } catch (error) {
    return [`DATABASE_URL: ${unplanned(error, env)}`];
  }
}
