// The least that remembering costs: one row, one commit, on the same server with the same settings.
import { asOwner } from '../server.ts';

/** Committed rows per second over so many connections, each waiting for its own commit. */
export async function insertsPerSecond(url: string, connections: number, seconds: number): Promise<number> {
  const sql = asOwner(url, connections);
  const body = { text: 'x'.repeat(400) };
  try {
    await sql.unsafe('create table if not exists floor (id bigserial primary key, body jsonb not null)');
    await Promise.all(Array.from({ length: connections }, () => sql`insert into floor (body) values (${sql.json(body)})`));
    const startedAt = performance.now();
    const until = startedAt + seconds * 1_000;
    let rows = 0;
    const connection = async (): Promise<void> => {
      while (performance.now() < until) {
        await sql`insert into floor (body) values (${sql.json(body)})`;
        rows += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, connection));
    return rows / ((performance.now() - startedAt) / 1_000);
  } finally {
    await sql.end();
  }
}
