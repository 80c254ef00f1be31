// PostgreSQL that Alur brings itself: started when nobody has, shared by every Alur process of the same folder, stopped by the last one out.
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { databaseAccount } from './embedded/account.ts';
import { binaries, STATE_ROOT, traversable } from './embedded/binaries.ts';
import { withLock } from './embedded/lock.ts';
import { freePort, isOurs, portIsFree } from './embedded/port.ts';
import { findRunning, halt, initialise, launch, type Place } from './embedded/postmaster.ts';
import { Unusable } from './embedded/unusable.ts';

export interface Embedded {
  /** As the database's owner; the application takes its own role on top. */
  url: string;
  /** Where it really lies. */
  dataDir: string;
  /** Root's folders are out of reach for the database's own user, so it lies elsewhere. */
  movedBecauseRoot: boolean;
  /** It was running already. */
  reused: boolean;
  /** Stops it, unless another Alur is connected. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  log?: (line: string) => void;
  /** `false` for tests: nothing survives a crash of the machine, and it stops whoever is still connected. */
  durable?: boolean;
}

interface Secret {
  password: string;
  port: number;
}

const DATABASE = 'alur';
const START_PATIENCE_MS = 10_000;
const RECOVERY_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 6_000;

function placeOf(dataDir: string): { place: Place; moved: boolean } {
  const account = databaseAccount();
  const wanted = path.resolve(dataDir);
  mkdirSync(wanted, { recursive: true });
  const moved = account !== null && !traversable(wanted);
  const home = moved ? path.join(STATE_ROOT, createHash('sha256').update(wanted).digest('hex').slice(0, 16)) : wanted;
  mkdirSync(home, { recursive: true, mode: 0o755 });
  // initdb makes the cluster as its own user, who therefore must own the folder around it.
  const around = path.join(home, 'postgres');
  mkdirSync(around, { recursive: true, mode: 0o700 });
  if (account) chownSync(around, account.uid, account.gid);
  return { place: { home: around, cluster: path.join(around, 'cluster'), account, program: binaries(account !== null) }, moved };
}

function secretOf(place: Place): Secret {
  const file = path.join(place.home, 'connection.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secret;
  const fresh = { password: randomBytes(18).toString('base64url'), port: 0 };
  writeFileSync(file, JSON.stringify(fresh), { mode: 0o600 });
  return fresh;
}

function urlOf(secret: Secret, database: string): string {
  return `postgres://postgres:${secret.password}@127.0.0.1:${secret.port}/${database}`;
}

function connect(secret: Secret, database: string, name: string): postgres.Sql {
  return postgres(urlOf(secret, database), {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: false,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: name },
  });
}

