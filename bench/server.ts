// A throw-away embedded PostgreSQL with the durable settings of a real start, and a fresh migrated database on it for each benchmark.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';

export interface Scratch {
  folder: string;
  remove(): void;
}

export function scratch(): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), 'alur-bench-'));
  // As root the database runs as another user, who must be able to reach it.
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Server {
  folder: string;
  /** A new, empty database. */
  empty(name: string): Promise<string>;
  /** A new database with Alur's tables. */
  migrated(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const { folder, remove } = scratch();
  const embedded = await startEmbedded({ dataDir: folder });
  const empty = async (name: string): Promise<string> => {
    const sql = asOwner(embedded.url);
    await sql.unsafe(`create database ${name}`);
    await sql.end();
    const url = new URL(embedded.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    folder,
    empty,
    migrated: async (name) => {
      const url = await empty(name);
      await migrate(url);
      return url;
    },
    stop: async () => {
      await embedded.stop();
      remove();
      if (embedded.movedBecauseRoot) rmSync(path.dirname(embedded.dataDir), { recursive: true, force: true });
    },
  };
}

/** A connection past every policy, for preparing and for looking. */
export function asOwner(url: string, max = 1): postgres.Sql {
  return postgres(url, { max, onnotice: () => {}, fetch_types: false });
}
