import { describe, expect, test, vi } from 'vitest';
import { createPace, TELEGRAM_LIMITS } from '../../bots/telegram/pace.ts';
import { TELEGRAM_LIMITS as PLATFORM_LIMITS, Pace as PlatformPace } from '../../web/simulator/limits.ts';

const START = 1_790_000_000_000;

describe('one chat', () => {
  test('a private chat takes a short burst and then about one a second', () => {
    const pace = createPace();
    for (let i = 0; i < TELEGRAM_LIMITS.private.burst; i += 1) {
      expect(pace.waitMs('1', 1, START)).toBe(0);
      pace.note('1', 1, START);
    }
    const wait = pace.waitMs('1', 1, START);
    expect(wait).toBeGreaterThan(1000);
    expect(wait).toBeLessThan(1100);
    expect(pace.waitMs('1', 1, START + wait)).toBe(0);
    expect(pace.waitMs('2', 1, START)).toBe(0);
  });

  test('every file of an album counts, and the debt is paid before the next message', () => {
    const pace = createPace();
    expect(pace.waitMs('1', 10, START)).toBe(0);
    pace.note('1', 10, START);
    expect(pace.waitMs('1', 1, START)).toBeGreaterThan(3000);
  });

  test('an edit counts less than a message', () => {
    const pace = createPace();
    for (let i = 0; i < TELEGRAM_LIMITS.private.burst / TELEGRAM_LIMITS.editWeight; i += 1) {
      expect(pace.waitMs('1', TELEGRAM_LIMITS.editWeight, START)).toBe(0);
      pace.note('1', TELEGRAM_LIMITS.editWeight, START);
    }
    expect(pace.waitMs('1', TELEGRAM_LIMITS.editWeight, START)).toBeGreaterThan(0);
  });
});

describe('what the platform asks for', () => {
  test('a pause is kept for its chat alone', () => {
    const pace = createPace();
    expect(pace.refused('1', 7000, START)).toEqual({ whole: false });
    expect(pace.waitMs('1', 1, START + 1000)).toBe(6000);
    expect(pace.waitMs('2', 1, START + 1000)).toBe(0);
    expect(pace.waitMs('1', 1, START + 7000)).toBe(0);
  });

  test('pauses for several chats at once are taken for the whole account', () => {
    const pace = createPace();
    expect(pace.refused('1', 7000, START).whole).toBe(false);
    expect(pace.refused('1', 7000, START + 1).whole).toBe(false);
    expect(pace.refused('2', 5000, START + 2).whole).toBe(false);
    expect(pace.refused('3', 5000, START + 3).whole).toBe(true);
    expect(pace.waitMs('4', 1, START + 1)).toBe(7000);
  });

  test('pauses that lie far apart are not added up', () => {
    const pace = createPace();
    for (const [index, chat] of ['1', '2', '3'].entries()) expect(pace.refused(chat, 1000, START + index * 20_000).whole).toBe(false);
  });
});

test('a clock that was set back holds nobody until the old time has come again', () => {
  const pace = createPace();
  pace.refused('1', 60_000, START);
  for (let i = 0; i < 100; i += 1) pace.waitMs(String(i), 1, START);
  const before = START - 3_600_000;
  expect(pace.waitMs('1', 1, before)).toBeLessThan(5000);
});

test('pauses asked for before the clock was set back are not added to those after it', () => {
  for (const asked of ['after a question', 'without one']) {
    const pace = createPace();
    pace.refused('1', 60_000, START);
    const before = START - 3_600_000;
    if (asked === 'after a question') pace.waitMs('4', 1, before);
    expect(pace.refused('2', 5000, before + 1)).toEqual({ whole: false });
    expect(pace.refused('3', 5000, before + 2)).toEqual({ whole: false });
    expect(pace.waitMs('4', 1, before + 3)).toBe(0);
  }
});

/** Sends as the delivery does: asks, waits as long as it was told, asks again. `delayOf`: how long a call takes to be heard. */
function deliver(chats: Map<string, number>, delayOf: (n: number) => number): { tookMs: number; refused: number; asked: number } {
  const pace = createPace();
  const platform = new PlatformPace(PLATFORM_LIMITS);
  const due: { chat: string; left: number; at: number }[] = [...chats].map(([chat, left]) => ({ chat, left, at: START }));
  const heardAt: { chat: string; at: number }[] = [];
  let asked = 0;
  let now = START;
  while (due.length > 0) {
    due.sort((a, b) => a.at - b.at);
    const next = due[0];
    if (next === undefined) break;
    now = Math.max(now, next.at);
    asked += 1;
    const wait = pace.waitMs(next.chat, 1, now);
    if (wait > 0) {
      next.at = now + wait;
      continue;
    }
    pace.note(next.chat, 1, now);
    heardAt.push({ chat: next.chat, at: now + delayOf(heardAt.length) });
    next.left -= 1;
    if (next.left === 0) due.shift();
  }
  heardAt.sort((a, b) => a.at - b.at);
  const refused = heardAt.filter(({ chat, at }) => platform.take(Number(chat), 1, at) > 0).length;
  return { tookMs: now - START, refused, asked };
}

