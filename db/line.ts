// One connection to PostgreSQL, for as long as it holds. Once it is lost it is lost: what waits is refused, and so is whatever is asked later.
//
// The driver uses a connection's object again after it was closed, with what was left of the old one: a statement of a transaction is then
// written to a socket that is null, which is thrown where nobody can catch it, or its answer is waited for for ever and takes the answer of
// the next. So each of its clients has one connection here, runs plain statements only, and is thrown away with its connection.
import { Socket } from 'node:net';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { APP_ROLE } from './roles.ts';
import { isClosing } from './transient.ts';

const dialect = new PgDialect();
const END_S = 1;
/** Longer than any statement may take: without a word for so long, nobody is there any more, though nothing has said so. */
const SILENT_MAX_MS = 75_000;

/** Runs a statement. Statements that are started without waiting for one another travel together and run in order. */
export type Run = <Row extends object>(query: SQL) => Promise<Row[]>;

export function runner(client: Pick<postgres.Sql, 'unsafe'>): Run {
  return <Row extends object>(query: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(query);
    const given = params as postgres.ParameterOrJSON<never>[];
    // Prepared once per connection: planning costs more than most of these statements.
    return client.unsafe<Row[]>(text, given, { prepare: true }).then((rows) => [...rows] as Row[]);
  };
}

export interface Line {
  readonly run: Run;
  /** Statements that wait for their answer. */
  busy(): number;
  /** Why it is lost; `null` while it holds. */
  lost(): Error | null;
  /** Gives the connection up, for this reason: what waits is refused with it. */
  drop(why: Error): void;
  /** Waits for the answers that are on their way, for a moment. */
  end(): Promise<void>;
}

/** What the driver gives to whoever makes its sockets. */
interface SocketOptions {
  host: string[];
  port: number[];
  path: string | false;
}

export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_CLOSED';
}

export interface LineOptions {
  /** Called whenever it has no statement any more. */
  onIdle?(): void;
  /** Called once. */
  onLost(): void;
  /** Settings of the session, on top of the usual ones. */
  connection?: Record<string, string | number>;
  /** It is given up when statements have waited so long without any answer to one of them. */
  silentMaxMs?: number;
}

/** Connects with its first statement. */
export function openLine(url: string, { onIdle, onLost, connection, silentMaxMs = SILENT_MAX_MS }: LineOptions): Line {
  const waiting = new Set<(why: Error) => void>();
  let lost: Error | null = null;
  let socket: Socket | null = null;
  let tries = 0;
  let silence: NodeJS.Timeout | undefined;

  /** Counts the silence anew, as long as anything is waited for. */
  const heard = (): void => {
    clearTimeout(silence);
    if (waiting.size > 0) silence = setTimeout(() => drop(new ConnectionLost('PostgreSQL says nothing any more')), silentMaxMs);
  };

  const drop = (why: Error): void => {
    if (lost) return;
    lost = why;
    clearTimeout(silence);
    socket?.destroy();
    for (const refuse of waiting) refuse(why);
    waiting.clear();
    onLost();
  };

  const newSocket = ({ host, port, path }: SocketOptions): Socket | Promise<never> => {
    // The client would connect again for what had still been waiting in it, and was refused.
    if (lost) return new Promise<never>(() => undefined);
    const at = tries % host.length;
    tries += 1;
    socket = new Socket();
    if (path) return socket.connect(path);
    const [name, number] = [host[at] ?? 'localhost', port[at] ?? 5432];
    // The driver reads them for its errors, and for the name on the certificate.
    return Object.assign(socket.connect(number, name), { host: name, port: number });
  };

  const options = {
    max: 1,
    onnotice: () => {},
    // Arrays travel as JSON; without this every new connection would first ask for the server's types.
    fetch_types: false,
    connect_timeout: 10,
    max_lifetime: null,
    connection: {
      role: APP_ROLE,
      application_name: 'alur',
      TimeZone: 'UTC',
      lock_timeout: 15_000,
      statement_timeout: 60_000,
      // A process that was paused must not keep a case locked for good.
      idle_in_transaction_session_timeout: 60_000,
      ...connection,
    },
    // Called at the very moment in which the driver knows of it, before anybody who waits hears anything.
    onclose: () => drop(new ConnectionLost('the connection to PostgreSQL was lost')),
    socket: newSocket,
  };
  const client = postgres(url, options);
  const send = runner(client);

  const run: Run = <Row extends object>(query: SQL) =>
    new Promise<Row[]>((resolve, reject) => {
      if (lost) {
        reject(lost);
        return;
      }
      const settle = (): void => {
        if (!waiting.delete(reject)) return;
        heard();
        if (waiting.size === 0) onIdle?.();
      };
      waiting.add(reject);
      if (waiting.size === 1) heard();
      send<Row>(query).then(
        (rows) => {
          resolve(rows);
          settle();
        },
        (error: Error) => {
          reject(error);
          // Before anybody is served with a connection that is about to go.
          if (isClosing(error)) drop(error);
          settle();
        },
      );
    });

  return {
    run,
    busy: () => waiting.size,
    lost: () => lost,
    drop,
    end: async () => {
      if (!lost) await client.end({ timeout: END_S });
      drop(new ConnectionLost('the connection was ended'));
    },
  };
}
