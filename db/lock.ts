// A lock by name that lasts as long as its connection: one poller per bot, whatever happens to the process that holds it.
import postgres from 'postgres';

export interface HeldLock {
  /** Aborted when the connection broke: somebody else may hold the lock now. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** A process that was paused says nothing, and its connection stays: after so long the server ends it, and the lock is free. */
const SILENT_MAX_MS = 30_000;
/** So often within that time it says something. */
const LOOKS = 15;

/** `null` when another process holds it. Throws when the database cannot be reached. `silentMaxMs`: how long a holder may say nothing. */
export async function holdLock(url: string, name: string, silentMaxMs = SILENT_MAX_MS): Promise<HeldLock | null> {
  const lost = new AbortController();
  let held = false;
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    fetch_types: false,
    connection: { application_name: 'alur lock', idle_session_timeout: silentMaxMs },
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
  const look = setInterval(() => void sql`select 1`.catch(() => lost.abort()), silentMaxMs / LOOKS);
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
