// A message in Telegram's words: plain text with entities counted in UTF-16 units, and its buttons. No markup language touches people's text.
import type { Button, Message, Run } from '../channel.ts';
import { clean, cut } from './clean.ts';

/** Telegram counts characters; counting UTF-16 units is never too generous. */
export const TEXT_MAX = 4096;
export const TAP_MAX_BYTES = 64;
const COPY_MAX = 256;

export interface Entity {
  type: 'bold' | 'italic' | 'code';
  offset: number;
  length: number;
}

export type InlineButton = { text: string } & ({ callback_data: string } | { copy_text: { text: string } } | { url: string });

export interface Composed {
  text: string;
  entities: Entity[];
  keyboard: InlineButton[][];
}

/** `fault`: the message could never be sent as it is, however often it is tried. */
export function compose(message: Message): Composed | { fault: string } {
  const fault = faultOf(message);
  if (fault !== null) return { fault };
  const { text, entities } = textOf(message.runs);
  if (text.trim() === '') return { fault: 'message without text' };
  const keyboard = message.buttons.map((row) => row.flatMap(buttonOf)).filter((row) => row.length > 0);
  return { text, entities, keyboard };
}

function faultOf(message: Message): string | null {
  for (const button of message.buttons.flat()) {
    if (!('tap' in button.does)) continue;
    const bytes = Buffer.byteLength(button.does.tap);
    if (bytes < 1 || bytes > TAP_MAX_BYTES) return `button reference of ${bytes} bytes, at most ${TAP_MAX_BYTES}`;
  }
  return null;
}

function textOf(runs: readonly Run[]): { text: string; entities: Entity[] } {
  let whole = '';
  const entities: Entity[] = [];
  for (const run of runs) {
    const text = clean(run.text);
    for (const type of typesOf(run)) if (text !== '') entities.push({ type, offset: whole.length, length: text.length });
    whole += text;
  }
  const text = cut(whole, TEXT_MAX);
  const end = text.length;
  const inside = entities.filter((entity) => entity.offset < end);
  return { text, entities: inside.map((entity) => ({ ...entity, length: Math.min(entity.length, end - entity.offset) })) };
}

/** Code stands alone: Telegram does not nest other entities in it. */
function typesOf(run: Run): Entity['type'][] {
  if (run.code) return ['code'];
  return [...(run.bold ? (['bold'] as const) : []), ...(run.italic ? (['italic'] as const) : [])];
}

/** A copy or link button that Telegram would refuse is left out: it must not keep the whole message from its reader. */
function buttonOf(button: Button): InlineButton[] {
  const text = clean(button.label).trim() || '·';
  if ('tap' in button.does) return [{ text, callback_data: button.does.tap }];
  if ('copy' in button.does) {
    const copy = button.does.copy;
    return copy === '' || copy.length > COPY_MAX ? [] : [{ text, copy_text: { text: copy } }];
  }
  return isWebLink(button.does.link) ? [{ text, url: button.does.link }] : [];
}

function isWebLink(link: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(link) && URL.canParse(link);
}
