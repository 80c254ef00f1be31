import { expect, test } from 'vitest';
import { printable, UNPRINTABLE } from '../../src/text/printable.ts';

/** A typeface with the Latin letters, a few accents and a heart. */
const has = (point: number): boolean => point < 0x250 || (point >= 0x300 && point < 0x370) || point === 0x2764;

test('what the typeface has stays as it is, line by line', () => {
  expect(printable('Pasar murah\nhari ini: beras, gula é', has)).toBe('Pasar murah\nhari ini: beras, gula é');
});

test('each character that it lacks is one box, however many code points it is made of', () => {
  expect(printable('👨‍👩‍👧 dan 🇮🇩', has)).toBe(`${UNPRINTABLE} dan ${UNPRINTABLE}`);
});

test('a choice of colour for a sign that it has is left out', () => expect(printable('❤️', has)).toBe('❤'));

test('marks of direction and joiners are gone, controls are blanks, and every kind of line end is one', () => {
  expect(printable('a\u202eb\u200bc\td\u001be\r\nf\u2028g\u0085h', has)).toBe('abc d e\nf\ng\nh');
});

test('a letter under a heap of accents is a box, one under a few is itself', () => {
  expect(printable(`a${'\u0301'.repeat(40)}b`, has)).toBe(`${UNPRINTABLE}b`);
  expect(printable('a\u0301\u0302', has)).toBe('a\u0301\u0302');
});
