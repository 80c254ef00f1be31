import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tidy, tidyLine } from '../../src/text/tidy.ts';

describe('tidy', () => {
  test.each([
    ['an override that would turn the text around', 'aman\u202Eexe.gpj', 'amanexe.gpj'],
    ['isolates and marks of direction', '\u2066kiri\u2069 \u200Fkanan', 'kiri kanan'],
    ['zero-width spaces and byte order marks', '\uFEFFpa\u200Bsar', 'pasar'],
    ['control characters, the null above all', 'pa\u0000sar\u0007', 'pasar'],
    ['line and paragraph separators', 'satu\u2028dua\u2029', 'satudua'],
    ['half of a character', 'pasar\uD83D', 'pasar'],
    ['a joiner that joins nothing', 'pa\u200Dsar', 'pasar'],
    ['spaces around it', '  pasar \n', 'pasar'],
  ])('takes out %s', (_, text, clean) => {
    expect(tidy(text)).toBe(clean);
  });

  test.each(['👨‍👩‍👧‍👦', '👩🏽‍🌾', '❤️‍🔥', 'satu\n\tdua'])('leaves %j as it is', (text) => {
    expect(tidy(text)).toBe(text);
  });

  test('one kind of line break is left, and letters are composed', () => {
    expect(tidy('satu\r\ndua\rtiga')).toBe('satu\ndua\ntiga');
    expect(tidy('cafe\u0301')).toBe('café');
    expect(tidy('cafe\u200B\u0301')).toBe('café');
  });

  test('a line has no breaks and no double spaces', () => {
    expect(tidyLine(' Pasar \n\n murah\t2026 ')).toBe('Pasar murah 2026');
  });

  const hostile = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('\u200D', '\u200B', '\u202E', '\u0301', 'e', '👨', '👩', '\uFE0F', '🏽', '\r', '\n', ' ', '\uD83D', '\uDE00'),
    ),
  });

  test('doing it twice changes nothing more', () => {
    fc.assert(
      fc.property(hostile, (text) => tidy(tidy(text)) === tidy(text) && tidyLine(tidyLine(text)) === tidyLine(text)),
      {
        numRuns: 3000,
      },
    );
  });

  test('nothing is left that hides, reorders or breaks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = tidy(text);
        return Buffer.from(clean).toString() === clean && !/\p{Bidi_Control}|\p{Cc}(?<![\t\n])|[\u200B\u2028\u2029\uFEFF]/u.test(clean);
      }),
      { numRuns: 3000 },
    );
  });
});