/** Is this cluster answering? `starting`: it is there and still recovering. */
async function probe(secret: Secret): Promise<'up' | 'starting' | 'down'> {
  const sql = connect(secret, 'postgres', 'probe');
  try {
    await sql`select 1`;
    return 'up';
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === '28P01')
      throw new Unusable(
        'Sandi database tertanam tidak cocok.',
        'Pulihkan berkas connection.json di folder database, atau isi DATABASE_URL.',
      );
    return code === '57P03' ? 'starting' : 'down';
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function createDatabase(secret: Secret): Promise<void> {
  const sql = connect(secret, 'postgres', 'probe');
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Makes sure that the cluster runs and answers. Under the lock. `port`: its address is known to others, and must stay. */
async function ensureRunning(
  place: Place,
  durable: boolean,
  log: (line: string) => void,
  port: number | null = null,
): Promise<{ secret: Secret; reused: boolean }> {
  const secret = secretOf(place);
  const found = findRunning(place);
  if (found) {
    secret.port = found.port;
    const until = Date.now() + RECOVERY_PATIENCE_MS;
    while (findRunning(place) && Date.now() < until) {
      if ((await probe(secret)) === 'up') return { secret, reused: true };
      await pause(50);
    }
  }
  if (!existsSync(path.join(place.cluster, 'PG_VERSION'))) {
    log('menyiapkan database tertanam');
    initialise(place, secret.password, durable);
  }
  await start(place, port === null ? secret : Object.assign(secret, { port }), durable, log, port !== null);
  writeFileSync(path.join(place.home, 'connection.json'), JSON.stringify(secret), { mode: 0o600 });
  await createDatabase(secret);
  return { secret, reused: false };
}

async function start(place: Place, secret: Secret, durable: boolean, log: (line: string) => void, stays: boolean): Promise<void> {
  const until = Date.now() + START_PATIENCE_MS;
  for (;;) {
    if (!stays && !(isOurs(secret.port) && (await portIsFree(secret.port)))) secret.port = await freePort();
    const server = launch(place, secret.port, durable);
    const recovered = Date.now() + RECOVERY_PATIENCE_MS;
    while (!server.over() && Date.now() < recovered) {
      if ((await probe(secret)) === 'up') return;
      await pause(20);
    }
    if (!server.over()) {
      await halt(server.pid, STOP_PATIENCE_MS);
      throw new Unusable('Database tertanam tidak siap dalam 2 menit.', `Lihat ${path.join(place.home, 'postgres.log')}.`);
    }
    const why = server.lastWords();
    // Orphans of a killed server need a moment to notice; a port may be taken between looking and binding.
    if (Date.now() > until)
      throw new Unusable(`Database tertanam gagal dijalankan: ${why}`, `Lihat ${path.join(place.home, 'postgres.log')}.`);
    log(`database tertanam belum dapat dijalankan, dicoba lagi: ${why.split('\n').at(-1) ?? ''}`);
    if (!stays) secret.port = 0;
    await pause(200);
  }
}

/** Does the database of this folder run? Starts nothing. */
export function embeddedRuns(dataDir: string): boolean {
  return existsSync(path.resolve(dataDir)) && findRunning(placeOf(dataDir).place) !== null;
}

/** Has a database ever been made in this folder? Starts nothing. */
export function embeddedExists(dataDir: string): boolean {
  return existsSync(path.resolve(dataDir)) && existsSync(path.join(placeOf(dataDir).place.cluster, 'PG_VERSION'));
}

/** Starts the database of this folder, or joins the one that runs. Throws `Unusable` with the repair. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const durable = options.durable ?? true;
  const log = options.log ?? (() => {});
  const { place, moved } = placeOf(options.dataDir);
  const lock = path.join(place.home, 'embedded.lock');
  let stopping = false;

  const joined = await withLock(lock, async () => {
    const running = await ensureRunning(place, durable, log);
    const presence = connect(running.secret, DATABASE, 'alur presence');
    await presence`select 1`;
    return { ...running, presence };
  });

  const revive = async (): Promise<void> => {
    if (stopping) return;
    await withLock(lock, async () => {
      if (stopping) return;
      // The URL has been handed out: another port would be another database to everybody who holds it, also when it dies again while it starts.
      const { secret } = await ensureRunning(place, durable, log, joined.secret.port);
      if (secret.port !== joined.secret.port) log('database tertanam berpindah porta; Alur perlu dijalankan ulang');
    });
  };
  const guard = watch(joined.presence, revive, log);

  return {
    url: urlOf(joined.secret, DATABASE),
    dataDir: place.home,
    movedBecauseRoot: moved,
    reused: joined.reused,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      guard.end();
      await withLock(lock, async () => {
        await joined.presence.end({ timeout: 1 });
        const running = findRunning(place);
        if (running && (!durable || !(await othersConnected(joined.secret)))) await halt(running.pid, STOP_PATIENCE_MS);
      });
    },
  };
}

async function othersConnected(secret: Secret): Promise<boolean> {
  const sql = connect(secret, 'postgres', 'probe');
  try {
    const [row] = await sql<{ others: number }[]>`select count(*)::int as others from pg_stat_activity where application_name like 'alur%'`;
    return (row?.others ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const LOOK_EVERY_MS = 1_000;

/** One connection tells the others that we are here. When it breaks, the server may have died: it is started again at its old port. */
function watch(presence: postgres.Sql, revive: () => Promise<void>, log: (line: string) => void): { end(): void } {
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await presence`select 1`;
    } catch {
      await revive().catch((error: unknown) => log(`database tertanam: ${error instanceof Error ? error.message : String(error)}`));
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return { end: () => clearInterval(timer) };
}
