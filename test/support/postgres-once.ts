// Once for all test files: a throw-away embedded PostgreSQL with a migrated template database, of which every test file gets its own copy.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';

export const TEMPLATE = 'alur_template';
export const SERVER_VARIABLE = 'ALUR_TEST_PG';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'alur-test-'));
  // As root the database runs as another user, who must be able to reach it.
  chmodSync(folder, 0o755);
  const embedded = await startEmbedded({ dataDir: folder, durable: false });
  const stop = async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
    if (embedded.movedBecauseRoot) rmSync(path.dirname(embedded.dataDir), { recursive: true, force: true });
  };
  try {
    const server = postgres(embedded.url, { max: 1, onnotice: () => {} });
    await server.unsafe(`create database ${TEMPLATE}`);
    await server.end();
    const url = new URL(embedded.url);
    url.pathname = `/${TEMPLATE}`;
    await migrate(url.href);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[SERVER_VARIABLE] = embedded.url;
  return stop;
}
