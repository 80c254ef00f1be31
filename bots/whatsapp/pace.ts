// How slowly a number writes, so that it is not taken for a machine that floods: so many a minute in all, one message after the other in a
// chat, with a pause that is never quite the same. Time and chance come in as values; it never waits, it says how long to.
import type { Instant } from '../../src/time.ts';

export interface WhatsAppPace {
  /** Messages of the number within any minute. */
  perMinute: number;
  /** Milliseconds between two messages of one chat: at least, and at most so much more by chance. */
  spacingMs: number;
  jitterMs: number;
}

// WhatsApp publishes no figure for ordinary numbers; a person who types fast stays below these.
export const WHATSAPP_PACE: WhatsAppPace = { perMinute: 20, spacingMs: 1_000, jitterMs: 1_000 };

/** Towards a server of one's own. */
export const TRIAL_PACE: WhatsAppPace = { perMinute: 6_000, spacingMs: 10, jitterMs: 0 };

export interface Pace {
  /** Milliseconds until so many messages may go to the chat; 0: now. More than a minute's worth goes when nothing else has gone for a minute. */
  waitMs(chat: string, messages: number, now: Instant): number;
  /** They go out now. */
  note(chat: string, messages: number, now: Instant): void;
}

const MINUTE_MS = 60_000;

/** `chance`: a random number in [0, 1). */
export function createPace(limits: WhatsAppPace, chance: () => number): Pace {
  /** When each message of the last minute went. */
  let sent: Instant[] = [];
  const free = new Map<string, Instant>();
  let latest: Instant = 0;

  /** A clock that was set back must not hold anybody until the old time has come again. */
  function heedClock(now: Instant): void {
    if (now < latest - 1_000) {
      sent = [];
      free.clear();
    }
    latest = now;
    sent = sent.filter((at) => at > now - MINUTE_MS);
    for (const [chat, at] of free) if (at <= now) free.delete(chat);
  }

  return {
    waitMs(chat, messages, now) {
      heedClock(now);
      const own = (free.get(chat) ?? now) - now;
      const over = sent.length + Math.min(messages, limits.perMinute) - limits.perMinute;
      const oldest = over > 0 ? sent[over - 1] : undefined;
      const whole = oldest === undefined ? 0 : oldest + MINUTE_MS - now;
      return Math.max(0, Math.ceil(Math.max(own, whole)));
    },
    note(chat, messages, now) {
      heedClock(now);
      for (let i = 0; i < messages; i += 1) sent.push(now);
      free.set(chat, now + messages * (limits.spacingMs + chance() * limits.jitterMs));
    },
  };
}
