// Random tamperings with chains in memory, and a long history in a real database verified from end to end, timed, with the memory it took.
// npm run proof:audit -- [--tamperings 10000] [--rows 1000000] [--seed N]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { openStore } from '../../db/store.ts';
import { type ChainHead, GENESIS } from '../../src/audit/chain.ts';
import { NOW, office, sop } from '../support/case-world.ts';
import { freshDatabase } from '../support/database.ts';
import { firstMissed, headOf } from '../support/find-tampering.ts';
import setup from '../support/postgres-once.ts';
import { seeded } from '../support/seeded.ts';
import { hashed, honestChain } from '../support/tamper.ts';
import { appendHistory, disarm } from '../support/tamper-table.ts';

const { values } = parseArgs({
  options: { tamperings: { type: 'string', default: '10000' }, rows: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
});
const [tamperings, rows] = [Number(values.tamperings), Number(values.rows)];
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
if (![tamperings, rows, seed].every((n) => Number.isSafeInteger(n) && n >= 0)) {
  console.error('--tamperings, --rows and --seed are whole numbers');
  process.exit(2);
}

console.log(`seed ${seed}`);
const { missed, kinds } = firstMissed(seed, tamperings);
console.log(
  missed === null ? `${tamperings} tamperings of ${kinds.size} kinds: each found, no honest history called false` : `MISSED ${missed}`,
);

async function longHistory(): Promise<boolean> {
  const database = await freshDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const chance = seeded(seed);
  const store = await openStore({ url: database.url, chance, max: 2 });
  try {
    await store.applyOffice(office, [sop], NOW);
    await disarm(sql);
    let head: ChainHead = GENESIS;
    const began = performance.now();
    while (head.seq < rows) {
      const from = head;
      const bare = honestChain(chance, office.id, Math.min(5_000, rows - from.seq)).map((entry) => ({
        ...entry,
        seq: from.seq + entry.seq,
      }));
      const part = hashed(bare, from.hash);
      await appendHistory(sql, part);
      head = headOf(part);
    }
    await sql`update chain_heads set seq = ${head.seq}, hash = ${head.hash} where office = ${office.id}`;
    await sql.unsafe('analyze events');
    console.log(`${rows} entries written in ${Math.round((performance.now() - began) / 1000)} s`);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 100);
    const started = performance.now();
    const verdict = await store.verifyAudit([{ ...head, office: office.id }]);
    const seconds = (performance.now() - started) / 1000;
    clearInterval(watch);
    console.log(`verified in ${seconds.toFixed(1)} s, at most ${Math.round(peak / 1e6)} MB: ${JSON.stringify(verdict)}`);
    return verdict.ok && verdict.entries === rows;
  } finally {
    await store.close();
    await sql.end();
    await database.close();
  }
}

const stop = rows > 0 ? await setup() : () => Promise.resolve();
const whole = rows === 0 || (await longHistory());
await stop();
process.exit(missed === null && whole ? 0 : 1);
