import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyMessages, parts } from '../../bots/wording/body.ts';
import { plain } from '../../bots/wording/text.ts';
import { named } from './samples.ts';

test('a caption stands alone and exact, so that it can be copied', () => {
  expect(bodyMessages('caption', named, 'Pasar murah  *hadir*\n#PasarMurah')).toEqual([
    { runs: [{ text: 'Pasar murah  *hadir*\n#PasarMurah' }], buttons: [] },
  ]);
});

test('a narrative has its number, and a long one says which part of how many', () => {
  expect(plain(bodyMessages('narrative', named, 'Isi.')[0]?.runs ?? [])).toBe('📝 Narasi 0042/REG-KONTEN/DISDAGPERIN/XI/2026\nIsi.');
  const long = bodyMessages('narrative', named, 'kata '.repeat(2000));
  expect(long).toHaveLength(3);
  expect(plain(long[1]?.runs ?? [])).toContain('(2/3)\nkata ');
  for (const { runs } of long) expect(plain(runs).length).toBeLessThan(4096);
});

test('parts end after a line, else after a word, else after a whole letter', () => {
  expect(parts('satu dua\ntiga', 10)).toEqual(['satu dua\n', 'tiga']);
  expect(parts('satu dua tiga', 10)).toEqual(['satu dua ', 'tiga']);
  expect(parts('abcdefg🇮🇩h', 9)).toEqual(['abcdefg', '🇮🇩h']);
});

test('nothing but blanks is no message', () => {
  expect(bodyMessages('narrative', named, ' \n ')).toEqual([]);
});

test('whatever the text, its parts are the text, none is too long and no letter is cut in half', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\n', ' ', '👨‍👩‍👧', 'a\u0301'.repeat(40), `e${'\u0301'.repeat(90)}`, '😀'.repeat(30)),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((some) => some.join('')),
      fc.integer({ min: 2, max: 60 }),
      (text, max) => {
        const found = parts(text, max);
        expect(found.join('')).toBe(text);
        for (const each of found) {
          expect(each.length).toBeLessThanOrEqual(max);
          expect(() => encodeURIComponent(each)).not.toThrow();
        }
      },
    ),
  );
});
