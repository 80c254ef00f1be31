// What waits, and how long: for making lost jobs again, and for health and metrics.
import { type SQL, sql } from 'drizzle-orm';
import type { ChannelName } from '../src/office/office.ts';
import type { Backlog } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import { isFree } from './delivery.ts';
import type { Run } from './line.ts';
import { readOfficeTimers } from './office-timers.ts';
import { dueTimers } from './timers.ts';
import { instantParam, json, ms } from './values.ts';

const SOON_MAX = 100;

/**
 * Chats of which something can be leased now, whatever waited longest first: the head of a chat, or an answer to a tap. A chat whose head is
 * leased or paused is left out, or as many of them as `limit` would hide everybody else's for as long as they wait.
 */
export function waitingChats(now: Instant, limit: number, channels: readonly ChannelName[]): SQL {
  const waiting = sql`from outbox where ended_at is null and ${json(channels)} ? channel`;
  const free = isFree(now);
  return sql`
    select channel || ':' || chat as chat from (
      select channel, chat, id from (
        select distinct on (channel, chat) channel, chat, id, not_before, leased_until, held_since
        ${waiting} and kind <> 'answer' order by channel, chat, id
      ) as heads where ${free}
      union all
      select channel, chat, id ${waiting} and kind = 'answer' and ${free}
    ) as found group by channel, found.chat order by min(id) limit ${limit}::int`;
}

export async function readBacklog(run: Run, now: Instant, limit: number, channels: readonly ChannelName[]): Promise<Backlog> {
  const [lanes, timers, chats, media, soon, ofOffices] = await Promise.all([
    run<{ lane: string }>(
      sql`select lane from inbox where ended_at is null group by lane order by bool_or(tap) desc, min(id) limit ${limit}::int`,
    ),
    dueTimers(run, now, limit),
    run<{ chat: string }>(waitingChats(now, limit, channels)),
    run<{ id: string }>(sql`select id from alur_pending_media(${limit}::int, ${json(channels)}) as m(id)`),
    run<{ id: string; at_ms: number }>(
      sql`select id, ${ms('at')} as at_ms from alur_next_timers(${instantParam(now)}, ${Math.min(limit, SOON_MAX)}::int)`,
    ),
    readOfficeTimers(run, limit),
  ]);
  return {
    lanes: lanes.map((row) => row.lane),
    timers,
    chats: chats.map((row) => row.chat),
    media: media.map((row) => row.id),
    soon: [...soon.map((row) => ({ id: row.id, at: row.at_ms })), ...ofOffices.filter(({ at }) => at > now)].sort((a, b) => a.at - b.at),
  };
}

/** How many, and since when the oldest: `null` when nothing waits. */
export interface Waiting {
  waiting: number;
  oldest: Instant | null;
}

export interface Stats {
  inbox: Waiting;
  /** Overdue ones. */
  timers: Waiting;
  outbox: Waiting;
  media: Waiting;
}

export async function readStats(run: Run, now: Instant): Promise<Stats> {
  const rows = await run<{ what: keyof Stats; waiting: number; oldest_ms: number | null }>(sql`
    select what, waiting::float8 as waiting, ${ms('oldest')} as oldest_ms from (
      select 'inbox' as what, count(*) as waiting, min(received_at) as oldest from inbox where ended_at is null
      union all
      select 'outbox', count(*), min(created_at) from outbox where ended_at is null
      union all
      select what, waiting, oldest from alur_waiting(${instantParam(now)})
    ) as counted`);
  const of = (what: keyof Stats): Waiting => {
    const row = rows.find((one) => one.what === what);
    return { waiting: row?.waiting ?? 0, oldest: row?.oldest_ms ?? null };
  };
  return { inbox: of('inbox'), timers: of('timers'), outbox: of('outbox'), media: of('media') };
}
