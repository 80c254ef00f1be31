// What the Telegram tests hold in their hands: a clock to turn, an inbox in memory, a log that keeps everything, a server that answers as told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../bots/telegram/log.ts';
import type { Arrival } from '../../src/ports/store.ts';
import type { Instant } from '../../src/time.ts';

/** The secret part must show up nowhere; it is of the real form. */
export const TOKEN = '777:AAHcanary-Secret_0123456789abcdefgh';

export class TestClock {
  private at: Instant = 1_795_000_000_000;
  now(): Instant {
    return this.at;
  }
  pass(ms: number): void {
    this.at += ms;
  }
}

export class MemoryInbox {
  readonly rows = new Map<string, Arrival>();
  /** Calls of `receive` that fail before one succeeds. */
  failures = 0;
  calls = 0;

  async receive(arrivals: Arrival[]): Promise<boolean[]> {
    this.calls += 1;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error(`disk full ${TOKEN}`);
    }
    return arrivals.map((arrival) => {
      const key = `${arrival.account}/${arrival.externalId}`;
      const fresh = !this.rows.has(key);
      if (fresh) this.rows.set(key, arrival);
      return fresh;
    });
  }

  texts(): unknown[] {
    return [...this.rows.values()].map((row) => (row.body as { message?: { text?: string } }).message?.text);
  }
}

export class KeptLog implements Log {
  readonly lines: { level: string; fields: object; text: string }[] = [];
  info(fields: object, text: string): void {
    this.lines.push({ level: 'info', fields, text });
  }
  warn(fields: object, text: string): void {
    this.lines.push({ level: 'warn', fields, text });
  }
  error(fields: object, text: string): void {
    this.lines.push({ level: 'error', fields, text });
  }
}

export interface Stub {
  root: string;
  paths: string[];
  bodies: Buffer[];
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
  close(): Promise<void>;
}

/** A server on loopback that reads the request and then does what the test says. */
export async function startStub(answer: Stub['answer']): Promise<Stub> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      stub.paths.push(request.url ?? '');
      const body = Buffer.concat(chunks);
      stub.bodies.push(body);
      stub.answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const stub: Stub = {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: [],
    bodies: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}

/** Until it holds; the test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
