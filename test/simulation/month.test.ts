// A virtual month with outages, small enough for every run of the tests; `npm run proof:month` runs one of 500 cases for each SOP.
import { expect, test } from 'vitest';
import { MEDSOS } from '../support/sample-office.ts';
import { simulateMonth } from './month.ts';
import { SOPS, type SopId } from './worlds.ts';

const SEED = Number(process.env['ALUR_SEED'] ?? 1);
/** Of an SOP that gives no times nothing is ever late. */
const TIMELESS: SopId = 'kalteng-disdagperin-pengumuman';

test.each(SOPS)(
  'in a month of %s with outages every rung is told once, none early, none after the decision, and each outage in one digest',
  async (sop) => {
    const month = await simulateMonth(SEED, sop === MEDSOS ? 60 : 25, sop);
    const { faults, ...counts } = month;
    process.stdout.write(`month: ${JSON.stringify(counts)}\n`);
    expect(faults).toEqual([]);
    expect(month.published).toBeGreaterThan(month.cases / 2);
    if (sop === TIMELESS) return expect(month.stays + month.rungs + month.said).toBe(0);
    // Not an idle month: every way of telling has been gone.
    for (const n of [month.said, month.silent + month.digested, month.digests, month.daily]) expect(n).toBeGreaterThan(0);
    expect(month.rungs).toBeGreaterThan(month.cases);
  },
  60_000,
);

test('the same seed gives the same month', async () => {
  expect(await simulateMonth(5, 8)).toEqual(await simulateMonth(5, 8));
});
