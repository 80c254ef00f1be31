// Stands between a client and PostgreSQL, and cuts every connection at once when told so, as a server does that is killed.
import { connect, createServer, type Socket } from 'node:net';

export interface CutLine {
  /** The server's URL, by way of this. */
  url: string;
  /**
   * `reset`: with a RST, as for what was still to be read; `end`: with a FIN; `silence`: with nothing at all, as by a firewall or a machine
   * without power: what is sent is swallowed, on both ways. Returns how many were cut.
   */
  cut(how: 'reset' | 'end' | 'silence'): number;
  close(): Promise<void>;
}

export async function startCutLine(target: string): Promise<CutLine> {
  const to = new URL(target);
  const pairs = new Set<{ near: Socket; far: Socket }>();
  const silent = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    const pair = { near, far };
    pairs.add(pair);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        pairs.delete(pair);
        if (!silent.has(one)) other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    cut(how) {
      const now = [...pairs];
      for (const pair of now) {
        const { near, far } = pair;
        if (how === 'silence') {
          pairs.delete(pair);
          for (const one of [near, far]) {
            silent.add(one);
            one.unpipe();
            one.resume();
          }
          continue;
        }
        if (how === 'reset') near.resetAndDestroy();
        else near.destroy();
        far.destroy();
      }
      return now.length;
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      for (const one of silent) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
