// Bells between processes that share nothing but the database. A bell that nobody hears is only a delay: the rows say what is to be done.
import { sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { ChannelName, Chat } from '../src/office/office.ts';
import type { Run } from './session.ts';

/** A lane has post; carries the lane. */
export const HEARD = 'alur_heard';
/** A channel that runs in a process of its own has something to do; carries a `Due` as JSON. */
const due = (channel: ChannelName): string => `alur_due_${channel}`;

/** What is to be done by whoever holds the channel. */
export type Due = { chat: Chat } | { media: string };

export interface Bells {
  /** Rings for the process that holds the channel. */
  ringDue(channel: ChannelName, what: Due): Promise<void>;
  /** Calls `hear` for every lane that another process found post for, until it is ended. */
  onHeard(hear: (lane: string) => void): Promise<() => Promise<void>>;
  onDue(channel: ChannelName, hear: (what: Due) => void): Promise<() => Promise<void>>;
}

export function bells(run: Run, pool: Sql): Bells {
  const listen = async (bell: string, hear: (carried: string) => void): Promise<() => Promise<void>> => {
    const { unlisten } = await pool.listen(bell, hear);
    return () => unlisten();
  };
  return {
    ringDue: async (channel, what) => {
      await run(sql`select pg_notify(${due(channel)}, ${JSON.stringify(what)})`);
    },
    onHeard: (hear) => listen(HEARD, hear),
    onDue: (channel, hear) => listen(due(channel), (carried) => hear(JSON.parse(carried) as Due)),
  };
}
