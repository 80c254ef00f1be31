// A gateway in this process beside a WhatsApp to test on: linked, running, and everything that it says of itself.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { openAuth } from '../../bots/whatsapp/auth-state.ts';
import { type Condition, type Link, runGateway } from '../../bots/whatsapp/gateway.ts';
import { linkNumber } from '../../bots/whatsapp/link-number.ts';
import { GATEWAY, LOCK } from '../../bots/whatsapp/names.ts';
import type { Paired } from '../../bots/whatsapp/pairing.ts';
import type { RawMessage } from '../../bots/whatsapp/raw.ts';
import { type Sealer, sealer } from '../../bots/whatsapp/seal.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';
import { Trail } from '../support/whatsapp/trail.ts';
import { startWhatsApp, type WhatsApp } from '../support/whatsapp/whatsapp.ts';

export const clock = { now: () => Date.now() };
export const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface World {
  database: FreshDatabase;
  store: PgStore;
  owner: postgres.Sql;
  whatsapp: WhatsApp;
  seal: Sealer;
  sealKey: Buffer;
  folder: string;
  /** Of the media host, as a file. */
  certificate: string;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const database = await freshDatabase();
  const store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  const whatsapp = await startWhatsApp();
  const sealKey = randomBytes(32);
  const folder = mkdtempSync(join(tmpdir(), 'alur-whatsapp-'));
  const certificate = join(folder, 'media.pem');
  writeFileSync(certificate, whatsapp.media.cert);
  return {
    database,
    store,
    owner,
    whatsapp,
    seal: sealer(sealKey),
    sealKey,
    folder,
    certificate,
    async close() {
      await whatsapp.close();
      await owner.end();
      await store.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface PairOptions {
  phone?: string;
  onQr?: (qr: string) => void;
  onCode?: (code: string) => void;
  signal?: AbortSignal;
  replace?: boolean;
  url?: string;
}

/** Links the number of the world's WhatsApp, by QR unless said otherwise. */
export function link(world: World, options: PairOptions = {}): Promise<Paired> {
  const scan = (qr: string): void => void world.whatsapp.scanQr(qr);
  return linkNumber({
    rows: world.store.whatsApp,
    sealer: world.seal,
    clock,
    log: quietLog,
    url: options.url ?? world.whatsapp.url,
    version: null,
    phone: options.phone ?? null,
    replace: options.replace ?? false,
    onQr: options.onQr ?? scan,
    onCode: options.onCode ?? ((code) => void world.whatsapp.enterCode(code)),
    signal: options.signal ?? new AbortController().signal,
    holdLock: world.store.holdLock,
  });
}

export interface Running {
  conditions: Trail<Condition>;
  links: Trail<Link | null>;
  /** The link, once it is there. */
  open(limitMs?: number): Promise<Link>;
  stop(): Promise<void>;
  ended: Promise<void>;
}

export function run(world: World, more: { holdLock?: PgStore['holdLock'] } = {}): Running {
  const stop = new AbortController();
  const conditions = new Trail<Condition>();
  const links = new Trail<Link | null>();
  const ended = runGateway({
    rows: world.store.whatsApp,
    holdLock: more.holdLock ?? world.store.holdLock,
    sealer: world.seal,
    clock,
    log: quietLog,
    url: world.whatsapp.url,
    version: null,
    // Pauses are long in life; here the next attempt comes at once, but never in the same breath.
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, Math.min(ms, 20));
        signal.addEventListener('abort', end, { once: true });
      }),
    jitter: () => 0,
    signal: stop.signal,
    onCondition: (condition) => conditions.push(condition),
    onLink: (link_) => links.push(link_),
  });
  return {
    conditions,
    links,
    open: async (limitMs) => {
      const now = links.all.at(-1);
      const there = now ?? (await links.next((one) => one !== null, 'a link', limitMs));
      if (there === null) throw new Error('no link');
      return there;
    },
    stop: async () => {
      stop.abort();
      await ended;
    },
    ended,
  };
}

export interface HeardRow {
  external_id: string;
  lane: string;
  body: RawMessage;
}

export async function inbox(world: World): Promise<HeardRow[]> {
  return [...(await world.owner<HeardRow[]>`select external_id, lane, body from inbox order by id`)];
}

/** The texts that stand in the inbox, in order. */
export async function texts(world: World): Promise<string[]> {
  return (await inbox(world)).map(({ body }) => String(body.message?.['conversation'] ?? ''));
}

export async function storedCreds(world: World) {
  const epoch = await world.store.whatsApp.epoch(GATEWAY);
  const { state } = await openAuth({
    rows: world.store.whatsApp,
    gateway: GATEWAY,
    epoch,
    sealer: world.seal,
    clock,
    onBroken: () => undefined,
  });
  return state.creds;
}

export { LOCK };

/** For the command line: this world's database and WhatsApp, under its key. */
export function gatewayEnv(world: World): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: world.folder,
    DATABASE_URL: world.database.url,
    DATA_DIR: join(world.folder, 'data'),
    // A token alone keeps the simulator away; nobody here asks Telegram.
    TELEGRAM_BOT_TOKEN: '424242:TEST-token-of-nobody',
    WHATSAPP: 'on',
    WHATSAPP_KEY: world.sealKey.toString('hex'),
    WHATSAPP_WEB_SOCKET_URL: world.whatsapp.url,
    NODE_EXTRA_CA_CERTS: world.certificate,
    LOG_LEVEL: 'debug',
  };
}
