// Bells between processes that share nothing but the database. A bell that nobody hears is only a delay: the rows say what is to be done.
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { ChannelName, Chat } from '../src/office/office.ts';
import type { Run } from './line.ts';
import { APP_ROLE } from './roles.ts';

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
  close(): Promise<void>;
}

const END_S = 1;

export function bells(run: Run, url: string): Bells {
  // The driver gives listening a connection of its own, and listens again after that was lost.
  const ears = postgres(url, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connect_timeout: 10,
    connection: { role: APP_ROLE, application_name: 'alur' },
  });
  const listen = async (bell: string, hear: (carried: string) => void): Promise<() => Promise<void>> => {
    const { unlisten } = await ears.listen(bell, hear);
    return () => unlisten();
  };
  return {
    ringDue: async (channel, what) => {
      await run(sql`select pg_notify(${due(channel)}, ${JSON.stringify(what)})`);
    },
    onHeard: (hear) => listen(HEARD, hear),
    onDue: (channel, hear) => listen(due(channel), (carried) => hear(JSON.parse(carried) as Due)),
    close: () => ears.end({ timeout: END_S }),
  };
}
