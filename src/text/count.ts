// Counting text as its reader does.

const segmenter = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** Characters that a reader sees: grapheme clusters, spaces and hashtags included (an emoji family is one). */
export function lengthOf(text: string): number {
  let n = 0;
  for (const _ of segmenter.segment(text)) n += 1;
  return n;
}

export function wordsOf(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}
