import { describe, expect, test } from 'vitest';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { plain } from '../../bots/wording/text.ts';
import type { Missing } from '../../src/case/command.ts';
import type { Question } from '../../src/case/outgoing.ts';
import { lettersOf } from '../../src/sop/fixed-words.ts';
import { CASE, context, questions } from './samples.ts';

const NAMES: Record<Missing['part'], string> = {
  title: 'nama kegiatan',
  date: 'tanggal',
  media: 'dokumentasi',
  caption: 'caption',
  narrative: 'narasi',
  class: 'klasifikasi',
  dip: 'nomor dip',
  sk: 'sk',
  source: 'sumber',
  disposition: 'disposisi',
  assignee: 'pelaksana',
};
const parts = Object.keys(NAMES) as Missing['part'][];
const textOf = (ask: Question['ask']) => plain(noticeMessage(questions[ask], context).runs).toLowerCase();
const buttonsOf = (ask: Question['ask']) => noticeMessage(questions[ask], context).buttons.flat();

describe("the maker's questions", () => {
  test.each(parts)('the question for the %s names it and no other', (part) => {
    const { missing: _, ...bare } = questions[part];
    for (const text of [textOf(part), plain(noticeMessage(bare, context).runs).toLowerCase()]) {
      expect(parts.filter((other) => new RegExp(`\\b${NAMES[other]}\\b`).test(text))).toEqual([part]);
    }
  });

  test.each(['title', 'date', 'caption', 'narrative'] as const)('%s is answered by the next text', (ask) => {
    expect(noticeMessage(questions[ask], context).asks).toBe(true);
  });

  test('files are sent, not written: no reply is opened for them', () => {
    expect(noticeMessage(questions.media, context).asks).toBeUndefined();
  });

  test('the date comes with today and yesterday, in that order, and says which days they are', () => {
    expect(buttonsOf('date').map(({ label }) => lettersOf(label))).toEqual(['HARIINI', 'KEMARIN']);
    // Each says which day it stands for: days since the year 2000.
    expect(buttonsOf('date').map(({ does }) => does)).toEqual([
      { tap: `today/${CASE}/2/1/1/9820` },
      { tap: `yesterday/${CASE}/2/1/1/9819` },
    ]);
    expect(textOf('date')).toContain('jumat, 20 november 2026');
    expect(textOf('date')).toContain('kamis, 19 november 2026');
  });

  test('the question for files says how many are there and how many to send', () => {
    expect(textOf('media')).toContain('minimal 4');
    expect(textOf('media')).toContain('sudah ada 2, 1 sedang disimpan; kirim 1 lagi');
  });

  test('the limit of the caption is in the question', () => {
    expect(textOf('caption')).toContain('200 karakter');
  });
});

describe("the others' questions", () => {
  test('the reason has its limits in the text and the ready ones as buttons, none of which reads TOLAK', () => {
    expect(textOf('reason')).toContain('10–500 karakter');
    expect(textOf('reason')).toContain('0042/reg-konten');
    const buttons = buttonsOf('reason');
    expect(buttons.map(({ label }) => label)).toContain('Foto kurang jelas');
    expect(buttons.map(({ label }) => lettersOf(label))).not.toContain('TOLAK');
    expect(buttons.map(({ does }) => does)).toContainEqual({ tap: `reason/${CASE}/2/1/1/2` });
  });

  test('without an index nothing is offered that could not be bound', () => {
    const { index: _, ...bare } = questions.reason;
    expect(noticeMessage(bare, context).buttons).toEqual([]);
    expect(plain(noticeMessage(bare, context).runs)).toContain('Tulis alasan');
  });

  test('a text that nothing asked for can become one of three things', () => {
    expect(buttonsOf('what-is-it').map(({ does }) => ('tap' in does ? does.tap.split('/')[0] : ''))).toEqual([
      'asTitle',
      'asCaption',
      'asNarrative',
    ]);
    expect(textOf('what-is-it')).toContain('bupati membuka pasar murah');
  });

  test('the link names its channel as people call it', () => {
    expect(textOf('link')).toContain('media sosial');
    expect(textOf('link')).toContain('tautan');
  });

  test('a response of one’s own says that the tap is still to come', () => {
    expect(textOf('response')).toContain('tanggapan');
    expect(textOf('response')).toContain('500');
  });
});
