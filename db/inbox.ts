// The first door: what was heard, once, in order of each lane.
import { sql } from 'drizzle-orm';
import type { Chat } from '../src/office/office.ts';
import type { Arrival, ClaimedPost, Post, PostEnding } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';
import { instantParam, isSerial, json, ms } from './values.ts';

interface PostRow {
  id: string;
  channel: Chat['channel'];
  account: string;
  external_id: string;
  lane: string;
  tap: boolean;
  body: unknown;
  received_ms: number;
  attempts: number;
}

const COLUMNS = sql`id, channel, account, external_id, lane, tap, body, ${ms('received_at')} as received_ms, attempts`;

function postOf(row: PostRow): Post {
  const { id, channel, account, external_id, lane, tap, body, received_ms, attempts } = row;
  return { id, channel, account, externalId: external_id, lane, tap, body, receivedAt: received_ms, attempts };
}

export async function receive(run: Run, arrivals: Arrival[], at: Instant): Promise<boolean[]> {
  if (arrivals.length === 0) return [];
  const sent = arrivals.map((arrival, n) => ({ n, ...arrival }));
  const fresh = await run<{ channel: string; account: string; external_id: string }>(sql`
    insert into inbox (channel, account, external_id, lane, tap, body, received_at)
    select channel, account, "externalId", lane, tap, coalesce(body, 'null'::jsonb), ${instantParam(at)}
    from jsonb_to_recordset(${json(sent)}) as a(n int, channel text, account text, "externalId" text, lane text, tap boolean, body jsonb)
    order by n
    on conflict (channel, account, external_id) do nothing
    returning channel, account, external_id`);
  const name = (channel: string, account: string, id: string) => JSON.stringify([channel, account, id]);
  const taken = new Set(fresh.map((row) => name(row.channel, row.account, row.external_id)));
  // The same arrival twice in one batch is new only the first time.
  return arrivals.map((arrival) => taken.delete(name(arrival.channel, arrival.account, arrival.externalId)));
}

export async function claimPost(run: Run, lane: string): Promise<ClaimedPost | null> {
  const [row] = await run<PostRow & { more: boolean }>(sql`
    update inbox set attempts = attempts + 1
    where id = (select id from inbox where lane = ${lane} and ended_at is null order by id limit 1 for update)
    returning ${COLUMNS}, exists (select from inbox o where o.lane = ${lane} and o.ended_at is null and o.id > inbox.id) as more`);
  return row ? { ...postOf(row), more: row.more } : null;
}

export async function claimFresh(run: Run, lane: string): Promise<ClaimedPost | { begun: number } | null> {
  const [row] = await run<{ begun: number } & ((PostRow & { more: boolean }) | { id: null })>(sql`
    with head as (
      select id as head, attempts as begun from inbox where lane = ${lane} and ended_at is null order by id limit 1 for update
    ), claimed as (
      update inbox set attempts = attempts + 1 from head where id = head and begun = 0
      returning ${COLUMNS}, exists (select from inbox o where o.lane = ${lane} and o.ended_at is null and o.id > inbox.id) as more
    )
    select begun, claimed.* from head left join claimed on true`);
  if (!row) return null;
  return row.id === null ? { begun: row.begun } : { ...postOf(row), more: row.more };
}

/** Takes one attempt back, whoever has claimed it meanwhile: each claim counted one, and each takes back its own. */
export async function forgivePost(run: Run, post: Post): Promise<void> {
  await run(sql`update inbox set attempts = attempts - 1 where id = ${post.id}::bigint and attempts > 0 and ended_at is null`);
}

export async function lockPost(run: Run, id: string): Promise<Post | null> {
  if (!isSerial(id)) return null;
  const [row] = await run<PostRow>(sql`select ${COLUMNS} from inbox where id = ${id}::bigint and ended_at is null for update`);
  return row ? postOf(row) : null;
}

export async function endPost(run: Run, id: string, ending: PostEnding, at: Instant): Promise<void> {
  await run(sql`update inbox set ended_at = ${instantParam(at)}, ending = ${ending} where id = ${id}::bigint and ended_at is null`);
}

export async function lastDead(run: Run): Promise<Instant | null> {
  const [row] = await run<{ at_ms: number | null }>(sql`select ${ms('max(ended_at)')} as at_ms from inbox where ending = 'dead'`);
  return row?.at_ms ?? null;
}

/** A row that was set aside. What was written in it is not shown: whoever looks needs to know of whom it is, and when. */
export interface SetAside {
  id: string;
  channel: Chat['channel'];
  account: string;
  lane: string;
  receivedAt: Instant;
  setAsideAt: Instant;
}

export async function listDead(run: Run): Promise<SetAside[]> {
  const rows = await run<{
    id: string;
    channel: Chat['channel'];
    account: string;
    lane: string;
    received_ms: number;
    ended_ms: number;
  }>(sql`
    select id, channel, account, lane, ${ms('received_at')} as received_ms, ${ms('ended_at')} as ended_ms from inbox where ending = 'dead' order by inbox.id`);
  return rows.map(({ id, channel, account, lane, received_ms, ended_ms }) => ({
    id,
    channel,
    account,
    lane,
    receivedAt: received_ms,
    setAsideAt: ended_ms,
  }));
}

/** As if it had just come, at its old place in its lane; `false` when no such row is set aside. */
export async function retryDead(run: Run, id: string): Promise<boolean> {
  if (!isSerial(id)) return false;
  const rows = await run(sql`
    update inbox set ended_at = null, ending = null, attempts = 0 where id = ${id}::bigint and ending = 'dead' returning id`);
  return rows.length > 0;
}

/** Nobody needs it any more; `false` as above. */
export async function dropDead(run: Run, id: string): Promise<boolean> {
  if (!isSerial(id)) return false;
  const rows = await run(sql`update inbox set ending = 'ignored' where id = ${id}::bigint and ending = 'dead' returning id`);
  return rows.length > 0;
}
