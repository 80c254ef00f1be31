// How often this process has failed at something, in a memory that has an end.
import { expect, test } from 'vitest';
import { failures } from '../../queues/failures.ts';

test('what is its own fault is counted beside all that went wrong with it', () => {
  const counted = failures();
  expect(counted.note('a', true)).toEqual({ own: 1, all: 1 });
  expect(counted.note('a', false)).toEqual({ own: 1, all: 2 });
  expect(counted.note('b', false)).toEqual({ own: 0, all: 1 });
  expect(counted.note('a', true)).toEqual({ own: 2, all: 3 });
});

test('what is over is forgotten, and of too many the one that failed longest ago', () => {
  const counted = failures(2);
  counted.note('a', true);
  counted.note('b', true);
  counted.note('a', true);
  counted.note('c', true);
  expect(counted.note('a', true).own).toBe(3);
  counted.forget('a');
  expect(counted.note('a', true).own).toBe(1);
  expect(counted.note('b', true).own).toBe(1);
});
