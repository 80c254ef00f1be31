// The contract of the queues on PostgreSQL: a server of its own, because it is cut off, restarted and wiped.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { startEmbedded } from '../../db/embedded.ts';
import { lineTo } from '../support/broken-line.ts';
import { queueContract } from './contract.ts';
import { type Bench, until } from './helpers.ts';

queueContract('PostgreSQL', async (): Promise<Bench> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'alur-queues-'));
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ dataDir: folder, durable: false });
  const url = new URL(server.url);
  const line = await lineTo(Number(url.port));
  const throughLine = new URL(server.url);
  throughLine.port = String(line.port);
  const ask = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(server.url, { max: 1, connect_timeout: 2, onnotice: () => {}, connection: { application_name: 'test' } });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  return {
    where: { databaseUrl: throughLine.href, redisUrl: null },
    line,
    wipe: () =>
      ask(async (sql) => {
        const tables = await sql<
          { name: string }[]
        >`select tablename as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`;
        await sql.unsafe(`truncate ${tables.map(({ name }) => `bullmq.${name}`).join(', ')}`);
      }),
    async restart() {
      const pid = Number(readFileSync(path.join(server.dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGINT');
      await until('PostgreSQL is back', () =>
        ask(async (sql) => {
          const [row] = await sql<{ fresh: boolean }[]>`select pg_postmaster_start_time() > now() - interval '1 minute' as fresh`;
          return (
            row?.fresh === true &&
            readFileSync(path.join(server.dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0] !== String(pid)
          );
        }).catch(() => false),
      );
    },
    async close() {
      await line.close();
      await server.stop();
      // The server's end is heard a moment after it; its log is read then.
      await pause(200);
      rmSync(folder, { recursive: true, force: true });
      if (server.movedBecauseRoot) rmSync(path.dirname(server.dataDir), { recursive: true, force: true });
    },
  };
});
