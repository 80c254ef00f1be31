// A door before a server: whoever goes through it can be shut out for a while, as by a network that is away.
import { connect, createServer, type Socket } from 'node:net';

export interface TcpDoor {
  port: number;
  /** Shut: everybody who is inside is thrown out, and nobody comes in. */
  shut(closed: boolean): void;
  close(): Promise<void>;
}

export async function openTcpDoor(to: { host: string; port: number }): Promise<TcpDoor> {
  const inside = new Set<Socket>();
  let closed = false;
  const server = createServer((socket) => {
    if (closed) {
      socket.destroy();
      return;
    }
    const onward = connect(to.port, to.host);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      inside.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        inside.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const throwOut = () => {
    for (const socket of inside) socket.destroy();
  };
  return {
    port: address.port,
    shut(now) {
      closed = now;
      if (now) throwOut();
    },
    async close() {
      throwOut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
