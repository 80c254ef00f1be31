// A virtual month with outages, small enough for every run of the tests; `npm run proof:month` runs one of 500 cases.
import { expect, test } from 'vitest';
import { simulateMonth } from './month.ts';

test('in a month with outages every rung is told once, none early, none after the decision, and each outage in one digest', async () => {
  const month = await simulateMonth(Number(process.env['ALUR_SEED'] ?? 1), 60);
  const { faults, ...counts } = month;
  process.stdout.write(`month: ${JSON.stringify(counts)}\n`);
  expect(faults).toEqual([]);
  // Not an idle month: every way of telling has been gone.
  for (const n of [month.said, month.silent + month.digested, month.digests, month.daily]) expect(n).toBeGreaterThan(0);
  expect(month.rungs).toBeGreaterThan(60);
}, 60_000);

test('the same seed gives the same month', async () => {
  expect(await simulateMonth(5, 8)).toEqual(await simulateMonth(5, 8));
});
