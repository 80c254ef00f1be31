import { describe, expect, test } from 'vitest';
import { type AlarmClockDeps, alarmClock } from '../../queues/alarm-clock.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const settle = async () => {
  for (let n = 0; n < 5; n += 1) await turn();
};

/** Rows with their instants, a clock that is set by hand and a sleep that ends by hand. */
function world(rows: Record<string, number>, wake?: (timer: string, told: () => void) => Promise<void>) {
  const waiting = new Map(Object.entries(rows));
  const told: string[] = [];
  const failed: string[] = [];
  const slept: number[] = [];
  let now = 0;
  let looks = 0;
  let awake: (() => void) | null = null;
  const tell = (timer: string) => {
    waiting.delete(timer);
    told.push(timer);
  };
  const deps: AlarmClockDeps = {
    store: {
      dueTimers: async (until, limit) => {
        looks += 1;
        return [...waiting]
          .filter(([, at]) => at <= until)
          .map(([timer]) => timer)
          .slice(0, limit);
      },
    },
    clock: { now: () => now },
    wake: wake ? (timer) => wake(timer, () => tell(timer)) : async (timer) => tell(timer),
    failed: (timer) => failed.push(timer),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    later: (work, ms) => {
      slept.push(ms);
      awake = work;
      return () => {
        if (awake === work) awake = null;
      };
    },
  };
  const alarms = alarmClock(deps);
  return {
    alarms,
    told,
    failed,
    slept,
    looks: () => looks,
    async pass(to: number) {
      now = to;
      awake?.();
      await settle();
    },
  };
}

describe('the alarm clock', () => {
  test('a timer is told when its instant has come, and not before', async () => {
    const { alarms, told, slept, pass } = world({ a: 1_000 });
    alarms.set(1_000);
    expect(slept).toEqual([1_000]);
    await pass(999);
    expect(told).toEqual([]);
    await pass(1_000);
    expect(told).toEqual(['a']);
  });

  test('the nearest of several comes first, whatever the order they were named in', async () => {
    const { alarms, told, pass } = world({ late: 3_000, soon: 1_000, middle: 2_000 });
    for (const at of [3_000, 1_000, 2_000, 1_000]) alarms.set(at);
    await pass(1_000);
    expect(told).toEqual(['soon']);
    await pass(2_000);
    expect(told).toEqual(['soon', 'middle']);
    await pass(3_000);
    expect(told).toEqual(['soon', 'middle', 'late']);
  });

  test('a burst is told to its end in one go', async () => {
    const rows = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`t${n}`, 10]));
    const { alarms, told, pass } = world(rows);
    alarms.set(10);
    await pass(10);
    for (let n = 0; n < 2_000 && told.length < 1_000; n += 1) await turn();
    expect(new Set(told).size).toBe(1_000);
    expect(told).toHaveLength(1_000);
  });

  test('one that fails goes the ordinary way, once, and holds up nobody', async () => {
    const { alarms, told, failed, looks, pass } = world({ bad: 1, good: 2 }, async (timer, tell) => {
      if (timer === 'bad') throw new Error('no');
      tell();
    });
    alarms.set(1);
    await pass(5);
    expect(told).toEqual(['good']);
    expect(failed).toEqual(['bad']);
    expect(looks()).toBe(2);
  });

  test('a row that stays due for some reason is not tried again and again', async () => {
    const { alarms, failed, looks, pass } = world({ stuck: 1 }, async () => undefined);
    alarms.set(1);
    await pass(1);
    expect(looks()).toBe(2);
    expect(failed).toEqual([]);
  });

  test('rung during a round it looks once more after it', async () => {
    const held: (() => void)[] = [];
    const { alarms, told, pass } = world({ a: 1, b: 5 }, async (timer, tell) => {
      if (timer === 'a') await new Promise<void>((resolve) => held.push(resolve));
      tell();
    });
    alarms.set(1);
    await pass(1);
    await pass(5);
    expect(alarms.ring()).toBe(true);
    held[0]?.();
    await settle();
    await settle();
    expect(told.sort()).toEqual(['a', 'b']);
  });

  test('stopped it begins nothing, and says so', async () => {
    const { alarms, told, pass } = world({ a: 1 });
    alarms.set(1);
    await alarms.stop(100);
    await pass(2);
    expect(told).toEqual([]);
    expect(alarms.ring()).toBe(false);
  });

  test('however many are named, only the nearest are kept', async () => {
    const rows = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`t${n}`, 1_000 + n]));
    const { alarms, told, pass } = world(rows);
    for (let n = 499; n >= 0; n -= 1) alarms.set(1_000 + n);
    await pass(1_000);
    expect(told).toEqual(['t0']);
  });
});
