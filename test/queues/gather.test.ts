// Jobs added together are sent together, in an order in which no two senders can wait for each other.
import type { JobsOptions } from 'bullmq';
import { expect, test } from 'vitest';
import { gathering } from '../../queues/gather.ts';

const LATER = 3_600_000;
const about = (id: string, delay = LATER): JobsOptions => ({ delay, deduplication: { id } });

function recording(fail = false) {
  const sent: string[][] = [];
  const end = (ids: string[]): Promise<unknown> => {
    sent.push(ids);
    return fail ? Promise.reject(new Error('away')) : Promise.resolve();
  };
  const queue = {
    add: (_name: string, data: unknown) => end([String(data)]),
    addBulk: (jobs: { data: unknown }[]) => end(jobs.map(({ data }) => String(data))),
  };
  return { sent, add: gathering(queue) };
}

test('what is added for later in one breath is one statement, sorted by key, equal keys in the order in which they came', async () => {
  const { sent, add } = recording();
  await Promise.all([add('wake', 'b1', about('b')), add('wake', 'a1', about('a')), add('wake', 'b2', about('b'))]);
  expect(sent).toEqual([['a1', 'b1', 'b2']]);
});

test('what is added later is a statement of its own', async () => {
  const { sent, add } = recording();
  await add('wake', 'a', about('a'));
  await add('wake', 'b', about('b'));
  expect(sent).toEqual([['a'], ['b']]);
});

test('when the statement fails, everybody who added to it hears of it', async () => {
  const { add } = recording(true);
  const ended = await Promise.allSettled([add('wake', 'a', about('a')), add('wake', 'b', about('b'))]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('what is due now or soon goes alone and at once', async () => {
  const { sent, add } = recording();
  await Promise.all([add('hear', 'b', about('b', 0)), add('hear', 'a', about('a', 59_999))]);
  expect(sent).toEqual([['b'], ['a']]);
});
