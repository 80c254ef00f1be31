// A lock by name that lasts as long as its connection: one poller per bot, whatever happens to the process that holds it.
import postgres from 'postgres';

export interface HeldLock {
  /** Aborted when the connection broke: somebody else may hold the lock now. */
  lost: AbortSignal;
  release(): Promise<void>;
}

const LOOK_EVERY_MS = 2_000;

/** `null` when another process holds it. Throws when the database cannot be reached. */
export async function holdLock(url: string, name: string): Promise<HeldLock | null> {
  const lost = new AbortController();
  let held = false;
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    fetch_types: false,
    connection: { application_name: 'alur lock' },
    onclose: () => {
      if (held) lost.abort();
    },
  });
  const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held`;
  if (!row?.held) {
    await sql.end({ timeout: 1 });
    return null;
  }
  held = true;
  // A connection that died without a word is noticed by asking.
  const look = setInterval(() => void sql`select 1`.catch(() => lost.abort()), LOOK_EVERY_MS);
  look.unref();
  return {
    lost: lost.signal,
    release: async () => {
      held = false;
      clearInterval(look);
      await sql.end({ timeout: 1 });
    },
  };
}
