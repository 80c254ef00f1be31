import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Button, Run } from '../../bots/channel.ts';
import { clean, cut, safeFileName } from '../../bots/telegram/clean.ts';
import { type Composed, compose } from '../../bots/telegram/compose.ts';

function composed(runs: Run[], buttons: Button[][] = []): Composed {
  const result = compose({ runs, buttons });
  if ('fault' in result) throw new Error(result.fault);
  return result;
}

describe('text', () => {
  test('entities are counted in UTF-16 units and only where a run asks for them', () => {
    const { text, entities } = composed([
      { text: '👨‍👩‍👧 ' },
      { text: 'Tebal', bold: true },
      { text: ' <b>*x*</b> ' },
      { text: 'k', code: true, bold: true },
    ]);
    expect(text).toBe('👨‍👩‍👧 Tebal <b>*x*</b> k');
    expect(entities).toEqual([
      { type: 'bold', offset: 9, length: 5 },
      { type: 'code', offset: 26, length: 1 },
    ]);
    expect(text.slice(9, 14)).toBe('Tebal');
  });

  test('a run may be bold and italic at once', () => {
    expect(composed([{ text: 'x', bold: true, italic: true }]).entities.map((entity) => entity.type)).toEqual(['bold', 'italic']);
  });

  test('what is longer than a message ends in an ellipsis, and its entities end with it', () => {
    const { text, entities } = composed([{ text: 'a'.repeat(4000) }, { text: 'b'.repeat(500), bold: true }, { text: 'c', code: true }]);
    expect(text).toHaveLength(4096);
    expect(text.endsWith('b…')).toBe(true);
    expect(entities).toEqual([{ type: 'bold', offset: 4000, length: 96 }]);
  });

  test('no emoji is cut in two', () => {
    expect(cut(`${'a'.repeat(6)}👨‍👩‍👧`, 10)).toBe('aaaaaa…');
    expect(cut('abc', 3)).toBe('abc');
  });

  test('a message without text is a fault that is told, not sent', () => {
    expect(compose({ runs: [{ text: ' \u200B' }], buttons: [] })).toEqual({ fault: 'message without text' });
  });

  test('entities of any runs lie inside the text, in order', () => {
    const run = fc
      .record({ text: fc.string({ unit: 'binary', maxLength: 1500 }) })
      .chain(({ text }) => fc.constantFrom<Run>({ text }, { text, bold: true }, { text, code: true }, { text, italic: true }));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
        const result = compose({ runs, buttons: [] });
        if ('fault' in result) return;
        expect(result.text.length).toBeLessThanOrEqual(4096);
        expect(result.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
        for (const { offset, length } of result.entities) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(result.text.length);
        }
      }),
    );
  });
});

describe('cleaning', () => {
  test.each([
    ['overrides and isolates', 'foto\u202Egpj.exe\u2066x\u2069', 'fotogpj.exex'],
    ['control characters but line ends', 'a\u0000\u0007b\r\nc\rd\te', 'ab\nc\nd\te'],
    ['zero width characters between letters', 'TE\u200BRI\u200DMA\uFEFF', 'TERIMA'],
    ['half of a pair', 'x\uD83D', 'x\uFFFD'],
  ])('%s are gone', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test.each(['👨‍👩‍👧', '👩🏽‍💻', '🏴‍☠️', '❤️‍🔥', '🇮🇩', '1️⃣'])('%s stays whole', (emoji) => {
    expect(clean(`a${emoji}b`)).toBe(`a${emoji}b`);
  });

  test('a file name holds nothing that ends a header or climbs a folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(safeFileName(name)).toMatch(/^[^"/\\\r\n]{1,64}$/);
        expect(safeFileName(name)).not.toMatch(/^\./);
      }),
    );
    expect(safeFileName('Rapat "koordinasi".jpg')).toBe('Rapat _koordinasi_.jpg');
    // Found by proof:words, seed 1790302739, word 89.
    expect(safeFileName(' .bashrc')).toBe('bashrc');
  });
});

describe('buttons', () => {
  test('each kind becomes its own button', () => {
    const row: Button[] = [
      { label: 'TERIMA', does: { tap: '1.ac' } },
      { label: 'Salin', does: { copy: 'teks' } },
      { label: 'Buka', does: { link: 'https://contoh.example/x' } },
    ];
    expect(composed([{ text: 'x' }], [row]).keyboard).toEqual([
      [
        { text: 'TERIMA', callback_data: '1.ac' },
        { text: 'Salin', copy_text: { text: 'teks' } },
        { text: 'Buka', url: 'https://contoh.example/x' },
      ],
    ]);
  });

  test('a reference of more than 64 bytes is a fault, counted in bytes', () => {
    const message = (tap: string) => ({ runs: [{ text: 'x' }], buttons: [[{ label: 'A', does: { tap } }]] });
    expect(compose(message('a'.repeat(64)))).not.toHaveProperty('fault');
    expect(compose(message('a'.repeat(65)))).toHaveProperty('fault');
    expect(compose(message('é'.repeat(33)))).toHaveProperty('fault');
  });

  test('what Telegram would refuse is left out, and the message stays', () => {
    const rows: Button[][] = [
      [{ label: 'Salin', does: { copy: 'x'.repeat(257) } }],
      [
        { label: 'Buka', does: { link: 'javascript:alert(1)' } },
        { label: 'OK', does: { tap: 't' } },
      ],
    ];
    expect(composed([{ text: 'x' }], rows).keyboard).toEqual([[{ text: 'OK', callback_data: 't' }]]);
  });
});
