// A port that stays ours: below those that systems give to outgoing connections, any of which could take it while the server is down.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Linux gives out 32768 and up, others 49152 and up (RFC 6335, section 6). */
const FIRST = 20_000;
const LAST = 25_999;
const TRIES = 100;

/** `false` also for 0, which is none yet, and for those that earlier versions took. */
export function isOurs(port: number): boolean {
  return port >= FIRST && port <= LAST;
}

export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (await portIsFree(port)) return port;
  }
  throw new Error(`no free port between ${FIRST} and ${LAST}`);
}

export async function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
