import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, lengthOf, MESSAGE_MAX, withinLimit } from '../../bots/wording/cut.ts';

const graphemes = (text: string) => [...new Intl.Segmenter('id', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

describe('cut', () => {
  test('leaves a text that fits as it is', () => {
    expect(cut('Pasar murah', 11)).toBe('Pasar murah');
  });

  test('never cuts through a flag or a family', () => {
    expect(cut('ab🇮🇩cd', 5)).toBe('ab…');
    expect(cut('a👨‍👩‍👧b', 8)).toBe('a…');
  });

  test('cuts a single endless letter at whole code points', () => {
    expect(cut(`a${'\u0301'.repeat(5000)}`, 10)).toHaveLength(10);
    expect(cut(`😀${'\u200d😀'.repeat(500)}`, 3)).toBe('😀…');
    expect(cut(`😀${'\u200d😀'.repeat(500)}`, 2)).toBe('…');
  });

  test('is never longer than it may be, and keeps whole graphemes of the beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 60 }), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short === text || short.endsWith('…')).toBe(true);
        const kept = short === text ? text : short.slice(0, -1);
        expect(text.startsWith(kept)).toBe(true);
        const first = graphemes(text)[0] ?? '';
        if (first.length < max) expect(graphemes(text).join('').startsWith(graphemes(kept).join(''))).toBe(true);
      }),
    );
  });
});

describe('the limit of a message', () => {
  test('the longest run gives way, the facts around it stay', () => {
    const { runs } = withinLimit({ runs: [{ text: 'Nomor 0042' }, { text: 'x'.repeat(9000) }, { text: 'Tenggat besok' }], buttons: [] });
    expect(lengthOf(runs)).toBeLessThanOrEqual(MESSAGE_MAX);
    expect(runs[0]?.text).toBe('Nomor 0042');
    expect(runs[1]?.text).toMatch(/^x+…$/);
    expect(runs[2]?.text).toBe('Tenggat besok');
  });

  test('holds even for thousands of short runs', () => {
    const { runs } = withinLimit({ runs: Array.from({ length: 900 }, () => ({ text: 'sepuluh kata' })), buttons: [] });
    expect(lengthOf(runs)).toBeLessThanOrEqual(MESSAGE_MAX);
    expect(runs.at(-1)?.text).toBe('…');
  });
});
