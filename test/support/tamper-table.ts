// Writes a history into the real table, past every guard, as a superuser can.
import type { Sql } from 'postgres';
import type { ChainedEntry, ChainHead } from '../../src/audit/chain.ts';

const PART = 5_000;

/** The guards that hold only those who do not own the server. */
export async function disarm(sql: Sql): Promise<void> {
  await sql.unsafe('alter table events drop constraint events_office_seq_pk, drop constraint events_no_fork');
  // Without the key every page would be a walk through the whole table.
  await sql.unsafe('create index on events (office, seq)');
  await sql.unsafe('set session_replication_role = replica');
}

/** In place of whatever stands there of any office. The heads are what the database itself remembers. */
export async function writeHistory(sql: Sql, entries: readonly ChainedEntry[], heads: Record<string, ChainHead>): Promise<void> {
  await sql.unsafe('delete from events');
  for (let from = 0; from < entries.length; from += PART) await appendHistory(sql, entries.slice(from, from + PART));
  for (const [office, { seq, hash }] of Object.entries(heads))
    await sql`update chain_heads set seq = ${seq}, hash = ${hash} where office = ${office}`;
}

export async function appendHistory(sql: Sql, entries: readonly ChainedEntry[]): Promise<void> {
  const rows = entries.map(({ prevHash, at, ...entry }) => ({ ...entry, at: new Date(at).toISOString(), prev_hash: prevHash }));
  await sql`insert into events select * from json_populate_recordset(null::events, ${JSON.stringify(rows)}::text::json)`;
}
