// The end of each office's history, for a look at what has changed lately.
import { sql } from 'drizzle-orm';
import type { ChainedEntry, ChainHead } from '../src/audit/chain.ts';
import { COLUMNS, type EntryRow, entryOf } from './history.ts';
import { type Session, within } from './session.ts';

export interface HistoryEnd {
  office: string;
  /** What the database remembers of the chain's end. */
  head: ChainHead;
  /** The last entries, in order. */
  entries: ChainedEntry[];
}

/** At most `limit` entries of each office; by its key, however long the history is. The session's transaction must see only one moment. */
export async function historyEnds(session: Session, limit: number): Promise<HistoryEnd[]> {
  const offices = await session.run<{ office: string }>(sql`select office from alur_offices()`);
  const ends: HistoryEnd[] = [];
  for (const { office } of offices) {
    const [head] = await within<{ seq: string; hash: string }>(
      session,
      office,
      sql`select seq, hash from chain_heads where office = ${office}`,
    );
    if (!head) continue;
    const rows = await session.run<EntryRow>(
      sql`select ${COLUMNS} from events where office = ${office} order by seq desc limit ${limit}::int`,
    );
    ends.push({ office, head: { seq: Number(head.seq), hash: head.hash }, entries: rows.reverse().map(entryOf) });
  }
  return ends;
}
