// People's text as it is kept: composed, without invisible characters that could reorder, hide or break what others read.

/** Controls other than tab and newline, format characters other than the joiner (bidi overrides, zero-width spaces, BOM), line separators. */
const INVISIBLE = /[^\P{Cc}\t\n]|(?!\u200D)\p{Cf}|\u2028|\u2029/gu;
/** A joiner that joins no emoji. */
const LONE_JOINER = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

export function tidy(text: string): string {
  // Composed last: what stood between a letter and its accent may have been invisible.
  return text.replace(/\r\n?/g, '\n').replace(LONE_SURROGATE, '').replace(INVISIBLE, '').replace(LONE_JOINER, '').normalize('NFC').trim();
}

/** The same on one line, for names and titles. */
export function tidyLine(text: string): string {
  return tidy(text).replace(/\s+/gu, ' ');
}
