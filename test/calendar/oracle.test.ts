import { expect, test } from 'vitest';
import { firstDifference } from '../support/oracle-agreement.ts';

test('5,000 random cases in random offices agree with walking from minute to minute', () => {
  expect(firstDifference(3, 5000)).toBeNull();
});
