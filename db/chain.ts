// The end of each office's hash chain. Whoever appends holds it until his commit, so it is the last thing a transaction does.
import { sql } from 'drizzle-orm';
import { type ChainHead, entryHash } from '../src/audit/chain.ts';
import { type Session, within } from './session.ts';
import { asStored, iso, json } from './values.ts';

/** Appends what the session has gathered. Offices in order, so that two transactions cannot wait for one another. */
export async function appendEntries(session: Session): Promise<void> {
  for (const [office, gathered] of [...session.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [head] = await within<{ seq: string; hash: string }>(
      session,
      office,
      sql`select seq, hash from chain_heads where office = ${office} for update`,
    );
    if (!head) throw new Error(`office ${office} has no chain: was it applied?`);
    let seq = Number(head.seq);
    let hash = head.hash;
    const rows = gathered.map((given) => {
      seq += 1;
      const entry = { ...asStored(given), office, seq };
      const prevHash = hash;
      hash = entryHash(prevHash, entry);
      return { ...entry, at: iso(entry.at), prevHash, hash };
    });
    await Promise.all([
      session.run(sql`
        insert into events (office, seq, "case", type, at, by, body, prev_hash, hash)
        select office, seq, "case", type, at, by, body, "prevHash", hash
        from jsonb_to_recordset(${json(rows)}) as e(office text, seq bigint, "case" uuid, type text, at timestamptz, by text, body jsonb, "prevHash" text, hash text)`),
      session.run(sql`update chain_heads set seq = ${seq}::bigint, hash = ${hash} where office = ${office}`),
    ]);
  }
  session.entries.clear();
}

/** What this transaction appends itself comes later, and is left for the next time. */
export async function takeChainHead(session: Session, office: string): Promise<ChainHead | null> {
  const [head] = await within<{ seq: string; hash: string }>(
    session,
    office,
    sql`update chain_heads set told_seq = seq where office = ${office} and seq > told_seq returning seq, hash`,
  );
  return head ? { seq: Number(head.seq), hash: head.hash } : null;
}
