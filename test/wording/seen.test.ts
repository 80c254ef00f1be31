// "Not seen" and "as if not seen" read differently, and nothing is said that is not known.
import { describe, expect, test } from 'vitest';
import { noticeMessage } from '../../bots/wording/notice.ts';
import { seenLinesOf } from '../../bots/wording/seen.ts';
import { plain } from '../../bots/wording/text.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import type { SeenLine } from '../../src/case/viewing.ts';
import { context, ladders, NOW, notices } from './samples.ts';

const DAY = 86_400_000;
const line = (is: SeenLine['is'], at: number | null, kind: SeenLine['kind'] = 'decide'): SeenLine => ({ person: 'Kartika', is, at, kind });
const words = (...seen: SeenLine[]) => seenLinesOf(seen, 'Asia/Jakarta', NOW).map((one) => plain(one));

describe('a card and one of its holders', () => {
  test.each([
    [line('unbound', null), 'belum terkirim (belum pernah menulis ke layanan ini)'],
    [line('blocked', null), 'belum terkirim (layanan ini diblokir)'],
    [line('waiting', null), 'belum terkirim'],
    [line('sent', NOW - DAY), 'terkirim Kamis, 19-11 14.05, belum dibuka'],
    [line('delivered', NOW), 'sampai 14.05, belum dibuka'],
    [line('opened', NOW + 120_000), 'dibuka 14.07, belum diputuskan'],
    [line('opened', NOW, 'receive'), 'dibuka 14.05, belum diterima'],
    [line('opened', NOW, 'publish'), 'dibuka 14.05, belum ditayangkan'],
    [line('decided', NOW), 'diputuskan 14.05'],
  ])('%o', (seen, expected) => {
    expect(words(seen)).toEqual([`• Kartika: ${expected}.`]);
  });

  test('are not listed without end', () => {
    const many = words(...Array.from({ length: 11 }, () => line('waiting', null)));
    expect(many).toHaveLength(9);
    expect(many.at(-1)).toBe('… dan 3 lagi.');
    expect(seenLinesOf(undefined, 'Asia/Jakarta', NOW)).toEqual([]);
  });
});

describe('a late step', () => {
  const say = (notice: Notice) => plain(noticeMessage(notice, { ...context, seen: [line('opened', NOW)] }).runs);

  test('is told to a supervisor with who has opened the card, to the holder without', () => {
    const notice = { ...ladders.remind, rung: 'overdue' };
    expect(say({ ...notice, to: 'supervisor' })).toContain('• Kartika: dibuka 14.05, belum diputuskan.');
    expect(say({ ...notice, to: 'holder' })).not.toContain('dibuka');
  });
});

test('the state of one case names each holder', () => {
  expect(plain(noticeMessage(notices['status-one'], context).runs)).toContain('• Kartika: terkirim 13.05, belum dibuka.');
});
