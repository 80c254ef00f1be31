// What was set aside, seen and decided on from the command line.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realChance } from '../../bin/service/ambient.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import type { Arrival } from '../../src/ports/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { alur, scratchFolder } from './command-line.ts';

const NOW = Date.parse('2026-11-20T02:00:00Z');
const folder = scratchFolder();
let database: FreshDatabase;
let store: PgStore;
let env: Record<string, string>;

const arrival = (externalId: string, lane: string): Arrival => ({
  channel: 'telegram',
  account: '7000',
  externalId,
  lane,
  body: { text: 'rahasia' },
  tap: false,
});

async function setAside(externalId: string, lane: string, at: number): Promise<string> {
  await store.receive([arrival(externalId, lane)], NOW);
  const post = await store.claimPost(lane, NOW);
  await store.transaction((tx) => tx.endPost(post?.id ?? '', 'dead', at));
  return post?.id ?? '';
}

beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore({ url: database.url, chance: realChance, max: 4 });
  env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    HTTP_PORT: '1',
    TELEGRAM_BOT_TOKEN: '1:x',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  };
});
afterAll(async () => {
  await store.close();
  await database.close();
});

test('what was set aside is listed without what was written, named by the doctor, tried again in its place, or dropped', async () => {
  expect((await alur(['aside', 'list'], env)).out).toBe('Tidak ada kiriman yang disisihkan.\n');
  expect((await alur(['doctor'], env)).out).toContain('baik     kiriman: tidak ada yang disisihkan.');
  const chat = await setAside('a1', 'telegram:7000:1001', NOW + 1_000);
  const tap = await setAside('a2', 'telegram:7000:tap:1002', NOW + 2_000);
  const misc = await setAside('a3', 'telegram:7000:misc', NOW + 3_000);
  const listed = await alur(['aside', 'list', '--json'], env);
  expect(JSON.parse(listed.out)).toEqual([
    { id: chat, channel: 'telegram', chat: '1001', received_at: '2026-11-20T02:00:00.000Z', set_aside_at: '2026-11-20T02:00:01.000Z' },
    { id: tap, channel: 'telegram', chat: '1002', received_at: '2026-11-20T02:00:00.000Z', set_aside_at: '2026-11-20T02:00:02.000Z' },
    { id: misc, channel: 'telegram', chat: null, received_at: '2026-11-20T02:00:00.000Z', set_aside_at: '2026-11-20T02:00:03.000Z' },
  ]);
  const text = (await alur(['aside', 'list'], env)).out;
  expect(text).toContain(`${chat}  telegram 1001, diterima 2026-11-20T02:00:00.000Z`);
  expect(text).not.toContain('rahasia');
  const doctor = await alur(['doctor'], env);
  expect(doctor.exit).toBe(1);
  expect(doctor.out).toContain(`SALAH    kiriman: 3 disisihkan karena tidak dapat diproses (${chat}, ${tap}, ${misc}).`);

  expect((await alur(['aside', 'retry', chat], env)).exit).toBe(0);
  expect(await store.claimFresh('telegram:7000:1001', NOW)).toMatchObject({ id: chat, attempts: 1, body: { text: 'rahasia' } });
  expect((await alur(['aside', 'discard', tap, '--json'], env)).out).toBe(`{\n  "id": "${tap}"\n}\n`);
  expect(await store.claimFresh('telegram:7000:tap:1002', NOW)).toBeNull();
  expect((await store.setAside()).map(({ id }) => id)).toEqual([misc]);
  for (const verb of ['retry', 'discard'])
    for (const id of [chat, tap, '999999', 'x; drop table inbox']) {
      const ran = await alur(['aside', verb, id], env);
      expect(ran.exit).toBe(1);
      expect(ran.err).toContain(`Tidak ada kiriman ${id} yang disisihkan`);
    }
});
