import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOf, wordsOf } from '../../src/text/count.ts';

test.each([
  ['', 0],
  ['Pasar murah', 11],
  ['#pasar 1', 8],
  ['👨‍👩‍👧‍👦', 1],
  ['👍🏽🇮🇩', 2],
  ['cafe\u0301', 4],
])('%j has %i characters as its reader counts them', (text, length) => {
  expect(lengthOf(text)).toBe(length);
});

test('never more characters than code points', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => lengthOf(text) <= [...text].length));
});

test('words are what stands between spaces of any kind', () => {
  expect(wordsOf('')).toBe(0);
  expect(wordsOf('  \n ')).toBe(0);
  expect(wordsOf(' Dinas\tmengadakan\n\npasar  murah. ')).toBe(4);
});
