import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Phone } from '../../web/simulator/phone.ts';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench, errorOf } from './support.ts';

let at: Bench;
let budi: Phone;
beforeEach(async () => {
  at = await bench();
  budi = at.api.phone(1002, 'Budi');
});
afterEach(() => at.end());

async function nextTap(): Promise<Update['callback_query']> {
  const [update] = (await at.bot.telegram.callApi('getUpdates', { timeout: 5 } as never)) as unknown as Update[];
  return update?.callback_query;
}

const card = (data: string) =>
  at.bot.telegram.sendMessage(1002, `kartu ${data}`, { reply_markup: { inline_keyboard: [[{ text: '✅ TERIMA', callback_data: data }]] } });

test('a tap on the newest button of that label is answered with its text', async () => {
  await card('lama');
  const newest = await card('baru');
  const answer = budi.press('terima');
  const query = await nextTap();
  expect(query).toMatchObject({ data: 'baru', from: { id: 1002 }, message: { message_id: newest.message_id } });
  await at.bot.telegram.answerCbQuery(query?.id ?? '', 'Dicatat');
  expect(await answer).toBe('Dicatat');
});

test('a label is compared as letters only: TERIMA is not DITERIMA', async () => {
  await card('a');
  await at.bot.telegram.sendMessage(1002, 'b', { reply_markup: { inline_keyboard: [[{ text: '📥 DITERIMA', callback_data: 'b' }]] } });
  const answer = budi.press('TERIMA');
  const query = await nextTap();
  expect(query?.data).toBe('a');
  await at.bot.telegram.answerCbQuery(query?.id ?? '');
  expect(await answer).toBeNull();
});

test('a label that nobody sees is told with those that are there', async () => {
  await card('a');
  await expect(budi.press('SERAHKAN')).rejects.toThrow('there are: ✅ TERIMA');
});

test('an answer after the window is too late', async () => {
  const sent = await card('a');
  void budi.tap('a', sent.message_id);
  const query = await nextTap();
  at.clock.at += 20_001;
  expect(await errorOf(at.bot.telegram.answerCbQuery(query?.id ?? ''))).toBe(
    '400: Bad Request: query is too old and response timeout expired or query ID is invalid',
  );
});

test('an answer has at most 200 characters', async () => {
  const sent = await card('a');
  void budi.tap('a', sent.message_id);
  const query = await nextTap();
  expect(await errorOf(at.bot.telegram.answerCbQuery(query?.id ?? '', 'a'.repeat(201)))).toContain('MESSAGE_TOO_LONG');
});

test('forged data reach the bot as they are', async () => {
  const sent = await card('a');
  const answer = budi.pressData('palsu', sent.message_id);
  const query = await nextTap();
  expect(query?.data).toBe('palsu');
  await at.bot.telegram.answerCbQuery(query?.id ?? '', 'Ditolak');
  expect(await answer).toBe('Ditolak');
});
