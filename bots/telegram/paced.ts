// One message on its way out: the pace is asked, the call is made, and what the platform says about the pace is heeded.
import type { Chat } from '../../src/office/office.ts';
import type { Clock } from '../../src/ports/ambient.ts';
import type { Sent } from '../channel.ts';
import type { Answered, Failed } from './api.ts';
import { sentOf } from './endings.ts';
import type { Pace } from './pace.ts';
import { idOf, listOf, shapeOf } from './shape.ts';

/** Sends when the pace allows it: `weight` in messages. A refusal of the platform is heeded by everything that follows. */
export type Paced = (chat: Chat, weight: number, send: () => Promise<Answered>) => Promise<Sent>;

export function createPaced(pace: Pace, clock: Clock): Paced {
  return async (chat, weight, send) => {
    const waitMs = pace.waitMs(chat.id, weight, clock.now());
    if (waitMs > 0) return { sent: 'later', afterMs: waitMs, why: 'pace' };
    // Counted before the call: what runs beside it must see it.
    pace.note(chat.id, weight, clock.now());
    const answered = await send();
    return answered.ok ? { sent: 'yes', messages: messageIds(answered.result) } : heeded(pace, clock, chat, answered);
  };
}

function heeded(pace: Pace, clock: Clock, chat: Chat, failed: Failed): Sent {
  const sent = sentOf(failed);
  if (failed.code !== 429 || sent.sent !== 'later') return sent;
  return pace.refused(chat.id, sent.afterMs, clock.now()).whole ? { ...sent, whole: true } : sent;
}

/** One message, a list of them (an album), or `true` (an edit elsewhere): the ids that can be changed or replied to later. */
function messageIds(result: unknown): string[] {
  const messages = Array.isArray(result) ? listOf(result) : [result];
  return messages.map((message) => idOf(shapeOf(message)?.['message_id'])).filter((id) => id !== null);
}

export function chatIdOf(chat: Chat): number | null {
  const id = Number(chat.id);
  return chat.channel === 'telegram' && /^-?\d+$/.test(chat.id) && Number.isSafeInteger(id) && id !== 0 ? id : null;
}
