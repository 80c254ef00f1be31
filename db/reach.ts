// Whether a database answers at all: asked before anything is opened or changed.
import postgres from 'postgres';

const CONNECT_SECONDS = 5;

/** PostgreSQL's major version. Rejects with the driver's error when the URL leads nowhere. */
export async function serverVersion(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, connect_timeout: CONNECT_SECONDS, onnotice: () => {} });
  try {
    const [row] = await sql<{ major: number }[]>`select current_setting('server_version_num')::int / 10000 as major`;
    return row?.major ?? 0;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
