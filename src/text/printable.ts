// Text for paper: whatever a typeface cannot draw stands there as an empty box, and nothing invisible steers what others read.

/** What stands in the place of a character that cannot be drawn: an empty upright box. */
export const UNPRINTABLE = '▯';

/** A letter under so many marks would run over the lines around it. */
const MARKS_MAX = 8;

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** `has`: can the typeface draw this code point? Lines stay apart; tabs and other controls become blanks, marks of direction and joiners nothing. */
export function printable(text: string, has: (codePoint: number) => boolean): string {
  let clean = '';
  for (const { segment } of graphemes.segment(text.replace(/\r\n?|[\u2028\u2029\v\f\u0085]/gu, '\n'))) clean += drawn(segment, has);
  return clean;
}

function drawn(segment: string, has: (codePoint: number) => boolean): string {
  if (segment === '\n') return segment;
  const visible = segment.replace(/\p{Cc}/gu, ' ').replace(/\p{Cf}|\p{Variation_Selector}/gu, '');
  const points = [...visible];
  return points.length <= MARKS_MAX && points.every((point) => has(Number(point.codePointAt(0)))) ? visible : UNPRINTABLE;
}
