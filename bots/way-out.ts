// The one way out of the process over HTTP. Whoever asks has named beforehand whom he may ask: any other host is refused before a byte
// leaves, and a redirect is an answer like any other, never followed.
import type { IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';

export type Ask = (address: URL, init?: Omit<RequestInit, 'redirect'>) => Promise<Response>;

/** Addresses may be secret: it names none. */
class NotAllowed extends Error {
  constructor() {
    super('a host that this way out does not lead to');
  }
}

/** `places`: addresses whose scheme, host and port may be asked, whatever their path. Rejects as `fetch` does. */
export function wayOut(places: readonly string[]): Ask {
  const origins = places.map((place) => new URL(place)).flatMap(({ protocol, origin }) => (/^https?:$/.test(protocol) ? [origin] : []));
  return async (address, init) => {
    if (!origins.includes(address.origin)) throw new NotAllowed();
    return fetch(address, { ...init, redirect: 'manual' });
  };
}

export interface Get {
  /** `name` or `name:port`. */
  host: string;
  path: string;
  headers: Record<string, string>;
  /** Until it begins to answer. */
  timeoutMs: number;
  /** A certificate authority of one's own. */
  agent?: Agent | undefined;
}

/** For hosts that are known only when they are named: `allowed` says which may be. `null`: not allowed, or not to be reached. */
export function httpsOut(allowed: (host: string) => boolean): (get: Get) => Promise<IncomingMessage | null> {
  return async ({ host, path, headers, timeoutMs, agent }) => {
    if (!allowed(host)) return null;
    const [hostname, port = '443'] = host.split(':');
    return new Promise((resolve) => {
      const asked = request({ hostname, port: Number(port), path, headers, timeout: timeoutMs, ...(agent ? { agent } : {}) }, resolve);
      asked.on('timeout', () => asked.destroy());
      // The answer's own errors come to whoever reads it.
      asked.on('error', () => resolve(null));
      asked.end();
    });
  };
}
