import { describe, expect, test } from 'vitest';
import { pauses } from '../../queues/pauses.ts';

/** Pauses whose timers end when the test says so. */
function kept(limit = 10) {
  const timers: { work: () => void; ms: number; off: boolean }[] = [];
  const ended: string[] = [];
  const all = pauses({
    longestMs: 1_000,
    limit,
    ended: (key) => ended.push(key),
    later: (work, ms) => {
      const timer = { work, ms, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  });
  const ring = () => timers.splice(0).forEach(({ work, off }) => void (off || work()));
  return { all, timers, ended, ring };
}

describe('pauses kept in the process', () => {
  test('end once, at the earliest that was said', () => {
    const { all, timers, ended, ring } = kept();
    expect([all.set('a', 500), all.set('a', 900), all.set('a', 100)]).toEqual([true, true, true]);
    expect(timers.map(({ ms, off }) => [ms, off])).toEqual([
      [502, true],
      [102, false],
    ]);
    ring();
    expect(ended).toEqual(['a']);
    expect(all.set('a', 500)).toBe(true);
    ring();
    expect(ended).toEqual(['a', 'a']);
  });

  test('are for short ones and for so many; the rest is left to others', () => {
    const { all } = kept(2);
    expect([all.set('a', 1_001), all.set('a', 1_000), all.set('b', 1), all.set('c', 1), all.set('b', 0)]).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  test('are forgotten at a stop', () => {
    const { all, ended, ring } = kept();
    all.set('a', 1);
    all.stop();
    ring();
    expect(ended).toEqual([]);
    expect(all.set('b', 1)).toBe(false);
  });

  test('end in real time too', async () => {
    await new Promise<void>((resolve) => {
      pauses({ longestMs: 10, limit: 1, ended: () => resolve() }).set('a', 1);
    });
  });
});
