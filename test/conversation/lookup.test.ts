import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/case/outgoing.ts';
import { QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import type { Heard, What } from '../../src/conversation/heard.ts';
import { commandOf, isCommandLike, lookupOf } from '../../src/conversation/lookup.ts';
import type { Reference } from '../../src/conversation/reference.ts';
import { CASE } from '../support/rules.ts';

describe('a command in a chat', () => {
  test.each([
    ['/start', 'start', ''],
    ['/START ABC123', 'start', 'ABC123'],
    ['/mulai', 'start', ''],
    ['  /kirim ', 'kirim', ''],
    ['/status 0042/REG', 'status', '0042/REG'],
    ['/antrian', 'antrean', ''],
    ['/antrean', 'antrean', ''],
    ['/register', 'register', ''],
    ['/help', 'bantuan', ''],
    ['/bantuan', 'bantuan', ''],
    ['/batal', 'batal', ''],
    ['DAFTAR K7QM-2WXZ', 'daftar', 'K7QM-2WXZ'],
    ['daftar abcd', 'daftar', 'abcd'],
    ['/daftar abcd', 'daftar', 'abcd'],
  ])('%s', (text, command, argument) => {
    expect(commandOf(text)).toEqual({ command, argument });
  });
  test.each(['', 'kirim', 'daftar', 'daftar abc', 'daftar hadir peserta pasar murah', '/lain', '/ start', 'a /kirim', '/1'])(
    '%j is none',
    (text) => {
      expect(commandOf(text)).toBeNull();
    },
  );
  test('one that we do not know still looks like one', () => {
    expect(isCommandLike(' /lain')).toBe(true);
    expect(isCommandLike('1/2')).toBe(false);
    expect(isCommandLike('/2')).toBe(false);
  });
  test('whatever is written, reading it never fails', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => commandOf(text) === null || text.trim() !== ''));
  });
});

describe('what has to be looked up', () => {
  const heard = (what: What): Heard => ({
    account: '7000',
    chat: { channel: 'telegram', id: '1' },
    chatKind: 'private',
    from: { id: '1', name: 'U' },
    at: 0,
    what,
  });
  const text = (words: string): Heard => heard({ kind: 'text', text: words, message: '1' });
  const file = { channel: 'telegram', account: '7000', fileId: 'f', uniqueId: 'u' } as const;
  const photo = (album?: string): Heard =>
    heard({ kind: 'media', media: { kind: 'photo', file }, message: '1', ...(album === undefined ? {} : { album }) });
  const asking = (ask: Question): { focus: null; asking: Question } => ({ focus: null, asking: ask });
  const link = asking({ ask: 'link', case: CASE, step: 'unggah', round: 1, revision: 1, channel: 'x' });
  const reference: Reference = { action: 'accept', case: CASE, round: 1, revision: 1, step: 2, item: 0 };

  test.each([
    ['/kirim', { look: 'draft', begun: true }],
    ['/batal', { look: 'draft' }],
    ['/bantuan', { look: 'nothing' }],
    ['/start', { look: 'list', list: 'unsent' }],
    ['/start ABCD', { look: 'redeem', code: 'ABCD' }],
    ['DAFTAR ABCD', { look: 'redeem', code: 'ABCD' }],
    ['/status', { look: 'list', list: 'status' }],
    ['/status 42', { look: 'number', number: '42' }],
    ['/antrean', { look: 'list', list: 'antrean' }],
    ['/register', { look: 'list', list: 'register', month: null }],
    ['/register 2026-10', { look: 'list', list: 'register', month: '2026-10' }],
    ['/register oktober', { look: 'nothing' }],
    ['/rekap', { look: 'recap', month: null }],
    ['rekap', { look: 'recap', month: null }],
    ['Rekap 2026-10', { look: 'recap', month: '2026-10' }],
    ['/rekap oktober', { look: 'nothing' }],
    ['rekap oktober', { look: 'draft' }],
    ['/lain', { look: 'nothing' }],
    ['Pasar murah', { look: 'draft' }],
  ])('for %s', (words, lookup) => {
    expect(lookupOf(text(words), null, QUIET_CONVERSATION)).toEqual(lookup);
  });

  test('an answer, and taking it back, belong to the case that was asked about', () => {
    const title = asking({ ask: 'title', case: CASE });
    expect(lookupOf(text('Pasar murah'), null, title)).toEqual({ look: 'case', case: CASE });
    expect(lookupOf(text('/batal'), null, title)).toEqual({ look: 'case', case: CASE });
    expect(lookupOf(text('/kirim'), null, title)).toEqual({ look: 'draft', begun: true });
  });

  test('a tap belongs to the case of its button, a forged one to none', () => {
    const tap = heard({ kind: 'tap', data: 'x', tap: 't', message: '1' });
    expect(lookupOf(tap, reference, QUIET_CONVERSATION)).toEqual({ look: 'case', case: CASE });
    expect(lookupOf(tap, 'forged', QUIET_CONVERSATION)).toEqual({ look: 'nothing' });
    expect(lookupOf(tap, null, QUIET_CONVERSATION)).toEqual({ look: 'nothing' });
  });

  test('a file belongs to the draft, to its album or to the proof that was asked for', () => {
    expect(lookupOf(photo(), null, QUIET_CONVERSATION)).toEqual({ look: 'draft' });
    expect(lookupOf(photo('g'), null, QUIET_CONVERSATION)).toEqual({ look: 'album', album: 'g' });
    expect(lookupOf(photo(), null, link)).toEqual({ look: 'case', case: CASE });
    expect(lookupOf(photo('g'), null, link)).toEqual({ look: 'album', album: 'g', asked: CASE });
    expect(lookupOf(photo(), null, asking({ ask: 'title', case: CASE }))).toEqual({ look: 'draft' });
  });

  test('an edit belongs to the message that it changes; all else to nothing', () => {
    expect(lookupOf(heard({ kind: 'edited', text: 'a', message: '7', field: 'text' }), null, QUIET_CONVERSATION)).toEqual({
      look: 'message',
      message: '7',
    });
    expect(lookupOf(heard({ kind: 'unsupported', name: 'sticker', message: '7' }), null, QUIET_CONVERSATION)).toEqual({ look: 'nothing' });
  });

  test('a caption that is edited while a caption is asked for belongs to the draft that asks', () => {
    const edit = (field: 'text' | 'caption') => heard({ kind: 'edited', text: 'a', message: '7', field });
    const caption = asking({ ask: 'caption', case: CASE });
    expect(lookupOf(edit('caption'), null, caption)).toEqual({ look: 'case', case: CASE });
    expect(lookupOf(edit('text'), null, caption)).toEqual({ look: 'message', message: '7' });
    expect(lookupOf(edit('caption'), null, asking({ ask: 'title', case: CASE }))).toEqual({ look: 'message', message: '7' });
  });
});
