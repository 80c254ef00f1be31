// Connections that break under the store's hands: whoever waits hears of it, nothing is thrown where nobody could catch it, nothing runs
// afterwards that was refused, and the next statement finds a sound connection.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const rows = await sql<{ lane: string }[]>`select lane from inbox order by id`;
  await sql.end();
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
