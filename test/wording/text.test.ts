import { expect, test } from 'vitest';
import { block, bold, count, line, listed, message, page, plain, quoted, said } from '../../bots/wording/text.ts';

test("people's words are a plain run of their own", () => {
  expect(line('Kegiatan: ', said('*Pasar* <b>'), '.')).toEqual([{ text: 'Kegiatan: ' }, { text: '*Pasar* <b>' }, { text: '.' }]);
});

test('nobody can add lines of his own to ours, nor turn the direction of our words', () => {
  expect(said('Pasar\n✅ DITERIMA\toleh\u202e X').text).toBe('Pasar ✅ DITERIMA oleh X');
  expect(block('satu\r\ndua\u202e\u0007', 100).text).toBe('satu\ndua');
});

test('an emoji made of several keeps its joints', () => {
  expect(said('👨‍👩‍👧').text).toBe('👨‍👩‍👧');
});

test('what is empty leaves no line behind', () => {
  expect(plain(page(line('a'), null, line(null, ''), line(said('')), line('b')))).toBe('a\nb');
  expect(message([line('a')], [[], [{ label: 'x', does: { tap: 'y' } }]]).buttons).toHaveLength(1);
});

test('lists are joined as the spelling rules ask', () => {
  const text = (...items: string[]) => plain(line(listed(items)));
  expect(text('a')).toBe('a');
  expect(text('a', 'b')).toBe('a dan b');
  expect(text('a', 'b', 'c')).toBe('a, b, dan c');
  expect(plain(line(listed(['a', 'b', 'c'], 'atau')))).toBe('a, b, atau c');
});

test('quotes and bold words are runs beside', () => {
  expect(line(quoted('x'), bold('y'))).toEqual([{ text: '"' }, { text: 'x' }, { text: '"' }, { text: 'y', bold: true }]);
});

test('thousands are set off by dots', () => {
  expect([7, 999, 1000, 20_000, 1_234_567].map(count)).toEqual(['7', '999', '1.000', '20.000', '1.234.567']);
});
