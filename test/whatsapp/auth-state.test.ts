// Baileys' keys in PostgreSQL: given back as they were, all of one step or nothing, readable with the key alone, written by one process alone.
import { randomBytes } from 'node:crypto';
import { addTransactionCapability, Curve, proto, type SignalDataSet } from '@whiskeysockets/baileys';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARRIVALS, type Auth, isLinked, openAuth } from '../../bots/whatsapp/auth-state.ts';
import { sealer, Unsealable } from '../../bots/whatsapp/seal.ts';
import { openSent } from '../../bots/whatsapp/sent.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { Fenced } from '../../db/whatsapp.ts';
import type { Arrival } from '../../src/ports/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

const NOW = Date.UTC(2026, 10, 20, 3);
const clock = { now: () => NOW };
const key = randomBytes(32);
let database: FreshDatabase;
let store: PgStore;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
  owner = postgres(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await store.close();
  await database.close();
});

interface Opened {
  auth: Auth;
  broken: unknown[];
  epoch: number;
}

async function opened(gateway: string, sealed: Uint8Array = key): Promise<Opened> {
  const broken: unknown[] = [];
  const epoch = await store.whatsApp.beginEpoch(gateway);
  const onBroken = (error: unknown): void => void broken.push(error);
  const auth = await openAuth({ rows: store.whatsApp, gateway, epoch, sealer: sealer(sealed), clock, onBroken });
  return { auth, broken, epoch };
}

const arrival = (id: string): Arrival => ({
  channel: 'whatsapp',
  account: '+6281100000001',
  externalId: id,
  lane: 'whatsapp:+6281100000001:+6281200000005',
  body: { id },
  tap: false,
});

const silent = { level: 'silent', child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const transacted = (auth: Auth) => addTransactionCapability(auth.state.keys, silent, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });

describe('the keys', () => {
  const secret = proto.Message.AppStateSyncKeyData.fromObject({ keyData: randomBytes(32), timestamp: 1_700_000_000_000 });
  const every: SignalDataSet = {
    'pre-key': { '7': Curve.generateKeyPair() },
    session: { '6281200000005.0': randomBytes(40), '100000000000005_1.0': randomBytes(41) },
    'sender-key': { 'group::6281200000005::0': randomBytes(20) },
    'sender-key-memory': { 'group@g.us': { '6281200000005@s.whatsapp.net': true } },
    'app-state-sync-key': { AAAA: secret },
    'app-state-sync-version': { regular: { version: 3, hash: randomBytes(8), indexValueMap: { aa: { valueMac: randomBytes(4) } } } },
    'lid-mapping': { '6281200000005': '100000000000005', '100000000000005_reverse': '6281200000005' },
    'device-list': { '6281200000005': ['0', '3'] },
    tctoken: { '100000000000005@lid': { token: randomBytes(16), timestamp: '1700000000' } },
    'identity-key': { '6281200000005.0': randomBytes(33) },
  };

  test.each(Object.keys(every))('of the type %s come back as they were put in', async (type) => {
    const { auth } = await opened(`kinds-${type}`);
    const values = (every as Record<string, Record<string, unknown>>)[type] ?? {};
    await auth.state.keys.set({ [type]: values } as SignalDataSet);
    const got = await auth.state.keys.get(type as 'session', [...Object.keys(values), 'unknown']);
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    expect(plain(got)).toEqual(plain(values));
  });

  test('an app state key comes back as the class that Baileys encodes again', async () => {
    const { auth } = await opened('app-state');
    await auth.state.keys.set({ 'app-state-sync-key': { AAAA: secret } });
    const got = (await auth.state.keys.get('app-state-sync-key', ['AAAA']))['AAAA'];
    expect(got).toBeInstanceOf(proto.Message.AppStateSyncKeyData);
    expect(Buffer.from(got?.keyData ?? '')).toEqual(Buffer.from(secret.keyData ?? ''));
  });

  test('one that is set to nothing is gone, and those of another number stay', async () => {
    const here = (await opened('gone')).auth.state.keys;
    const there = (await opened('elsewhere')).auth.state.keys;
    await here.set({ session: { a: randomBytes(3), b: randomBytes(3) } });
    await there.set({ session: { a: randomBytes(3) } });
    await here.set({ session: { a: null } });
    expect(Object.keys(await here.get('session', ['a', 'b']))).toEqual(['b']);
    expect(Object.keys(await there.get('session', ['a']))).toEqual(['a']);
  });
});

