// One connection's view of the database during a transaction: runs statements, knows the office that is served, and what must be saved at the end.
import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Entry } from '../src/audit/chain.ts';
import type { CaseId, MediaId } from '../src/case/case.ts';
import type { Chat, Office } from '../src/office/office.ts';
import type { Chance } from '../src/ports/ambient.ts';
import type { Sop } from '../src/sop/sop.ts';
import type { Instant } from '../src/time.ts';
import type { Run } from './line.ts';

/** What one process remembers between transactions. Only what never changes, or carries its version. */
export interface Shared {
  chance: Chance;
  offices: Map<string, { version: number; office: Office }>;
  sops: Map<string, Sop>;
}

/** What a transaction made that somebody should be woken for, once it is committed. */
export interface Rings {
  chats: Map<string, Chat>;
  /** Those of them in which a tap is answered. */
  answered: Set<Chat>;
  media: Set<MediaId>;
  timers: { id: string; at: Instant }[];
}

export interface Session {
  run: Run;
  rings: Rings;
  shared: Shared;
  /** The office whose rows are visible now. */
  office: string | null;
  /** The chat whose post is being worked on. */
  chat: Chat | null;
  /** Generations of the cases that were locked here. */
  generations: Map<CaseId, number>;
  /** Entries for the end of each office's chain, appended last: the chain's end is locked as late as can be. */
  entries: Map<string, Omit<Entry, 'seq' | 'office'>[]>;
}

export function newSession(run: Run, shared: Shared): Session {
  return {
    run,
    shared,
    rings: { chats: new Map(), answered: new Set(), media: new Set(), timers: [] },
    office: null,
    chat: null,
    generations: new Map(),
    entries: new Map(),
  };
}

/** Makes one office's rows visible, and no other's. */
export async function enter(session: Session, office: string): Promise<void> {
  if (session.office === office) return;
  session.office = office;
  await session.run(sql`select set_config('alur.office', ${office}, true)`);
}

/** Runs a statement within an office, in one round trip. */
export async function within<Row extends object>(session: Session, office: string, query: SQL): Promise<Row[]> {
  const [, rows] = await Promise.all([enter(session, office), session.run<Row>(query)]);
  return rows;
}
