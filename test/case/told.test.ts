import { expect, test } from 'vitest';
import { holderIds, ladderNotices, othersToldOf } from '../../src/case/told.ts';
import { caseOf, factsAt, history, TO_END } from '../support/rules.ts';

test('of a case that is over nobody holds anything, and nobody is told', () => {
  const over = caseOf(history(TO_END));
  expect(holderIds(over, factsAt())).toEqual([]);
  expect(othersToldOf(over, ['overdue', 'escalate-1'], factsAt())).toEqual([]);
  expect(ladderNotices(over, ['overdue'], factsAt())).toEqual([]);
});
