// Connections for whoever asks, first come, first served. A statement alone may travel behind another's on the same connection; a transaction
// has one to itself.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type Line, openLine, type Run } from './line.ts';

export interface PoolOptions {
  url: string;
  /** Connections. */
  max: number;
  /** As a line's. */
  silentMaxMs?: number;
}

export interface Pool {
  readonly run: Run;
  /** A connection that nobody else uses until the work is done. It has to leave no transaction behind. */
  alone<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** One commit, or nothing: neither when the work fails nor when any of its statements did, even if the work thinks nothing of it. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** Nothing more is begun; what has begun gets so many seconds. */
  end(patienceS: number): Promise<void>;
}

interface Place {
  line: Line;
  held: boolean;
}
interface Wanting {
  alone: boolean;
  take(place: Place): void;
  refuse(why: Error): void;
}

class PoolEnded extends Error {
  readonly code = 'CONNECTION_ENDED';
}

const IN_FAILED_TRANSACTION = '25P02';
const LOOK_MS = 20;

export function openPool({ url, max, silentMaxMs }: PoolOptions): Pool {
  const places = new Set<Place>();
  const wanting: Wanting[] = [];
  let ended: Error | null = null;

  const open = (): Place => {
    const place: Place = {
      held: false,
      line: openLine(url, {
        ...(silentMaxMs === undefined ? {} : { silentMaxMs }),
        onIdle: serve,
        onLost: () => {
          places.delete(place);
          serve();
        },
      }),
    };
    places.add(place);
    return place;
  };

  const find = (alone: boolean): Place | null => {
    const free = [...places].filter(({ held }) => !held);
    const idle = free.find(({ line }) => line.busy() === 0);
    if (idle) return idle;
    if (places.size < max) return open();
    return alone ? null : (free.sort((a, b) => a.line.busy() - b.line.busy())[0] ?? null);
  };

  // In the order of asking: who wants a connection to himself would wait for ever behind those who share.
  function serve(): void {
    for (let first = wanting[0]; first; first = wanting[0]) {
      const place = find(first.alone);
      if (!place) return;
      wanting.shift();
      place.held = first.alone;
      first.take(place);
    }
  }

  const ask = (alone: boolean, take: (place: Place) => void, refuse: (why: Error) => void): void => {
    if (ended) {
      refuse(ended);
      return;
    }
    wanting.push({ alone, take, refuse });
    serve();
  };

  const run: Run = (query) => new Promise((resolve, reject) => ask(false, ({ line }) => resolve(line.run(query)), reject));

  const held = async <T>(work: (line: Line) => Promise<T>): Promise<T> => {
    const place = await new Promise<Place>((resolve, reject) => ask(true, resolve, reject));
    try {
      return await work(place.line);
    } finally {
      place.held = false;
      serve();
    }
  };

  return {
    run,
    alone: (work) => held((line) => work(line.run)),
    transaction: (work) => held((line) => inTransaction(line, work)),
    end: async (patienceS) => {
      ended = new PoolEnded('the pool is closed');
      for (const { refuse } of wanting.splice(0)) refuse(ended);
      const until = Date.now() + patienceS * 1_000;
      while ([...places].some((place) => place.held || place.line.busy() > 0) && Date.now() < until) await pause(LOOK_MS);
      await Promise.all([...places].map(({ line }) => line.end()));
    },
  };
}

async function inTransaction<T>(line: Line, work: (run: Run) => Promise<T>): Promise<T> {
  await line.run(sql`begin`);
  const failures: unknown[] = [];
  let over = false;
  const inside: Run = async <Row extends object>(query: Parameters<Run>[0]) => {
    // The connection may be another's by now.
    if (over) throw new Error('the transaction is over');
    try {
      return await line.run<Row>(query);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  try {
    const done = await work(inside);
    if (failures.length > 0) throw failures[0];
    over = true;
    await line.run(sql`commit`);
    return done;
  } catch (error) {
    over = true;
    const lost = line.lost();
    if (lost) throw lost;
    await line.run(sql`rollback`).catch((why: Error) => line.drop(why));
    throw failures.length > 0 && codeOf(error) === IN_FAILED_TRANSACTION ? failures[0] : error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
