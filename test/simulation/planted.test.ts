// A simulation is known to see only when it finds what was put there to be found. All planted faults: npm run proof:planted-simulation.
import { expect, test } from 'vitest';
import { findPlanted, misplaced } from './plant.ts';
import { PLANTED } from './planted.ts';

const SEEDS = 12;
const EASY = [
  'a post is ended before the work',
  'the answers are written after the commit',
  'a file that came twice counts twice',
  'a delivery is settled before it is performed',
  'a card is never brought up to date',
];

test('every planted fault still has its place in the sources', async () => {
  expect((await Promise.all(PLANTED.map(misplaced))).flat()).toEqual([]);
});

test('without a planted fault the copy holds', async () => {
  expect(await findPlanted(null, SEEDS)).toEqual({ seed: null });
}, 300_000);

test.each(EASY)(
  `the simulation finds within ${SEEDS} seeds that %s`,
  async (name) => {
    const planted = PLANTED.find((one) => one.name === name);
    if (!planted) throw new Error(`no fault '${name}'`);
    const { seed, broken } = await findPlanted(planted, SEEDS);
    expect(seed, broken).not.toBeNull();
  },
  300_000,
);
