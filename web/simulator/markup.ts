// What hangs under a message: inline buttons, a forced reply, a reply keyboard; checked as Telegram checks it.
import { isRecord } from './params.ts';
import type { InlineButton } from './wire.ts';

export type Markup =
  | { is: 'none' }
  | { is: 'inline'; rows: InlineButton[][] }
  /** The person's phone opens a reply to the message. */
  | { is: 'force_reply'; placeholder: string | null }
  | { is: 'reply_keyboard' };

// An inline keyboard holds at most 100 buttons; callback data are 1 to 64 bytes.
const BUTTONS_MAX = 100;
const DATA_MAX = 64;

export function readMarkup(value: unknown): Markup | { fault: string } {
  if (value === undefined) return { is: 'none' };
  if (!isRecord(value)) return { fault: "can't parse reply keyboard markup JSON object" };
  if (value['force_reply'] === true) {
    const placeholder = value['input_field_placeholder'];
    return { is: 'force_reply', placeholder: typeof placeholder === 'string' ? placeholder : null };
  }
  if (Array.isArray(value['keyboard']) || value['remove_keyboard'] === true) return { is: 'reply_keyboard' };
  const keyboard = value['inline_keyboard'];
  if (!Array.isArray(keyboard)) return { fault: 'object expected as reply markup' };
  const rows: InlineButton[][] = [];
  for (const row of keyboard) {
    if (!Array.isArray(row)) return { fault: 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays' };
    const buttons: InlineButton[] = [];
    for (const item of row) {
      const button = readButton(item);
      if ('fault' in button) return button;
      buttons.push(button);
    }
    if (buttons.length > 0) rows.push(buttons);
  }
  if (rows.flat().length > BUTTONS_MAX) return { fault: 'reply markup is too long' };
  return rows.length === 0 ? { is: 'none' } : { is: 'inline', rows };
}

function readButton(item: unknown): InlineButton | { fault: string } {
  if (!isRecord(item)) return { fault: 'InlineKeyboardButton must be an Object' };
  const { text, callback_data: data, url, copy_text: copy, style } = item;
  if (typeof text !== 'string' || text.trim() === '')
    return { fault: "can't parse inline keyboard button: Text buttons must be non-empty" };
  const button: InlineButton = { text, ...(typeof style === 'string' ? { style } : {}) };
  if (typeof data === 'string') {
    const bytes = Buffer.byteLength(data);
    return bytes < 1 || bytes > DATA_MAX ? { fault: 'BUTTON_DATA_INVALID' } : { ...button, callback_data: data };
  }
  if (typeof url === 'string') {
    return /^(https?|tg):\/\/\S+$/.test(url)
      ? { ...button, url }
      : { fault: `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL` };
  }
  if (isRecord(copy) && typeof copy['text'] === 'string') {
    const length = [...copy['text']].length;
    return length < 1 || length > 256 ? { fault: 'BUTTON_COPY_TEXT_INVALID' } : { ...button, copy_text: { text: copy['text'] } };
  }
  return { fault: "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard" };
}