describe('a burst', () => {
  const jitter = (n: number) => (n * 7919) % 120;

  test('to many people is through within 5 % of the least time, without a 429, and nobody asks in vain for long', () => {
    const chats = new Map(Array.from({ length: 600 }, (_, i) => [String(i + 1), 1]));
    const { tookMs, refused, asked } = deliver(chats, jitter);
    const least = ((600 - PLATFORM_LIMITS.overallPerSecond) / PLATFORM_LIMITS.overallPerSecond) * 1000;
    expect(refused).toBe(0);
    expect(tookMs).toBeLessThan(least * 1.05);
    expect(asked).toBeLessThan(600 * 2.2);
  });

  test('gives a place in the line for one message only: who writes more stands behind the others again', () => {
    const pace = createPace();
    for (let i = 0; i < TELEGRAM_LIMITS.overall.burst; i += 1) pace.note(`full-${i}`, 1, START);
    const first = pace.waitMs('1', 1, START);
    for (let i = 0; i < 10; i += 1) pace.waitMs(`next-${i}`, 1, START);
    expect(pace.waitMs('1', 1, START + first)).toBe(0);
    pace.note('1', 1, START + first);
    expect(pace.waitMs('1', 1, START + first)).toBeGreaterThan(pace.waitMs('next-9', 1, START + first));
  });

  test('of strangers leaves most of the pace to the others: a card goes out at once behind a thousand of them', () => {
    const pace = createPace();
    const gone: number[] = [];
    let due = Array.from({ length: 1000 }, (_, i) => ({ chat: `stranger-${i}`, at: START }));
    for (let now = START; now < START + 60_000; now += 10) {
      for (const one of due.filter(({ at }) => at <= now)) {
        const wait = pace.waitMs(one.chat, 1, now, true) || pace.waitMs(one.chat, 1, now);
        if (wait > 0) one.at = now + wait;
        else {
          pace.note(one.chat, 1, now);
          gone.push(now);
          due = due.filter((other) => other !== one);
        }
      }
      // Twenty cards a second for people who work.
      if (now % 50 === 0) {
        const chat = `staff-${now % 2000}`;
        expect(pace.waitMs(chat, 1, now)).toBe(0);
        pace.note(chat, 1, now);
      }
    }
    const { burst, perSecond } = TELEGRAM_LIMITS.strangers;
    expect(gone.length).toBeLessThanOrEqual(burst + perSecond * 60);
    expect(gone.length).toBeGreaterThan(perSecond * 60 * 0.95);
  });

  test('of more strangers than are remembered loses nobody his place', () => {
    const pace = createPace();
    for (let i = 0; i < TELEGRAM_LIMITS.strangers.burst; i += 1) {
      pace.waitMs(`first-${i}`, 1, START, true);
      pace.note(`first-${i}`, 1, START);
    }
    const waits = Array.from({ length: 10_500 }, (_, i) => pace.waitMs(`stranger-${i}`, 1, START, true));
    const later = 200_000;
    expect(pace.waitMs('newcomer', 1, START + later)).toBe(0);
    expect(pace.waitMs('stranger-10499', 1, START + later, true)).toBe((waits.at(-1) ?? 0) - later);
  });

  test('to more people than are remembered looks through those few times, however many come', () => {
    const looks = vi.spyOn(Map.prototype, Symbol.iterator);
    try {
      const pace = createPace();
      for (let i = 0; i < 10_300; i += 1) pace.waitMs(`${i}`, 1, START + Math.max(0, i - 10_000) * 40);
      // Twelve seconds beyond what is remembered.
      expect(looks.mock.calls.length).toBe(2);
    } finally {
      looks.mockRestore();
    }
  });

  test('to a few people and a group stays within the limits of each', () => {
    const { refused, tookMs } = deliver(new Map([...['1', '2', '3'].map((id) => [id, 60] as const), ['-100', 40]]), jitter);
    expect(refused).toBe(0);
    expect(tookMs).toBeLessThan(((40 - PLATFORM_LIMITS.groupPerMinute + 3) / PLATFORM_LIMITS.groupPerMinute) * 60_000 * 1.05);
  });
});
