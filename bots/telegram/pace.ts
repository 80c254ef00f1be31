// How fast may be written to whom: buckets of messages that fill again, with time as a value. It never waits, it says how long to.
import type { Instant } from '../../src/time.ts';

/** A bucket of messages: so many at once, and so many more with every second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export interface PaceLimits {
  overall: Rate;
  private: Rate;
  group: Rate;
  /** What a change of a standing message counts, beside a new one. */
  editWeight: number;
}

// A little below Telegram's published figures (bots FAQ: 1 a second in a chat with short bursts, 20 a minute in a group, 30 a
// second in all), because calls do not take equally long to arrive: two sent a second apart may be heard closer together.
const MARGIN = 0.98;
export const TELEGRAM_LIMITS: PaceLimits = {
  overall: { burst: 25, perSecond: 30 * MARGIN },
  private: { burst: 8, perSecond: 1 * MARGIN },
  group: { burst: 18, perSecond: (20 / 60) * MARGIN },
  editWeight: 0.25,
};

export interface Pace {
  /** Milliseconds until this may go to the chat; 0: now. A chat that has to wait for the account keeps its place in the line. */
  waitMs(chat: string, weight: number, now: Instant): number;
  /** It goes out now. */
  note(chat: string, weight: number, now: Instant): void;
  /** The platform asked for a pause. Answers whether it is now taken to hold for the whole account. */
  refused(chat: string, afterMs: number, now: Instant): { whole: boolean };
}

interface Bucket {
  level: number;
  at: Instant;
}

interface ChatPace {
  bucket: Bucket;
  heldUntil: Instant;
  /** Its place in the line for the account's bucket. */
  slot: Instant | null;
  usedAt: Instant;
}

// The platform does not say whether a 429 is meant for the chat or the account: three chats at once are taken for the account.
const WHOLE_FROM_CHATS = 3;
const WHOLE_WITHIN_MS = 10_000;
const CHATS_KEPT = 10_000;
// Longer than any bucket needs to be full again after an album.
const IDLE_MS = 120_000;
const CLOCK_BACK_MS = 1000;

export function isGroup(chat: string): boolean {
  return chat.startsWith('-') || chat.startsWith('@');
}

export function createPace(limits: PaceLimits = TELEGRAM_LIMITS): Pace {
  const chats = new Map<string, ChatPace>();
  const overall: Bucket = { level: limits.overall.burst, at: 0 };
  const refusals: { chat: string; at: Instant; until: Instant }[] = [];
  let heldUntil: Instant = 0;
  let lineEnd: Instant = 0;
  let latest: Instant = 0;

  const rateOf = (id: string): Rate => (isGroup(id) ? limits.group : limits.private);

  function paceOf(id: string, now: Instant): ChatPace {
    const known = chats.get(id);
    if (known) {
      known.usedAt = now;
      return known;
    }
    if (chats.size >= CHATS_KEPT) forgetIdle(now);
    const fresh: ChatPace = { bucket: { level: rateOf(id).burst, at: now }, heldUntil: 0, slot: null, usedAt: now };
    chats.set(id, fresh);
    return fresh;
  }

  function forgetIdle(now: Instant): void {
    for (const [id, chat] of chats) {
      if (chat.usedAt + IDLE_MS <= now && chat.heldUntil <= now) chats.delete(id);
    }
  }

  /** The account's bucket: whoever finds it empty gets a place in a line that moves at the account's rate, so nobody asks in vain. */
  function overallWait(chat: ChatPace, weight: number, now: Instant): number {
    const wait = waitFor(overall, limits.overall, weight, now);
    if (chat.slot !== null && chat.slot <= now) return wait;
    if (chat.slot === null) {
      if (wait === 0 && lineEnd <= now) return 0;
      chat.slot = Math.max(lineEnd, now) + (1000 / limits.overall.perSecond) * weight;
      lineEnd = chat.slot;
    }
    return Math.max(wait, chat.slot - now);
  }

  /** A clock that was set back must not hold anybody until the old time has come again. */
  function heedClock(now: Instant): void {
    if (now < latest - CLOCK_BACK_MS) {
      lineEnd = now;
      heldUntil = 0;
      chats.clear();
    }
    latest = now;
  }

  return {
    waitMs(id, weight, now) {
      heedClock(now);
      const chat = paceOf(id, now);
      const held = Math.max(heldUntil, chat.heldUntil) - now;
      const own = waitFor(chat.bucket, rateOf(id), weight, now);
      // Its own limit first: a chat that must wait anyway takes no place in the line from others.
      const wait = Math.max(held, own);
      return Math.ceil(wait > 0 ? wait : overallWait(chat, weight, now));
    },
    note(id, weight, now) {
      const chat = paceOf(id, now);
      take(chat.bucket, rateOf(id), weight, now);
      take(overall, limits.overall, weight, now);
      chat.slot = null;
    },
    refused(id, afterMs, now) {
      const chat = paceOf(id, now);
      chat.heldUntil = Math.max(chat.heldUntil, now + afterMs);
      refusals.push({ chat: id, at: now, until: now + afterMs });
      while ((refusals[0]?.at ?? now) + WHOLE_WITHIN_MS < now) refusals.shift();
      const whole = new Set(refusals.map((refusal) => refusal.chat)).size >= WHOLE_FROM_CHATS;
      if (whole) heldUntil = Math.max(heldUntil, ...refusals.map((refusal) => refusal.until));
      return { whole };
    },
  };
}

function fill(bucket: Bucket, rate: Rate, now: Instant): void {
  // A clock that was set back has passed no time.
  const seconds = Math.max(0, now - bucket.at) / 1000;
  bucket.level = Math.min(rate.burst, bucket.level + seconds * rate.perSecond);
  bucket.at = now;
}

function take(bucket: Bucket, rate: Rate, weight: number, now: Instant): void {
  fill(bucket, rate, now);
  bucket.level -= weight;
}

/** Milliseconds until the bucket holds one message. An album may be more than it ever holds: it goes, and leaves a debt behind. */
function waitFor(bucket: Bucket, rate: Rate, weight: number, now: Instant): number {
  fill(bucket, rate, now);
  const lacking = Math.min(1, weight) - bucket.level;
  // Less than a thousandth of a message is rounding.
  return lacking <= 0.001 ? 0 : (lacking / rate.perSecond) * 1000;
}
