// Ports for servers that are started, ended and started again in tests: below those that the system gives to outgoing connections, of which
// one could take a port before its server listens; and of its own for every worker, so that two never choose the same.
import { portIsFree } from '../../db/embedded/port.ts';

/** Above those of the embedded PostgreSQL. */
const FIRST = 26_000;
const OF_EACH = 700;
const WORKERS = 9;

/** Vitest numbers the workers that run side by side from 1. Programs outside it share the place before theirs. */
const place = Number(process.env['VITEST_POOL_ID'] ?? WORKERS) % WORKERS;
/** Files follow one another in a worker, and what the last one started may still be ending. */
let next = (process.pid * 31) % OF_EACH;

export async function freePort(): Promise<number> {
  for (let i = 0; i < OF_EACH; i += 1) {
    const port = FIRST + place * OF_EACH + next;
    next = (next + 1) % OF_EACH;
    if (await portIsFree(port)) return port;
  }
  throw new Error('no free port');
}
