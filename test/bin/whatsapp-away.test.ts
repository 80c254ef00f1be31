// Cards for people on WhatsApp while no gateway runs: they go on by the other channel, or wait.
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAway, startHandingOver } from '../../bin/service/whatsapp-away.ts';
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Outgoing } from '../../src/case/outgoing.ts';
import { NOW, sop } from '../support/case-world.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';
import { both, DEWI, HADI } from '../support/two-channels.ts';

const MINUTE = 60_000;

let database: FreshDatabase;
let store: PgStore;
let owner: postgres.Sql;
let now = NOW;

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: seeded(1), max: 4 });
  owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await store.applyOffice(both, [sop], NOW);
  for (const chat of [DEWI, HADI]) await store.transaction((tx) => tx.touch(chat.channel, chat.id, chat, NOW));
});
afterAll(async () => {
  await owner.end();
  await store.close();
  await database.close();
});
beforeEach(async () => {
  await owner`delete from outbox`;
  await owner`delete from unreachable_told`;
  now = NOW;
});

const say = (name: string, person: string): Outgoing => ({ out: 'say', to: { person }, notice: { notice: 'unsupported', name } });
const send = (...out: Outgoing[]) => store.transaction((tx) => tx.send(both.id, out, NOW));

/** The gateway last gave a sign so long ago, and had been like this for a while then. */
async function gateway(silentMs: number, state: 'open' | 'connecting' | 'unpaired' = 'open', lastingMs = 0): Promise<void> {
  await store.whatsApp.beat(GATEWAY, { state, why: null, number: null });
  await owner`update wa_gateway set beat_at = now() - make_interval(secs => ${silentMs / 1000}), since = now() - make_interval(secs => ${lastingMs / 1000})`;
}

async function look(): Promise<void> {
  const handing = startHandingOver({ store, clock: { now: () => now }, on: true, log: { warn: () => undefined } }, 1e9);
  await handing.look();
  await handing.stop();
}

/** What waits for these chats, in order. */
async function waiting(channel: string, chat: string): Promise<string[]> {
  const rows = await owner<{ said: string }[]>`
    select coalesce(body #>> '{notice,name}', body #>> '{notice,notice}') as said from outbox
    where channel = ${channel} and chat = ${chat} and ended_at is null order by id`;
  return rows.map(({ said }) => said);
}

test('while the gateway has been dead for longer than it needs to come back, the other channel says it, in order, and the supervisor hears of it', async () => {
  await gateway(3 * MINUTE);
  await send(say('satu', 'dewi'), say('dua', 'dewi'));
  await look();
  expect(await waiting('telegram', '9101')).toEqual(['satu', 'dua']);
  expect(await waiting('telegram', '9103')).toEqual(['unreachable']);
  expect(await waiting('whatsapp', DEWI.id)).toEqual([]);
});

test('who has no other channel waits for the gateway, and nobody is marked', async () => {
  await gateway(3 * MINUTE);
  await send(say('tiga', 'hadi'));
  await look();
  expect(await waiting('whatsapp', HADI.id)).toEqual(['tiga']);
  expect(await store.leaseDelivery(HADI, NOW, MINUTE)).toBeNull();
  expect((await store.leaseDelivery(HADI, NOW + 30_000, MINUTE))?.out).toMatchObject({ notice: { name: 'tiga' } });
  now = NOW + 31_000;
  await send(say('empat', 'dewi'));
  expect(await waiting('whatsapp', DEWI.id)).toEqual(['empat']);
});

test('a gateway that was there a moment ago is left to its own chats', async () => {
  await gateway(MINUTE);
  await send(say('lima', 'dewi'));
  await look();
  expect(await waiting('whatsapp', DEWI.id)).toEqual(['lima']);
  expect((await store.leaseDelivery(DEWI, NOW, MINUTE))?.attempts).toBe(1);
});

test('one that dies at every start gives signs, and is away all the same; a time-lock is no absence', async () => {
  await gateway(0, 'connecting', 3 * MINUTE);
  await send(say('enam', 'dewi'));
  await look();
  expect(await waiting('telegram', '9101')).toEqual(['enam']);
  const condition = { state: 'restricted', number: null, since: 0, lastingMs: 9 * MINUTE, silentMs: 0 } as const;
  expect(isAway({ ...condition, why: 'timelocked' }, true, 0)).toBe(false);
  expect(isAway({ ...condition, why: 'restricted' }, true, 0)).toBe(true);
});

test('one that has never run is waited for as long, where one is to run', () => {
  expect([isAway(null, true, MINUTE), isAway(null, true, 3 * MINUTE), isAway(null, false, 3 * MINUTE)]).toEqual([false, true, false]);
});
