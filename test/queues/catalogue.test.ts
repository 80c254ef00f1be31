// When two jobs are the same job, and that no id can be one that BullMQ refuses.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue, jobKey, jobOptions, QUEUE_NAMES } from '../../queues/catalogue.ts';

test('the catalogue lists every queue once', () => {
  expect([...QUEUE_NAMES].sort()).toEqual(Object.keys(catalogue).sort());
});

test('keys hold no colon and are never all digits, and different things have different keys', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      const key = jobKey('hear', { lane: one });
      expect(key).not.toContain(':');
      expect(key).not.toMatch(/^\d+$/);
      expect(key === jobKey('hear', { lane: other })).toBe(one === other);
    }),
  );
});

test('the same payload has the same key in every run, and another identity for the jobs of each run', () => {
  const options = (instance: string) => jobOptions('wake', { timer: '7' }, {}, instance).deduplication.id;
  expect(jobKey('wake', { timer: '7' })).toBe('wake-Nw');
  expect(options('a')).toBe('a-wake-Nw');
  expect(options('b')).not.toBe(options('a'));
});

test('a delay that is over is none, and part of a millisecond is a whole one', () => {
  const delay = (delayMs: number) => jobOptions('wake', { timer: '7' }, { delayMs }, 'a').delay;
  expect([delay(-5), delay(0), delay(0.2), delay(10)]).toEqual([0, 0, 1, 10]);
});

test('a chat on the second channel is not the same chat', () => {
  expect(jobKey('deliver', { channel: 'telegram', chat: '1' })).not.toBe(jobKey('deliver', { channel: 'whatsapp', chat: '1' }));
});
