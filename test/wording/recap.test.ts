// A month's recap in words.
import { describe, expect, test } from 'vitest';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { workingTime } from '../../bots/wording/recap.ts';
import { plain } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import { context, notices } from './samples.ts';

type Recap = Extract<Notice, { notice: 'recap' }>;
const sample = notices.recap as Recap;
const lines = (changes: Partial<Recap> = {}) => plain(noticeMessage({ ...sample, ...changes }, context).runs).split('\n');
const EMPTY: Partial<Recap> = {
  office: null,
  uncounted: 0,
  entered: 0,
  decided: 0,
  returned: 0,
  published: 0,
  late: 0,
  steps: [],
  waived: [],
};

describe('a recap', () => {
  test('tells the month, the numbers, each step and what was left out', () => {
    expect(lines()).toEqual([
      '📊 Rekap November 2026 – Dinas Contoh',
      'Masuk 6, diputuskan 5, dikembalikan 1, tayang 4, terlambat 2.',
      'Langkah yang selesai, dalam jam kerja:',
      '• Periksa — rencana 7,5 jam, rata-rata 5,2 jam, 1 dari 6 terlambat',
      '• Jadwalkan (Alur Lain) — tanpa tenggat, rata-rata 12 menit, 0 dari 6 terlambat',
      'Kanal yang dilewati:',
      '• 0042/REG · Website: "Situs sedang tutup" – Maya (Plh., a.n. Budi)',
      '• Media sosial, tidak diwajibkan SOP',
      '… belum termasuk 12 konten yang lebih lama.',
    ]);
  });

  test('of nothing is one sentence', () => {
    expect(lines(EMPTY)).toEqual(['📊 Rekap November 2026: belum ada konten.']);
    expect(lines({ ...EMPTY, own: true })).toEqual(['📊 Rekap November 2026, konten Anda: belum ada konten.']);
    expect(lines({ ...EMPTY, late: 1 })).toEqual([
      '📊 Rekap November 2026',
      'Masuk 0, diputuskan 0, dikembalikan 0, tayang 0, terlambat 1.',
    ]);
  });

  test('never has more than fifteen lines, and ends with how much was left out', () => {
    const many = lines({
      steps: sample.steps.flatMap((step) => Array.from({ length: 6 }, () => step)),
      waived: sample.waived.flatMap((one) => Array.from({ length: 1000 }, () => one)),
    });
    expect(many).toHaveLength(15);
    expect(many.at(-1)).toBe('… belum termasuk 5 langkah, 1.997 kanal yang dilewati, dan 12 konten yang lebih lama.');
  });

  test.each([
    [0, '0 menit'],
    [59.4, '59 menit'],
    [59.6, '1 jam'],
    [66, '1,1 jam'],
    [62_999, '1.050 jam'],
  ])('%d working minutes are %s', (minutes, words) => {
    expect(workingTime(minutes)).toBe(words);
  });
});