describe('one Signal transaction', () => {
  test('is one commit: the ratchet and the message stand together, and the message rings its lane', async () => {
    const { auth } = await opened('one-commit');
    const rung: string[] = [];
    const quiet = await store.bells.onHeard((lane) => void rung.push(lane));
    const keys = transacted(auth);
    await keys.transaction(async () => {
      await keys.set({ session: { s: randomBytes(9) } });
      await keys.set({ [ARRIVALS]: { m1: arrival('m1') } } as SignalDataSet);
      expect((await owner`select from inbox where external_id = 'm1'`).count).toBe(0);
    }, 'jid');
    const [row] = await owner<{ mine: string; theirs: string }[]>`
      select (select xmin::text from inbox where external_id = 'm1') as mine, (select xmin::text from wa_keys where gateway = 'one-commit') as theirs`;
    expect(row?.mine).toBe(row?.theirs);
    await expect.poll(() => rung).toEqual(['whatsapp:+6281100000001:+6281200000005']);
    await quiet();
  });

  test('leaves nothing when a part of it cannot be written, and says that it is broken before anybody learns of it', async () => {
    const { auth, broken } = await opened('half');
    const keys = transacted(auth);
    const bad = { ...arrival('m2'), lane: null as unknown as string };
    const failing = keys.transaction(async () => {
      await keys.set({ session: { s: randomBytes(9) } });
      await keys.set({ [ARRIVALS]: { m2: bad } } as SignalDataSet);
    }, 'jid');
    await expect(failing).rejects.toThrow('null value');
    expect(broken).toHaveLength(1);
    expect(await auth.state.keys.get('session', ['s'])).toEqual({});
    expect((await owner`select from inbox where external_id = 'm2'`).count).toBe(0);
  });

  test('that brings the same message again writes it once', async () => {
    const { auth } = await opened('again');
    expect(await auth.receive([arrival('m3')])).toEqual([true]);
    expect(await auth.receive([arrival('m3')])).toEqual([false]);
    expect((await owner`select from inbox where external_id = 'm3'`).count).toBe(1);
  });
});

describe('the credentials', () => {
  test('are written in the order of their changes, and are there when they were flushed', async () => {
    const { auth } = await opened('creds');
    for (let n = 1; n <= 20; n += 1) {
      auth.state.creds.nextPreKeyId = n;
      auth.saveCreds();
    }
    await auth.flush();
    const again = (await opened('creds')).auth.state.creds;
    expect(again.nextPreKeyId).toBe(20);
    expect(again.noiseKey).toEqual(auth.state.creds.noiseKey);
  });

  test('that name an account by a pairing code are not linked until the phone has signed them', async () => {
    const { creds } = (await opened('code')).auth.state;
    creds.me = { id: '6281100000001@s.whatsapp.net', name: '~' };
    expect(isLinked(creds)).toBe(false);
    creds.account = { details: randomBytes(2) };
    expect(isLinked(creds)).toBe(true);
  });

  test('are forgotten on a reset, with every key, and fresh ones begin; what was heard stays', async () => {
    const { auth } = await opened('reset');
    const { creds, keys } = auth.state;
    const old = creds.noiseKey.private;
    creds.me = { id: '6281100000001:1@s.whatsapp.net' };
    auth.saveCreds();
    await keys.set({ session: { s: randomBytes(9) } });
    await auth.receive([arrival('m4')]);
    await auth.reset();
    expect(creds.me).toBeUndefined();
    expect(creds.noiseKey.private).not.toEqual(old);
    expect(await store.whatsApp.readCreds('reset')).toBeNull();
    expect(await keys.get('session', ['s'])).toEqual({});
    expect((await owner`select from inbox where external_id = 'm4'`).count).toBe(1);
  });
});

