// People's text made safe to show: nothing in it can reverse, hide or break what stands around it. Emoji stay whole.

// Everything below U+0020 but TAB and LF, DEL and the C1 range.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
// Embeddings, overrides and isolates turn the reading order round; the marks beside them are invisible.
const DIRECTION = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
// Zero-width space, non-joiner, word joiner and invisible operators, byte order mark, soft hyphen.
const INVISIBLE = /[\u200B\u200C\u2060-\u2064\uFEFF\u00AD]/g;
// A joiner is kept only between two pictures, where it makes one emoji of them (a family, a profession, a flag).
const LONE_JOINER = /(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
const HALF_PAIR = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, '')
    .replace(DIRECTION, '')
    .replace(INVISIBLE, '')
    .replace(HALF_PAIR, '\uFFFD')
    .replace(LONE_JOINER, '');
}

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** At most `max` UTF-16 units, the last of them `…` when something was cut; no character is cut in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = graphemes.segment(text).containing(max - 1);
  return `${text.slice(0, last?.index ?? 0)}…`;
}

/** A file name that can stand between quotes in a header, and is no path. */
export function safeFileName(name: string): string {
  const base = clean(name.split(/[/\\]/).at(-1) ?? '');
  const safe = base
    .replace(/["%;\n\t]/g, '_')
    // Together: behind a space in front a dot would come to the front again.
    .replace(/^[\s.]+/, '')
    .trimEnd();
  // 64 characters leave the extension of any honest name; longer ones lose their middle.
  const short = safe.length <= 64 ? safe : `${safe.slice(0, 44)}_${safe.slice(-19)}`;
  return short.replace(HALF_PAIR, '_') || 'berkas';
}
