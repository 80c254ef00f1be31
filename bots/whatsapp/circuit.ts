// When to stop trying: a chat that WhatsApp has closed to us is left alone for a while, because asking again makes it worse; and a number
// that fails again and again is taken to be lost until one attempt gets through.
import type { Instant } from '../../src/time.ts';

export interface CircuitLimits {
  /** So many failures in a row open the circuit. */
  failures: number;
  /** For so long nothing is tried; then one attempt. */
  openMs: number;
  /** A chat that may not be written to is left alone so long: what waits for it ends meanwhile, and nothing new comes before the person writes. */
  chatMs: number;
}

export const CIRCUIT: CircuitLimits = { failures: 5, openMs: 300_000, chatMs: 120_000 };

export interface Circuit {
  /** Why nothing may go to the chat now; `null`: it may. `whole`: to no chat. */
  closed(chat: string, now: Instant): { why: string; whole: boolean } | null;
  worked(chat: string): void;
  failed(now: Instant): void;
  /** WhatsApp refuses this chat. */
  shut(chat: string, now: Instant): void;
}

const CHATS_KEPT = 10_000;

export function createCircuit(limits: CircuitLimits = CIRCUIT): Circuit {
  let failures = 0;
  let openUntil: Instant = 0;
  const shutUntil = new Map<string, Instant>();
  return {
    closed(chat, now) {
      if (now < openUntil) return { why: `${failures} failures in a row`, whole: true };
      if (now < (shutUntil.get(chat) ?? 0)) return { why: 'WhatsApp does not let us write to this chat (463)', whole: false };
      return null;
    },
    worked(chat) {
      failures = 0;
      openUntil = 0;
      shutUntil.delete(chat);
    },
    failed(now) {
      failures += 1;
      if (failures >= limits.failures) openUntil = now + limits.openMs;
    },
    shut(chat, now) {
      if (shutUntil.size >= CHATS_KEPT) shutUntil.clear();
      shutUntil.set(chat, now + limits.chatMs);
    },
  };
}
