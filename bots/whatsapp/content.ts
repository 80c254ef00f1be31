// What lies inside a message of WhatsApp once the envelopes around it are taken off.
import { type Shape, shapeOf, textOf } from '../telegram/shape.ts';

const ENVELOPES = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'associatedChildMessage',
  'groupMentionedMessage',
  'editedMessage',
] as const;
const ENVELOPES_MAX = 5;

/** The message and what lies inside it, from the outside in; empty when there is none. */
export function layersOf(message: unknown): Shape[] {
  const layers: Shape[] = [];
  for (let layer = shapeOf(message); layer !== null && layers.length <= ENVELOPES_MAX; ) {
    layers.push(layer);
    const open: Shape = layer;
    layer = ENVELOPES.map((name) => shapeOf(shapeOf(open[name])?.['message'])).find((found) => found !== null) ?? null;
  }
  return layers;
}

/** The innermost. */
export function contentOf(message: unknown): Shape | null {
  return layersOf(message).at(-1) ?? null;
}

/** The text of a message that is nothing but text. */
export function plainTextOf(content: Shape): string | null {
  return textOf(content['conversation']) ?? textOf(shapeOf(content['extendedTextMessage'])?.['text']);
}

/** The caption of a file. */
export function captionOf(content: Shape): string | null {
  for (const name of ['imageMessage', 'videoMessage', 'documentMessage']) {
    const caption = textOf(shapeOf(content[name])?.['caption']);
    if (caption !== null) return caption;
  }
  return null;
}

/** Every kind of message keeps the one that it answers in the same place. `author`: the jid of whoever is said to have written that. */
export function repliedTo(content: Shape): { id: string; author: string | null } | null {
  for (const part of Object.values(content)) {
    const context = shapeOf(shapeOf(part)?.['contextInfo']);
    const id = textOf(context?.['stanzaId']);
    if (id !== null && id !== '') return { id, author: textOf(context?.['participant']) };
  }
  return null;
}
