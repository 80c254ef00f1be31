// What a reader sees on WhatsApp: our marks as marks, and nothing of people's text as one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message, Run } from '../../bots/channel.ts';
import { compose, composePoll, harmless } from '../../bots/whatsapp/compose.ts';

/** WhatsApp's drawing, taken generously: any pair of marks around something on one line counts, and any list or quote at a line's beginning. */
function drawn(text: string): string[] {
  const found: string[] = [];
  const outside = (before: string) => before === '' || !/[A-Za-z0-9]/.test(before);
  for (const line of text.split('\n')) {
    for (const mark of ['*', '_', '~']) {
      for (let open = line.indexOf(mark); open >= 0; open = line.indexOf(mark, open + 1)) {
        const close = line.indexOf(mark, open + 2);
        if (close < 0 || /\s/u.test(line.charAt(open + 1)) || !outside(line.charAt(open - 1))) continue;
        found.push(`${mark}${line.slice(open + 1, close)}`);
      }
    }
    if ((line.match(/`/g) ?? []).length > 0) found.push('code');
    if (/^\s*(?:>|[-*•]\s|\d{1,3}[.)]\s)/u.test(line)) found.push('line');
  }
  return found;
}

const message = (...runs: Run[]): Message => ({ runs, buttons: [] });

describe('our own words', () => {
  test('are marked where they are bold, italic or code', () => {
    expect(compose(message({ text: 'Tulis ' }, { text: 'nama kegiatan', bold: true }, { text: '.' }))).toBe('Tulis *nama kegiatan*.');
    expect(compose(message({ text: 'a ', italic: true }, { text: 'K7QM', code: true }))).toBe('_a_ `K7QM`');
  });
  test('stay unmarked where WhatsApp would show the marks themselves', () => {
    expect(compose(message({ text: ' dua\nbaris ', bold: true }))).toBe(' dua\nbaris ');
    expect(compose(message({ text: '  tepi  ', bold: true }))).toBe('  *tepi*  ');
    expect(compose(message({ text: '   ', bold: true }, { text: 'x' }))).toBe('   x');
  });
  test('of nothing are no message', () => {
    expect(compose(message({ text: ' \n' }))).toBeNull();
    expect(compose(message())).toBeNull();
  });
  test('are cut where WhatsApp ends', () => {
    expect(compose(message({ text: 'a'.repeat(70_000) }))?.length).toBe(60_000);
  });
});

describe("people's words", () => {
  test.each([
    ['*tebal*', '∗tebal∗'],
    ['_miring_', '＿miring＿'],
    ['~coret~', '∼coret∼'],
    ['```kode```', 'ˋˋˋkodeˋˋˋ'],
    ['nama_file_ini.jpg 3*4', 'nama_file_ini.jpg 3*4'],
    ['https://contoh.go.id/a_b?c=_d_', 'https://contoh.go.id/a_b?c=%5Fd%5F'],
    ['> kutipan', '\u200b> kutipan'],
    ['satu\n- dua\n3. tiga', 'satu\n\u200b- dua\n\u200b3. tiga'],
    ['tersembunyi\u202e\u200b', 'tersembunyi'],
  ])('%j is drawn as it was written', (text, made) => {
    expect(harmless(text)).toBe(made);
    expect(drawn(harmless(text))).toEqual([]);
  });

  test('whatever they are, they never become markup, alone or beside our own', () => {
    const sign = fc.constantFrom('*', '_', '~', '`', '>', '-', '1. ', ' ', '\n', 'a', '.', 'https://x.id/', 'TERIMA', '•');
    const text = fc.oneof(
      fc.array(sign, { maxLength: 14 }).map((signs) => signs.join('')),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(drawn(harmless(one))).toEqual([]);
        const made =
          compose(message({ text: one }, { text: ' Kami ' }, { text: 'sini', bold: true }, { text: ' ' }, { text: other })) ?? '';
        expect(drawn(made)).toEqual(['*sini']);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a poll', () => {
  test('has two different options at least, named as they are', () => {
    expect(composePoll({ name: ' Keputusan\nuntuk 0001 ', options: ['TERIMA', 'TOLAK'] })).toEqual({
      name: 'Keputusan untuk 0001',
      options: ['TERIMA', 'TOLAK'],
    });
    expect(composePoll({ name: '', options: ['YA', 'TIDAK'] })?.name).toBe('·');
    expect(composePoll({ name: 'x', options: ['YA', 'YA'] })).toBeNull();
    expect(composePoll({ name: 'x', options: ['YA', 'T'.repeat(101)] })).toBeNull();
    expect(composePoll(undefined)).toBeNull();
  });
});
