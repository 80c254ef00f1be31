import { describe, expect, test } from 'vitest';
import { atOnce } from '../../queues/at-once.ts';

const quiet = { warn: () => undefined };

function gate() {
  let open: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, wait };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work done at once', () => {
  test('one run for a key at a time, and once more for whatever came meanwhile', async () => {
    const first = gate();
    const runs: string[] = [];
    const now = atOnce({
      limit: 4,
      failed: () => undefined,
      log: quiet,
      work: async (key) => {
        runs.push(key);
        if (runs.length === 1) await first.wait;
      },
    });
    expect(now.run('a')).toBe(true);
    expect(now.run('a')).toBe(true);
    expect(now.run('a')).toBe(true);
    await turn();
    expect(runs).toEqual(['a']);
    first.open();
    await turn();
    expect(runs).toEqual(['a', 'a']);
    expect(now.run('a')).toBe(true);
    await turn();
    expect(runs).toHaveLength(3);
  });

  test('what does not fit is left to the queue', async () => {
    const held = gate();
    const now = atOnce({ limit: 2, failed: () => undefined, log: quiet, work: () => held.wait });
    expect([now.run('a'), now.run('b'), now.run('c')]).toEqual([true, true, false]);
    held.open();
    await turn();
    expect(now.run('c')).toBe(true);
  });

  test('some more wait in line, each once and in the order of their coming', async () => {
    const held = gate();
    const runs: string[] = [];
    const now = atOnce({
      limit: 1,
      line: 2,
      failed: () => undefined,
      log: quiet,
      work: async (key) => {
        runs.push(key);
        await held.wait;
      },
    });
    expect(['a', 'b', 'c', 'b', 'd'].map((key) => now.run(key))).toEqual([true, true, true, true, false]);
    expect(['a', 'c', 'd'].map((key) => now.holds(key))).toEqual(['running', 'in-line', null]);
    held.open();
    await turn();
    await turn();
    expect(runs).toEqual(['a', 'b', 'c']);
    expect(now.holds('a')).toBeNull();
  });

  test('a stop forgets the line: the rows know of it', async () => {
    const held = gate();
    const runs: string[] = [];
    const now = atOnce({
      limit: 1,
      line: 5,
      failed: (key) => runs.push(`failed ${key}`),
      log: quiet,
      work: (key) => {
        runs.push(key);
        return held.wait;
      },
    });
    now.run('a');
    now.run('b');
    const stopped = now.stop(5_000);
    held.open();
    await stopped;
    await turn();
    expect(runs).toEqual(['a']);
  });

  test('what failed goes the ordinary way, and the key is free again', async () => {
    const failed: string[] = [];
    const now = atOnce({
      limit: 1,
      failed: (key) => failed.push(key),
      log: quiet,
      work: async () => {
        throw new Error('the database was away');
      },
    });
    now.run('a');
    await turn();
    expect(failed).toEqual(['a']);
    expect(now.run('a')).toBe(true);
  });

  test('a stop takes nothing new, waits for what runs, and hands on what was wanted again', async () => {
    const held = gate();
    const failed: string[] = [];
    const now = atOnce({ limit: 4, failed: (key) => failed.push(key), log: quiet, work: () => held.wait });
    now.run('a');
    now.run('a');
    const stopped = now.stop(5_000);
    expect(now.run('b')).toBe(false);
    held.open();
    await stopped;
    expect(failed).toEqual(['a']);
  });

  test('a stop does not wait for ever', async () => {
    const now = atOnce({ limit: 4, failed: () => undefined, log: quiet, work: () => new Promise(() => undefined) });
    now.run('a');
    await now.stop(20);
    expect(now.run('a')).toBe(false);
  });
});
