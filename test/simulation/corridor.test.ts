// The corridor under faults: many seeds, all invariants, and a count of what was let in.
import { describe, expect, it } from 'vitest';
import { ALL_WAYS } from './gone-through.ts';
import { type Simulated, simulate } from './simulate.ts';
import { SOPS } from './worlds.ts';

/** Of all five SOPs. More than 500,000 places where a crash could have struck, 128 crashes in each. */
const SEEDS = 220;
const FIRST = Number(process.env['ALUR_SEED'] ?? 1);

describe('the corridor under crashes, redelivery, two instances, double and stale taps, lost answers, a clock that jumps, deputies, and changing people and calendars', () => {
  it('loses nothing, doubles nothing and comes to its end, whatever the seed', async () => {
    const runs: Simulated[] = [];
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      runs.push(await simulate(seed));
    }
    const sum = (of: (run: Simulated) => number) => runs.reduce((total, run) => total + of(run), 0);
    const counts = {
      crashPoints: sum((run) => run.crashPoints),
      crashes: sum((run) => run.crashes),
      outages: sum((run) => run.outages),
      late: sum((run) => run.late),
      downs: sum((run) => run.downs),
      pairs: sum((run) => run.pairs),
      published: sum((run) => run.published),
      kept: sum((run) => run.kept),
    };
    process.stdout.write(`simulation: seeds ${FIRST}–${FIRST + SEEDS - 1}, ${JSON.stringify(counts)}\n`);
    expect(runs.filter(({ faults }) => faults.length > 0).map(({ seed, faults }) => ({ seed, faults }))).toEqual([]);
    expect(counts.crashPoints).toBeGreaterThanOrEqual(500_000);
    expect(counts.crashes).toBeGreaterThanOrEqual(20_000);
    // Not an idle run: every fault strikes, and cases really come through.
    expect(Math.min(counts.outages, counts.late, counts.pairs)).toBeGreaterThanOrEqual(SEEDS);
    expect(counts.published).toBeGreaterThanOrEqual(SEEDS / 2);
    expect(Math.min(counts.downs, counts.kept)).toBeGreaterThanOrEqual(SEEDS);
    // Each SOP, and each way that one of them has.
    for (const sop of SOPS)
      expect(
        sum((run) => (run.sop === sop ? run.published : 0)),
        sop,
      ).toBeGreaterThan(0);
    expect(ALL_WAYS.filter((way) => !runs.some(({ ways }) => ways.includes(way)))).toEqual([]);
  }, 400_000);

  it('runs the same way again from the same seed, to the byte', async () => {
    const once = await simulate(7);
    const again = await simulate(7);
    expect(again.trace).toBe(once.trace);
    expect(once.trace).not.toBe((await simulate(8)).trace);
  }, 60_000);
});
