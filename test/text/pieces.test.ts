import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PIECE_MAX, piecesOf } from '../../src/text/pieces.ts';

describe('a long text in pieces', () => {
  test('is the same text again, in pieces that fit and cut no character', () => {
    const word = fc.constantFrom('kata', 'kegiatan', '👨‍👩‍👧', '🛒', '\n', 'x'.repeat(5_000), ' ');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3_000 }), (words) => {
        const text = words.join(' ');
        const pieces = piecesOf(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(PIECE_MAX);
          expect(piece).not.toMatch(/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('is cut at a line, else at a word, else where it must be', () => {
    const at = (text: string) => piecesOf(text)[0]?.length;
    expect(at(`${'a'.repeat(3_000)}\n${'b '.repeat(1_000)}`)).toBe(3_001);
    expect(at(`${'a'.repeat(3_000)} ${'b'.repeat(3_000)}`)).toBe(3_001);
    expect(at('a'.repeat(9_000))).toBe(PIECE_MAX);
    expect(at(`${'a'.repeat(PIECE_MAX - 1)}🛒${'a'.repeat(100)}`)).toBe(PIECE_MAX - 1);
    expect(piecesOf('')).toEqual([]);
  });
});
