// A raw update as a row of the inbox: which lane it waits in, and under which id it is known.
import type { Arrival } from '../../src/ports/store.ts';
import { idOf, numberOf, type Shape, shapeOf } from './shape.ts';

/** Everything the bot asks to hear; what else exists is not sent to it. */
export const HEARD_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

// Deeper than any real update; a deeper one would overflow the stack of whoever writes it as JSON again.
const DEPTH_MAX = 64;

/** The row for this update, or `null` for something that is no update at all. Taps have a lane of their own: they never wait behind files. */
export function arrivalOf(update: unknown, account: string): Arrival | null {
  const shape = shapeOf(update);
  const id = numberOf(shape?.['update_id']);
  if (shape === null || id === null) return null;
  const tap = shapeOf(shape['callback_query']) !== null;
  return { channel: 'telegram', account, externalId: String(id), lane: laneOf(shape, account), body: storable(update, 0), tap };
}

function laneOf(update: Shape, account: string): string {
  const query = shapeOf(update['callback_query']);
  if (query) {
    const chat = chatIdOf(query['message']) ?? idOf(shapeOf(query['from'])?.['id']);
    return chat === null ? `telegram:${account}:misc` : `telegram:${account}:tap:${chat}`;
  }
  const chat = chatIdOf(update['message']) ?? chatIdOf(update['edited_message']) ?? chatIdOf(update['my_chat_member']);
  return `telegram:${account}:${chat ?? 'misc'}`;
}

/** Somebody watches his screen for what comes of it. */
export function isTapLane(lane: string): boolean {
  return /^telegram:[^:]+:tap:/.test(lane);
}

function chatIdOf(value: unknown): string | null {
  return idOf(shapeOf(shapeOf(value)?.['chat'])?.['id']);
}

// PostgreSQL's jsonb takes neither U+0000 nor half a surrogate pair: one such character would keep the whole batch out for ever.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the NUL is what is looked for
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function storable(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.replace(UNSTORABLE, '\uFFFD'), storable(item, depth + 1)]));
}
