// How fast may be written to whom: buckets of messages that fill again, with time as a value. It never waits, it says how long to.
import type { Instant } from '../../src/time.ts';
import { sweeps } from './sweeps.ts';

/** A bucket of messages: so many at once, and so many more with every second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export interface PaceLimits {
  overall: Rate;
  /** What of it goes to people nobody knows: a crowd of them must not hold up the cards of those who work. */
  strangers: Rate;
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
  strangers: { burst: 5, perSecond: 5 },
  private: { burst: 8, perSecond: 1 * MARGIN },
  group: { burst: 18, perSecond: (20 / 60) * MARGIN },
  editWeight: 0.25,
};

export interface Pace {
  /**
   * Milliseconds until this may go to the chat; 0: now. A chat that has to wait for the account keeps its place in the line.
   * `stranger`: it also takes its turn among the strangers, and is known as one of them until it goes out.
   */
  waitMs(chat: string, weight: number, now: Instant, stranger?: boolean): number;
  /** It goes out now. */
  note(chat: string, weight: number, now: Instant): void;
  /** The platform asked for a pause. Answers whether it is now taken to hold for the whole account. */
  refused(chat: string, afterMs: number, now: Instant): { whole: boolean };
}

interface Bucket {
  level: number;
  at: Instant;
}

/** Whoever finds its bucket empty gets a place in a line that moves at the bucket's rate, so nobody asks in vain. */
interface Line {
  rate: Rate;
  bucket: Bucket;
  end: Instant;
}

interface ChatPace {
  bucket: Bucket;
  heldUntil: Instant;
  /** Its places in the lines, as long as it waits there. */
  slots: Map<Line, Instant>;
  /** What it waits with is for somebody nobody knows. */
  stranger: boolean;
  usedAt: Instant;
}

// The platform does not say whether a 429 is meant for the chat or the account: three chats at once are taken for the account.
const WHOLE_FROM_CHATS = 3;
const WHOLE_WITHIN_MS = 10_000;
const CHATS_KEPT = 10_000;
const FORGET_EVERY_MS = 10_000;
// Longer than any bucket needs to be full again after an album.
const IDLE_MS = 120_000;
const CLOCK_BACK_MS = 1000;

export function isGroup(chat: string): boolean {
  return chat.startsWith('-') || chat.startsWith('@');
}

export function createPace(limits: PaceLimits = TELEGRAM_LIMITS): Pace {
  const chats = new Map<string, ChatPace>();
  const overall = lineOf(limits.overall);
  const strangers = lineOf(limits.strangers);
  const refusals: { chat: string; at: Instant; until: Instant }[] = [];
  const forgetNow = sweeps(CHATS_KEPT, FORGET_EVERY_MS);
  let heldUntil: Instant = 0;
  let latest: Instant = 0;

  const rateOf = (id: string): Rate => (isGroup(id) ? limits.group : limits.private);

  function paceOf(id: string, now: Instant): ChatPace {
    const known = chats.get(id);
    if (known) {
      known.usedAt = now;
      return known;
    }
    if (forgetNow(chats.size, now)) forgetIdle(now);
    const fresh: ChatPace = { bucket: { level: rateOf(id).burst, at: now }, heldUntil: 0, slots: new Map(), stranger: false, usedAt: now };
    chats.set(id, fresh);
    return fresh;
  }

  function forgetIdle(now: Instant): void {
    for (const [id, chat] of chats) {
      const until = Math.max(chat.usedAt + IDLE_MS, chat.heldUntil, ...chat.slots.values());
      if (until <= now) chats.delete(id);
    }
  }

  /** A clock that was set back must not hold anybody until the old time has come again. */
  function heedClock(now: Instant): void {
    if (now < latest - CLOCK_BACK_MS) {
      for (const line of [overall, strangers]) line.end = now;
      heldUntil = 0;
      refusals.length = 0;
      chats.clear();
    }
    latest = now;
  }

  return {
    waitMs(id, weight, now, stranger = false) {
      heedClock(now);
      const chat = paceOf(id, now);
      if (stranger) chat.stranger = true;
      const held = Math.max(heldUntil, chat.heldUntil) - now;
      const own = waitFor(chat.bucket, rateOf(id), weight, now);
      // Its own limit first: a chat that must wait anyway takes no place in the line from others.
      const wait = Math.max(held, own);
      if (wait > 0) return Math.ceil(wait);
      const turn = chat.stranger ? waitInLine(strangers, chat, weight, now) : 0;
      return Math.ceil(turn > 0 ? turn : waitInLine(overall, chat, weight, now));
    },
    note(id, weight, now) {
      const chat = paceOf(id, now);
      take(chat.bucket, rateOf(id), weight, now);
      for (const line of chat.stranger ? [overall, strangers] : [overall]) take(line.bucket, line.rate, weight, now);
      chat.slots.clear();
      chat.stranger = false;
    },
    refused(id, afterMs, now) {
      heedClock(now);
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

function lineOf(rate: Rate): Line {
  return { rate, bucket: { level: rate.burst, at: 0 }, end: 0 };
}

/** Milliseconds until its turn. */
function waitInLine(line: Line, chat: ChatPace, weight: number, now: Instant): number {
  const wait = waitFor(line.bucket, line.rate, weight, now);
  const slot = chat.slots.get(line) ?? placeIn(line, wait, weight, now);
  if (slot === null) return 0;
  chat.slots.set(line, slot);
  return Math.max(wait, slot - now);
}

/** `null`: nobody waits, and nobody has to. */
function placeIn(line: Line, wait: number, weight: number, now: Instant): Instant | null {
  if (wait === 0 && line.end <= now) return null;
  line.end = Math.max(line.end, now) + (1000 / line.rate.perSecond) * weight;
  return line.end;
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
