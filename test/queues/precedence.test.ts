import { describe, expect, test, vi } from 'vitest';
import { precedence } from '../../queues/precedence.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function held() {
  let end: () => void = () => undefined;
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, work };
}

describe('who goes first', () => {
  test('others begin at once when nobody does, and wait until the last of them is done', async () => {
    const order: string[] = [];
    const door = precedence(60_000);
    await door.clear();
    const [one, two] = [held(), held()];
    const running = [door.first(() => one.work), door.first(() => two.work)];
    const waiting = door.clear().then(() => order.push('other'));
    one.end();
    await turn();
    order.push('one is done');
    two.end();
    await Promise.all([...running, waiting]);
    expect(order).toEqual(['one is done', 'other']);
  });

  test('work that fails holds nobody up', async () => {
    const door = precedence(60_000);
    await expect(door.first(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await door.clear();
  });

  test('nobody waits longer than his patience, however many go first', async () => {
    vi.useFakeTimers();
    try {
      const door = precedence(300);
      void door.first(() => new Promise(() => undefined));
      let through = false;
      const waiting = door.clear().then(() => {
        through = true;
      });
      await vi.advanceTimersByTimeAsync(299);
      expect(through).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await waiting;
      expect(through).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
