// A lock by name that lasts as long as its connection: one poller per bot, whatever happens to the process that holds it.
import { sql } from 'drizzle-orm';
import { ConnectionLost, openLine } from './line.ts';

export interface HeldLock {
  /** Aborted when the connection broke: somebody else may hold the lock now. Nothing is left of it then. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** A process that was paused says nothing, and its connection stays: after so long the server ends it, and the lock is free. */
const SILENT_MAX_MS = 30_000;
/** So often within that time it says something. */
const LOOKS = 15;
/** Of which so many may stay without an answer: whoever holds it knows that it is lost before the server gives it to another. */
const UNANSWERED_MAX = LOOKS - 2;

/** `null` when another process holds it. Throws when the database cannot be reached. `silentMaxMs`: how long a holder may say nothing. */
export async function holdLock(url: string, name: string, silentMaxMs = SILENT_MAX_MS): Promise<HeldLock | null> {
  const lost = new AbortController();
  let look: NodeJS.Timeout | undefined;
  let held = false;
  const line = openLine(url, {
    // Not taken up again: a session that nobody knows of would be left at the server for as long as this process lives.
    onLost: () => {
      clearInterval(look);
      if (held) lost.abort();
    },
    connection: { application_name: 'alur lock', idle_session_timeout: silentMaxMs },
  });
  try {
    const [row] = await line.run<{ held: boolean }>(sql`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held`);
    const gone = line.lost();
    if (gone) throw gone;
    held = row?.held === true;
  } finally {
    if (!held) await line.end();
  }
  if (!held) return null;
  // A connection that died without a word is noticed by asking.
  let unanswered = 0;
  look = setInterval(() => {
    unanswered += 1;
    if (unanswered > UNANSWERED_MAX) line.drop(new ConnectionLost('PostgreSQL says nothing any more'));
    else
      line.run(sql`select 1`).then(
        () => {
          unanswered = 0;
        },
        (why: Error) => line.drop(why),
      );
  }, silentMaxMs / LOOKS);
  look.unref();
  return {
    lost: lost.signal,
    release: async () => {
      held = false;
      clearInterval(look);
      await line.end();
    },
  };
}
