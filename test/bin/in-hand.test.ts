// A file is fetched once at a time, however often it is found waiting.
import { expect, test } from 'vitest';
import { inHand } from '../../bin/service/in-hand.ts';
import { atOnce } from '../../queues/at-once.ts';

const START = 1_790_000_000_000;

function files(limit = 3) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const clock = { time: START, now: () => clock.time };
  const running = atOnce({
    limit,
    work: (media) => {
      begun.push(media);
      return new Promise((resolve) => ends.set(media, resolve));
    },
    failed: () => undefined,
    log: { warn: () => undefined },
  });
  const end = async (media: string): Promise<void> => {
    ends.get(media)?.();
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  return { take: inHand(running, clock), running, begun, clock, end };
}

test('a file that is still coming is found waiting at every round, and fetched once', async () => {
  const { take, begun, clock, end, running } = files();
  expect(take('m')).toBe(true);
  for (const after of [3_000, 6_000, 130_000]) {
    clock.time = START + after;
    expect(take('m')).toBe(true);
  }
  await end('m');
  expect(begun).toEqual(['m']);
  expect(running.holds('m')).toBeNull();
});

test('one that did not come goes on through its queue, and is begun anew here after two minutes', async () => {
  const { take, begun, clock, end } = files();
  take('m');
  await end('m');
  clock.time = START + 119_999;
  expect(take('m')).toBe(false);
  clock.time = START + 120_000;
  expect(take('m')).toBe(true);
  expect(begun).toEqual(['m', 'm']);
});

test('without room it takes its way through the queue, and is begun here as soon as there is some', async () => {
  const { take, begun, end } = files(1);
  expect([take('a'), take('b')]).toEqual([true, false]);
  await end('a');
  expect(take('b')).toBe(true);
  expect(begun).toEqual(['a', 'b']);
});

test('a clock that was set back keeps no file waiting', async () => {
  const { take, clock, end } = files();
  take('m');
  await end('m');
  clock.time = START - 3_600_000;
  expect(take('m')).toBe(true);
});
