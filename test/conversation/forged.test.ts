import { expect, test } from 'vitest';
import { firstTaken } from '../support/forge-buttons.ts';

test('of 20,000 forged, foreign and changed buttons none is taken for ours, and every one of ours is (seed 64)', () => {
  const { taken, kinds } = firstTaken(64, 20_000);
  expect(taken).toBeNull();
  expect(kinds.size).toBe(16);
});
