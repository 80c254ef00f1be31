// Connections that break under the store's hands: whoever waits hears of it, nothing is thrown where nobody could catch it, nothing runs
// afterwards that was refused, and the next statement finds a sound connection.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLine } from '../../db/line.ts';
import { holdLock } from '../../db/lock.ts';
import { openStore, type PgStore } from '../../db/store.ts';
import { isTransient } from '../../db/transient.ts';
import type { Arrival } from '../../src/ports/store.ts';
import { caseId, chatOf, NOW, office, sop } from '../support/case-world.ts';
import { type CutLine, startCutLine } from '../support/cut-line.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';

let database: FreshDatabase;
let line: CutLine;
let store: PgStore;
beforeEach(async () => {
  database = await freshDatabase();
  line = await startCutLine(database.url);
  store = await openStore({ url: line.url, chance: seeded(1), max: 8 });
  await store.applyOffice(office, [sop], NOW);
});
afterEach(async () => {
  await store.close();
  await line.close();
  await database.close();
});

let heard = 0;
function arrival(lane: string, bytes = 10): Arrival {
  heard += 1;
  return { channel: 'telegram', account: 'bot', externalId: String(heard), lane, body: { text: 'x'.repeat(bytes) }, tap: false };
}

async function lanes(): Promise<string[]> {
  const owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  const rows = await owner<{ lane: string }[]>`select lane from inbox order by id`;
  await owner.end();
  return rows.map((row) => row.lane);
}

const chat = chatOf('sari');
const ask = () => store.transaction((tx) => tx.conversation(chat, 'sari'));

test.each(['reset', 'end'] as const)(
  'a transaction that waited for something else when its connection broke (%s) is refused what it asks next',
  async (how) => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let inside: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      inside = resolve;
    });
    let asked = 'nothing';
    const work = store.transaction(async (tx) => {
      await tx.conversation(chat, 'sari');
      inside();
      await gate;
      asked = await tx.memberships('telegram', '1001').then(
        () => 'answered',
        () => 'refused',
      );
      await tx.saveConversation(chat, 'sari', { focus: caseId(1), asking: null });
    });
    const over = expect(work).rejects.toSatisfy(isTransient);
    await begun;
    expect(line.cut(how)).toBeGreaterThan(0);
    await pause(20);
    go();
    await over;
    await expect.poll(() => asked).toBe('refused');
    expect(await ask()).toMatchObject({ focus: null });
  },
);

test('a transaction that goes on after the error of its lost connection saves nothing, whatever it answers', async () => {
  const work = store.transaction(async (tx) => {
    await tx.conversation(chat, 'sari');
    const slow = Promise.allSettled([tx.memberships('telegram', '1001'), tx.office(office.id), tx.sopsOf(office.id)]);
    line.cut('reset');
    await slow;
    await tx.saveConversation(chat, 'sari', { focus: caseId(1), asking: null }).catch(() => undefined);
    return 'saved';
  });
  await expect(work).rejects.toSatisfy(isTransient);
  expect(await ask()).toMatchObject({ focus: null });
});

test('what was read in one round trip when the connection broke is refused, and the connection is not given to anybody else', async () => {
  for (const how of ['reset', 'end'] as const) {
    const reads = Array.from({ length: 12 }, () => store.readCase(caseId(1)));
    await pause(1);
    line.cut(how);
    for (const read of await Promise.allSettled(reads)) {
      if (read.status === 'rejected') expect(read.reason).toSatisfy(isTransient);
    }
    expect(await Promise.all(Array.from({ length: 12 }, () => store.readCase(caseId(1))))).toEqual(Array.from({ length: 12 }, () => null));
  }
});

test('all connections broken at once, again and again, while statements, pipelines and large parameters are on their way', async () => {
  const kept = new Set<string>();
  const refused = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const doing = Array.from({ length: 24 }, async (_, n) => {
      const lane = `${round}/${n}`;
      for (let again = 0; again < 3; again += 1) {
        const one = `${lane}/${again}`;
        try {
          if (n % 4 === 0) await store.readCase(caseId(n));
          else if (n % 4 === 1)
            await store.transaction(async (tx) =>
              Promise.all([tx.office(office.id), tx.memberships('telegram', '1002'), tx.sopsOf(office.id)]),
            );
          else {
            await store.receive([arrival(one, n % 4 === 2 ? 300_000 : 10)], NOW);
            kept.add(one);
          }
        } catch (error) {
          refused.add(one);
          expect(error).toSatisfy(isTransient);
        }
      }
    });
    await pause(round % 7);
    line.cut(round % 2 === 0 ? 'reset' : 'end');
    await Promise.all(doing);
    // At once, on every connection there is.
    await Promise.all(Array.from({ length: 12 }, () => store.claimPost('nobody', NOW)));
  }
  expect(refused.size).toBeGreaterThan(0);
  const there = await lanes();
  expect(new Set(there).size).toBe(there.length);
  for (const lane of kept) expect(there).toContain(lane);
}, 60_000);

describe('a connection that has fallen silent, though nothing has closed it,', () => {
  const SILENT_MAX_MS = 4_000;

  test('is given up: whoever waits is refused, and the next statement finds another', async () => {
    const patient = await openStore({ url: line.url, chance: seeded(1), max: 2, silentMaxMs: SILENT_MAX_MS });
    try {
      const asking = () => patient.transaction((tx) => tx.conversation(chat, 'sari'));
      const read = () => patient.readCase(caseId(1));
      await Promise.all([asking(), read()]);
      expect(line.cut('silence')).toBeGreaterThan(0);
      for (const one of await Promise.allSettled([asking(), read()])) {
        expect(one.status).toBe('rejected');
        if (one.status === 'rejected') expect(one.reason).toSatisfy(isTransient);
      }
      // Others that nobody was using are found out one by one.
      const served = () =>
        Promise.all([asking(), read()]).then(
          () => true,
          () => false,
        );
      await expect.poll(served, { timeout: 40_000 }).toBe(true);
    } finally {
      await patient.close();
    }
  });

  test('is not one on which answers come, one after another', async () => {
    const lost: string[] = [];
    const busy = openLine(database.url, { onLost: () => void lost.push('lost'), silentMaxMs: SILENT_MAX_MS });
    const naps = Array.from({ length: 6 }, () => busy.run(sql`select pg_sleep(0.8)`));
    await Promise.all(naps);
    expect(busy.lost()).toBeNull();
    await busy.end();
    expect(lost).toEqual(['lost']);
  });

  test('takes its lock with it, and whoever held it hears of that', async () => {
    const held = await holdLock(line.url, 'bisu', SILENT_MAX_MS);
    expect(held?.lost.aborted).toBe(false);
    line.cut('silence');
    await expect.poll(() => held?.lost.aborted, { timeout: 40_000 }).toBe(true);
    await held?.release();
  });
});
