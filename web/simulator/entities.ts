// Formatted text: parse modes, given entities checked, and the entities Telegram finds by itself.
import { isRecord } from './params.ts';
import type { Entity } from './wire.ts';

export interface Formatted {
  text: string;
  entities: Entity[];
}
export type Parsed = Formatted | { fault: string };

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Text as Telegram keeps it: entities read, checked, sorted; blanks at both ends gone. */
export function format(text: string, parseMode: string | undefined, given: unknown): Parsed {
  const parsed = parse(text, parseMode, given);
  if ('fault' in parsed) return parsed;
  const trimmedEnd = parsed.text.trimEnd();
  const shift = trimmedEnd.length - trimmedEnd.trimStart().length;
  const clean = trimmedEnd.slice(shift);
  const entities: Entity[] = [];
  for (const entity of parsed.entities) {
    const from = Math.max(0, entity.offset - shift);
    const to = Math.min(clean.length, entity.offset + entity.length - shift);
    if (to > from) entities.push({ ...entity, offset: from, length: to - from });
  }
  return { text: clean, entities: withFound(clean, entities) };
}

function parse(text: string, parseMode: string | undefined, given: unknown): Parsed {
  const mode = parseMode?.toLowerCase();
  if (mode === 'html') return parseHtml(text);
  if (mode === 'markdownv2') return parseMarkdown(text);
  if (mode !== undefined && mode !== '') return { fault: 'unsupported parse_mode' };
  return given === undefined ? { text, entities: [] } : checkGiven(text, given);
}

function checkGiven(text: string, given: unknown): Parsed {
  if (!Array.isArray(given)) return { fault: "can't parse MessageEntity: expected an Array" };
  const entities: Entity[] = [];
  for (const item of given) {
    if (!isRecord(item)) return { fault: "can't parse MessageEntity: expected an Object" };
    const { type, offset, length, url, language } = item;
    if (typeof type !== 'string' || !Number.isInteger(offset) || !Number.isInteger(length)) {
      return { fault: "can't parse MessageEntity: type, offset and length are required" };
    }
    const from = Number(offset);
    const size = Number(length);
    if (from < 0 || size < 0 || from + size > text.length) {
      return { fault: `entity beginning at UTF-16 offset ${from} ends after the end of the text at UTF-16 offset ${text.length}` };
    }
    entities.push({
      type,
      offset: from,
      length: size,
      ...(typeof url === 'string' ? { url } : {}),
      ...(typeof language === 'string' ? { language } : {}),
    });
  }
  return { text, entities };
}

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
};
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

function parseHtml(source: string): Parsed {
  let text = '';
  const entities: Entity[] = [];
  const open: { tag: string; entity: Entity }[] = [];
  for (const match of source.matchAll(/<(\/?)([A-Za-z0-9-]+)([^>]*)>|&(#x?[0-9A-Fa-f]+|[a-z]+);|[^<&]+|[<&]/g)) {
    const [whole, slash, name, rest = '', reference] = match;
    const tag = name?.toLowerCase();
    if (reference !== undefined) text += named(reference) ?? whole;
    else if (tag === undefined) {
      if (whole === '<')
        return {
          fault: `can't parse entities: Unsupported start tag "" at byte offset ${Buffer.byteLength(source.slice(0, match.index))}`,
        };
      text += whole;
    } else if (slash === '/') {
      const top = open.pop();
      if (top === undefined || top.tag !== tag) return { fault: `can't parse entities: Unmatched end tag at byte offset ${match.index}` };
      top.entity.length = text.length - top.entity.offset;
      if (top.entity.length > 0) entities.push(top.entity);
    } else {
      const type = TAGS[tag];
      if (type === undefined) return { fault: `can't parse entities: Unsupported start tag "${tag}" at byte offset ${match.index}` };
      const url = /href\s*=\s*["']?([^"'\s>]+)/i.exec(rest)?.[1];
      open.push({ tag, entity: { type, offset: text.length, length: 0, ...(url !== undefined ? { url } : {}) } });
    }
  }
  const left = open.pop();
  if (left) return { fault: `can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"` };
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) };
}

function named(reference: string): string | undefined {
  if (!reference.startsWith('#')) return NAMED[reference];
  const code = reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number.parseInt(reference.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const MARKS: [string, string][] = [
  ['```', 'pre'],
  ['||', 'spoiler'],
  ['__', 'underline'],
  ['`', 'code'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
];
const RESERVED = '>#+-=|{}.!()]';

function parseMarkdown(source: string): Parsed {
  let text = '';
  const entities: Entity[] = [];
  const open: { mark: string; entity: Entity }[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source[at] ?? '';
    const raw = open.at(-1)?.mark === '`' || open.at(-1)?.mark === '```';
    const mark = MARKS.find(([sign]) => source.startsWith(sign, at) && (!raw || sign === open.at(-1)?.mark));
    const link = raw || char !== '[' ? null : /^\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/.exec(source.slice(at));
    if (char === '\\' && at + 1 < source.length) {
      text += source[at + 1] ?? '';
      at += 2;
    } else if (link) {
      const label = (link[1] ?? '').replace(/\\(.)/g, '$1');
      entities.push({ type: 'text_link', offset: text.length, length: label.length, url: link[2] ?? '' });
      text += label;
      at += link[0].length;
    } else if (mark) {
      const [sign, type] = mark;
      if (open.at(-1)?.mark === sign) {
        const entity = open.pop()?.entity;
        if (entity) entities.push({ ...entity, length: text.length - entity.offset });
      } else open.push({ mark: sign, entity: { type, offset: text.length, length: 0 } });
      at += sign.length;
    } else if (!raw && (RESERVED.includes(char) || char === '[')) {
      return { fault: `can't parse entities: Character '${char}' is reserved and must be escaped with the preceding '\\'` };
    } else {
      text += char;
      at += 1;
    }
  }
  const left = open.pop();
  if (left) return { fault: `can't parse entities: Can't find end of ${left.entity.type} entity at byte offset ${left.entity.offset}` };
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) };
}

const FOUND: [string, RegExp][] = [
  ['url', /https?:\/\/[\p{L}\p{N}][^\s<>"]*/gu],
  ['bot_command', /(?<![\w/@<>])\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>])/gu],
  ['hashtag', /(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]+/gu],
  ['mention', /(?<!\w)@\w{4,32}/gu],
];

function withFound(text: string, given: Entity[]): Entity[] {
  const all = [...given];
  for (const [type, pattern] of FOUND) {
    for (const match of text.matchAll(pattern)) {
      const offset = match.index;
      const length = match[0].length;
      const taken = all.some(
        (e) => ['code', 'pre', 'text_link', 'url'].includes(e.type) && e.offset < offset + length && offset < e.offset + e.length,
      );
      if (!taken) all.push({ type, offset, length });
    }
  }
  return all.sort((a, b) => a.offset - b.offset || b.length - a.length);
}
