// Telegram's flood limits, about as they are known: overall, per private chat with a burst, per group and minute.
import type { Instant } from '../../src/time.ts';

export interface Limits {
  overallPerSecond: number;
  privatePerSecond: number;
  /** Messages a private chat takes at once before the pace counts. */
  privateBurst: number;
  groupPerMinute: number;
}

// Source: Telegram's FAQ for bots ("My bot is hitting limits"); the burst is an observation and nowhere promised.
export const TELEGRAM_LIMITS: Limits = { overallPerSecond: 30, privatePerSecond: 1, privateBurst: 10, groupPerMinute: 20 };

interface Bucket {
  level: number;
  at: Instant;
}

export class Pace {
  readonly limits: Limits;
  private readonly buckets = new Map<string, Bucket>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes `cost` messages; 0 when they may pass, otherwise the whole seconds to wait. */
  take(chatId: number, cost: number, now: Instant): number {
    const { overallPerSecond, privatePerSecond, privateBurst, groupPerMinute } = this.limits;
    const overall = this.bucket('overall', overallPerSecond, overallPerSecond, now);
    const isGroup = chatId < 0;
    const rate = isGroup ? groupPerMinute / 60 : privatePerSecond;
    const chat = this.bucket(String(chatId), isGroup ? groupPerMinute : privateBurst, rate, now);
    // An album may be longer than the burst: it passes when the bucket holds at least one and leaves a debt behind.
    const wait = Math.max((1 - overall.level) / overallPerSecond, (1 - chat.level) / rate);
    if (wait > 1e-9) return Math.ceil(wait);
    overall.level -= cost;
    chat.level -= cost;
    return 0;
  }

  private bucket(key: string, size: number, perSecond: number, now: Instant): Bucket {
    const bucket = this.buckets.get(key) ?? { level: size, at: now };
    // The simulated clock may be set back: then no time has passed.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    bucket.level = Math.min(size, bucket.level + seconds * perSecond);
    bucket.at = now;
    this.buckets.set(key, bucket);
    return bucket;
  }
}
