// The running check on a real database: it finds nothing in honest work, and says each thing that is wrong once.
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAround, startWatch, type Watch } from '../../bin/service/watch.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { caseId, finish, handIn, NOW, office, openDraft, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

let database: FreshDatabase;
let store: PgStore;
let superuser: postgres.Sql;
let watch: Watch;
let counted: number[];
let gone: Set<string>;

beforeEach(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1), max: 6 });
  superuser = postgres(database.url, { max: 1, onnotice: () => {} });
  counted = [];
  gone = new Set();
  const log = { error: () => undefined, warn: () => undefined };
  const clock = { now: () => NOW + 90_000 };
  watch = startWatch({ store, vault: { has: async (sha256) => !gone.has(sha256) }, clock, log, onLook: (n) => counted.push(n) }, 1e9);
  await store.applyOffice(office, [sop], NOW);
  await openDraft(store, 1);
  await handIn(store, 2);
  await finish(store, 3);
});
afterEach(async () => {
  await watch.stop();
  await superuser.end();
  await store.close();
  await database.close();
});

const rules = async () => (await watch.look())?.map(({ rule, about }) => `${rule} ${about}`);
const alarms = async () =>
  (
    await superuser<
      { detail: string }[]
    >`select body #>> '{notice,detail}' as detail from outbox where body #>> '{notice,notice}' = 'operator' order by id`
  ).map(({ detail }) => detail);

test('work as it is done breaks nothing, and nobody is told anything', async () => {
  expect(await rules()).toEqual([]);
  expect(await alarms()).toEqual([]);
  expect(counted).toEqual([0]);
});

test('a case that was changed behind the rules’ back, a file that is gone and a door that stands still are each told once to the supervisors', async () => {
  await superuser`update cases set body = jsonb_set(body, '{maker}', '"andi"') where id = ${caseId(2)}`;
  const [kept] = await superuser<{ sha256: string }[]>`select sha256 from media where "case" = ${caseId(3)} limit 1`;
  gone.add(kept?.sha256 ?? '');
  await superuser`insert into outbox (channel, chat, kind, body, created_at) values ('telegram', '5', 'say', '{}'::jsonb, ${new Date(NOW - 3_600_000)})`;
  const wrong = ['I5 outbox', `I3 ${caseId(2)}`, `I9 ${caseId(3)}`];
  expect((await rules())?.sort()).toEqual([...wrong].sort());
  const first = await alarms();
  expect(first).toHaveLength(office.supervisors.flat().length);
  expect(first[0]).toMatch(/pesan keluar tertahan \(1\).*doctor/);
  expect((await rules())?.sort()).toEqual([...wrong].sort());
  expect(await alarms()).toEqual(first);
  expect(counted).toEqual([3, 3]);
});

test('what was mended and breaks again is told again', async () => {
  const [kept] = await superuser<{ sha256: string }[]>`select sha256 from media where "case" = ${caseId(3)} limit 1`;
  for (const lost of [true, false, true]) {
    if (lost) gone.add(kept?.sha256 ?? '');
    else gone.clear();
    await watch.look();
  }
  expect(await alarms()).toHaveLength(2 * office.supervisors.flat().length);
});

test('an entry of the history that was changed is found at its end', async () => {
  await superuser.unsafe('set session_replication_role = replica');
  await superuser`update events set by = 'penyusup' where seq = (select max(seq) from events)`;
  expect(await rules()).toContain(`I8 ${office.id}`);
});

test('of two processes one watches, and when it ends the other does', async () => {
  await watch.look();
  const other = startWatch(
    {
      store,
      vault: { has: async () => true },
      clock: { now: () => NOW },
      log: { error: () => undefined, warn: () => undefined },
      onLook: () => undefined,
    },
    1e9,
  );
  expect(await other.look()).toBeNull();
  await watch.stop();
  expect(await other.look()).toEqual([]);
  await other.stop();
});

test('a lock that was lost is let go before it is asked for again', async () => {
  const did: string[] = [];
  const cut = new AbortController();
  const locks = Object.assign(Object.create(store), {
    holdLock: async () => {
      did.push('held');
      return { lost: did.length === 1 ? cut.signal : new AbortController().signal, release: async () => void did.push('let go') };
    },
  }) as PgStore;
  const log = { error: () => undefined, warn: () => undefined };
  const parts = { store: locks, vault: { has: async () => true }, clock: { now: () => NOW }, log, onLook: () => undefined };
  const watching = startWatch(parts, 1e9);
  await watching.look();
  cut.abort();
  await watching.look();
  await watching.look();
  await watching.stop();
  expect(did).toEqual(['held', 'let go', 'held', 'let go']);
});

test('of more cases than one look has room for, those that changed last are looked at', async () => {
  const looked: string[] = [];
  const entries = Array.from({ length: 101 }, (_, i) => ({
    case: `case-${i}`,
    seq: i + 1,
    type: 'told',
    by: null,
    at: NOW,
    body: {},
    prevHash: '',
    hash: '',
  }));
  const busy = Object.assign(Object.create(store), {
    historyEnds: async () => [{ office: office.id, head: { seq: 101, hash: '' }, entries }],
    readCase: async (id: string) => {
      looked.push(id);
      return null;
    },
  }) as PgStore;
  await lookAround({ store: busy, vault: { has: async () => true }, clock: { now: () => NOW } });
  expect(looked).toHaveLength(100);
  expect(looked[0]).toBe('case-100');
  expect(looked).not.toContain('case-0');
});
