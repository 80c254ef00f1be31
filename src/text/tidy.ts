// People's text as it is kept: composed, without invisible characters that could reorder, hide or break what others read.

/** Directional overrides and isolates, marks, zero-width spaces, byte-order mark, and C0/C1 controls other than tab and newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed here
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
/** A joiner that joins no emoji. */
const LONE_JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(LONE_SURROGATE, '')
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(LONE_JOINER, '')
    .trim();
}

/** The same on one line, for names and titles. */
export function tidyLine(text: string): string {
  return tidy(text).replace(/\s+/gu, ' ');
}
