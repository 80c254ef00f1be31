import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../bots/wording/commands.ts';
import { buttonLabel, COPY_CAPTION, freeLabel, LABELS, RESUME_DRAFT } from '../../bots/wording/labels.ts';
import { READY_REASONS } from '../../src/case/reasons.ts';
import type { Action } from '../../src/conversation/reference.ts';
import { ACTIONS } from '../../src/conversation/reference.ts';
import { isFixedWord, lettersOf } from '../../src/sop/fixed-words.ts';

const WORDS: Partial<Record<Action, string>> = {
  handIn: 'SERAHKAN',
  receive: 'DITERIMA',
  accept: 'TERIMA',
  reject: 'TOLAK',
  respond: 'TANGGAPAN',
  published: 'SUDAHTAYANG',
  today: 'HARIINI',
};
const actions = Object.keys(ACTIONS) as Action[];

describe('the words that outside checks press', () => {
  test.each(Object.entries(WORDS))('%s reads %s, compared as letters', (action, word) => {
    expect(lettersOf(LABELS[action as Action])).toBe(word);
  });

  test('today is written as a sentence begins', () => {
    expect(LABELS.today.replace(/[^\p{L} ]/gu, '').trim()).toBe('Hari ini');
  });

  test.each(actions.filter((action) => !(action in WORDS)))('%s reads like none of them', (action) => {
    expect(isFixedWord(LABELS[action])).toBe(false);
    expect(LABELS[action]).toMatch(/\p{L}/u);
  });

  test('neither does any other ready label', () => {
    for (const label of [COPY_CAPTION, RESUME_DRAFT, ...READY_REASONS]) expect(isFixedWord(label)).toBe(false);
  });

  test('no two actions share a label', () => {
    expect(new Set(Object.values(LABELS).map(lettersOf)).size).toBe(actions.length);
  });
});

test("an SOP's own words rename TERIMA and TOLAK and nothing else", () => {
  expect(buttonLabel('accept', 'YA')).toBe('✅ YA');
  expect(buttonLabel('reject', 'TIDAK')).toBe('❌ TIDAK');
  expect(buttonLabel('accept', ' ')).toBe(LABELS.accept);
  expect(buttonLabel('accept', 'Tolak')).toBe(LABELS.accept);
  expect(buttonLabel('reject')).toBe(LABELS.reject);
  expect(buttonLabel('receive', 'YA')).toBe(LABELS.receive);
});

test("a button in somebody's words never reads like one of ours", () => {
  expect(freeLabel('Tolak!', 'Alasan')).toBe('Alasan: Tolak!');
  expect(freeLabel('✅ sudah tayang', 'SOP')).toBe('SOP: ✅ sudah tayang');
  expect(freeLabel('Foto buram', 'Alasan')).toBe('Foto buram');
  expect(freeLabel('…', 'SOP')).toBe('SOP …');
  expect(freeLabel('x'.repeat(500), 'SOP').length).toBeLessThan(60);
});

test('the menu has the commands of the contract, in lower case and within the platform’s limits', () => {
  expect(COMMANDS.map(({ command }) => command).sort()).toEqual([
    'antrean',
    'bantuan',
    'batal',
    'kirim',
    'register',
    'rekap',
    'start',
    'status',
    'wakil',
  ]);
  for (const { description } of COMMANDS) expect(description.length).toBeLessThanOrEqual(60);
});