describe('at rest', () => {
  test('no byte of a key stands in any table in any of its written forms, nor what was sent', async () => {
    const { auth } = await opened('rest');
    const session = randomBytes(48);
    const sent = openSent({ rows: store.whatsApp, gateway: 'rest', sealer: sealer(key), clock });
    await auth.state.keys.set({ session: { s: session }, 'pre-key': { '1': auth.state.creds.signedIdentityKey } });
    await sent.keep('3EB0AA', { conversation: 'rahasia benar isinya' });
    auth.saveCreds();
    await auth.flush();
    const tables = await owner<
      { name: string }[]
    >`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    const dump: string[] = [];
    for (const { name } of tables)
      dump.push(...(await owner<{ text: string }[]>`select t::text as text from ${owner(name)} t`).map(({ text }) => text));
    const whole = dump.join('\n');
    expect(whole.length).toBeGreaterThan(1_000);
    const { noiseKey, signedIdentityKey, advSecretKey } = auth.state.creds;
    const bytes = [
      session,
      noiseKey.private,
      signedIdentityKey.private,
      signedIdentityKey.public,
      Buffer.from(advSecretKey, 'base64'),
      Buffer.from('rahasia benar'),
    ];
    for (const one of bytes) {
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        const written = Buffer.from(one).toString(form).replace(/=+$/, '');
        // A column of bytes is shown as hex, whatever is written in it.
        for (const shown of [written, Buffer.from(written).toString('hex')]) expect(whole.includes(shown)).toBe(false);
      }
    }
    expect(whole.includes('rahasia')).toBe(false);
  });

  test('another key opens nothing, a row in another row’s place neither', async () => {
    const { auth } = await opened('moved');
    auth.saveCreds();
    await auth.state.keys.set({ session: { a: randomBytes(9), b: randomBytes(9) } });
    await auth.flush();
    await expect(opened('moved', randomBytes(32))).rejects.toBeInstanceOf(Unsealable);
    await owner`update wa_keys set sealed = (select sealed from wa_keys where gateway = 'moved' and id = 'a') where gateway = 'moved' and id = 'b'`;
    await expect(auth.state.keys.get('session', ['b'])).rejects.toBeInstanceOf(Unsealable);
    expect(() => sealer(key).open('place', new Uint8Array(5))).toThrow('too short');
  });

  test('what was sent is found again after a restart, and dropped when nobody can ask for it any more', async () => {
    const options = { rows: store.whatsApp, gateway: 'sent', sealer: sealer(key), clock };
    await openSent(options).keep('3EB001', { conversation: 'Laporan 12' });
    expect((await openSent(options).find('3EB001'))?.conversation).toBe('Laporan 12');
    expect(await openSent(options).find('3EB002')).toBeUndefined();
    const day = 86_400_000;
    await store.whatsApp.pruneSent(NOW + 14 * day);
    expect(await openSent(options).find('3EB001')).toBeDefined();
    await store.whatsApp.pruneSent(NOW + 16 * day);
    expect(await openSent(options).find('3EB001')).toBeUndefined();
  });
});

describe('one writer', () => {
  test('what an earlier process still writes is refused, whatever it is, and nothing of it stands', async () => {
    const old = await opened('fence');
    await old.auth.state.keys.set({ session: { s: Buffer.from('old') } });
    const young = await opened('fence');
    expect(young.epoch).toBe(old.epoch + 1);
    await expect(old.auth.state.keys.set({ session: { s: Buffer.from('late') } })).rejects.toBeInstanceOf(Fenced);
    await expect(old.auth.receive([arrival('late')])).rejects.toBeInstanceOf(Fenced);
    old.auth.saveCreds();
    await old.auth.flush();
    await expect(old.auth.reset()).rejects.toBeInstanceOf(Fenced);
    expect(old.broken).toHaveLength(3);
    expect(old.broken.every((error) => error instanceof Fenced)).toBe(true);
    expect(await young.auth.state.keys.get('session', ['s'])).toEqual({ s: Buffer.from('old') });
    expect((await owner`select from inbox where external_id = 'late'`).count).toBe(0);
    expect(await store.whatsApp.readCreds('fence')).toBeNull();
  });

  test('a write that has begun is finished before another process takes over', async () => {
    const { epoch } = await opened('wait');
    const slow = postgres(database.url, { max: 1, onnotice: () => {} });
    let taken = false;
    const writing = slow.begin(async (sql) => {
      await sql`select from wa_epochs where gateway = 'wait' and epoch = ${epoch} for share`;
      const taking = store.whatsApp.beginEpoch('wait').then((next) => {
        taken = true;
        return next;
      });
      // The other one stands in the lock's queue: only then is there something to be seen.
      await expect
        .poll(async () => (await owner`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%wa_epochs%'`).count)
        .toBeGreaterThan(0);
      expect(taken).toBe(false);
      return { taking };
    });
    const { taking } = await writing;
    expect(await taking).toBe(epoch + 1);
    await slow.end();
  });
});

describe('how it is', () => {
  test('since when counts from the change of state, every beat is a sign of life', async () => {
    expect(await store.whatsApp.condition('well')).toBeNull();
    await store.whatsApp.beat('well', { state: 'connecting', why: null, number: null });
    await owner`update wa_gateway set since = now() - interval '1 hour', beat_at = now() - interval '1 hour' where gateway = 'well'`;
    expect((await store.whatsApp.condition('well'))?.silentMs).toBeGreaterThan(3_000_000);
    await store.whatsApp.beat('well', { state: 'connecting', why: 'offline', number: null });
    const still = await store.whatsApp.condition('well');
    expect(still).toMatchObject({ state: 'connecting', why: 'offline' });
    expect(still?.silentMs).toBeLessThan(600_000);
    await store.whatsApp.beat('well', { state: 'open', why: null, number: '+6281100000001' });
    const open = await store.whatsApp.condition('well');
    expect((open?.since ?? 0) - (still?.since ?? 0)).toBeGreaterThan(3_000_000);
  });
});
