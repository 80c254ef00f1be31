import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench, errorOf } from './support.ts';

let at: Bench;
beforeEach(async () => {
  at = await bench();
});
afterEach(() => at.end());

function updates(offset = 0, timeout = 0, extra: Record<string, unknown> = {}): Promise<Update[]> {
  return at.bot.telegram.callApi('getUpdates', { offset, timeout, ...extra }) as Promise<Update[]>;
}

test('telegraf launched unchanged echoes what a phone writes', async () => {
  const sari = at.api.phone(1001, 'Sari');
  at.bot.on('text', (ctx) => ctx.reply(`gema: ${ctx.message.text}`));
  const launched = at.bot.launch();
  sari.sendText('halo');
  const echo = await sari.waitFor((message) => message.from === 'bot');
  expect(echo.text).toBe('gema: halo');
  at.bot.stop();
  await launched;
});

test('a command of a person is marked as one, with its payload', async () => {
  const sari = at.api.phone(1001, 'Sari');
  const heard: string[] = [];
  at.bot.start((ctx) => {
    heard.push(ctx.payload);
  });
  at.bot.botInfo = await at.bot.telegram.getMe();
  sari.start('K7QM2PXA');
  for (const update of await updates()) await at.bot.handleUpdate(update as never);
  expect(heard).toEqual(['K7QM2PXA']);
});

test('an offset confirms what is older and nothing else', async () => {
  const sari = at.api.phone(1001, 'Sari');
  for (const text of ['a', 'b', 'c']) sari.sendText(text);
  const first = await updates();
  expect(first.map((update) => update.message?.text)).toEqual(['a', 'b', 'c']);
  expect((await updates()).length).toBe(3);
  const rest = await updates((first[1]?.update_id ?? 0) + 1);
  expect(rest.map((update) => update.message?.text)).toEqual(['c']);
});

test('a batch holds at most a hundred updates, and as few as asked for', async () => {
  const sari = at.api.phone(1001, 'Sari');
  for (let i = 0; i < 120; i++) sari.sendText(`${i}`);
  expect((await updates(0, 0, { limit: 500 })).length).toBe(100);
  expect((await updates(0, 0, { limit: 7 })).length).toBe(7);
});

test('a long poll ends as soon as something comes', async () => {
  const sari = at.api.phone(1001, 'Sari');
  const poll = updates(0, 30);
  sari.sendText('datang');
  expect((await poll).map((update) => update.message?.text)).toEqual(['datang']);
});

test('a second poll ends the older one with 409', async () => {
  at.api.phone(1001, 'Sari');
  const older = errorOf(updates(0, 30));
  const newer = at.bot.telegram.callApi('getUpdates', { timeout: 1 });
  expect(await older).toContain('409: Conflict: terminated by other getUpdates request');
  await newer;
});

test('only the kinds that were asked for come, also in later polls', async () => {
  const sari = at.api.phone(1001, 'Sari');
  await updates(0, 0, { allowed_updates: ['callback_query'] });
  sari.sendText('tak terdengar');
  const tap = sari.tap('x', 1);
  expect((await updates()).map((update) => update.callback_query?.data)).toEqual(['x']);
  await at.bot.telegram.answerCbQuery((await updates())[0]?.callback_query?.id ?? '', 'ya');
  expect((await tap).text).toBe('ya');
});

test('taps are dropped after 150 seconds, messages after a day', async () => {
  const sari = at.api.phone(1001, 'Sari');
  sari.sendText('lama');
  void sari.tap('x', 1).catch(() => undefined);
  at.clock.at += 149_000;
  expect((await updates()).length).toBe(2);
  at.clock.at += 2_000;
  expect((await updates()).map((update) => update.message?.text)).toEqual(['lama']);
  at.clock.at += 24 * 3_600_000;
  expect(await updates()).toEqual([]);
});

test('an album comes as one update for each file, the caption on the first', async () => {
  const sari = at.api.phone(1001, 'Sari');
  const bytes = Buffer.from('bukan gambar');
  await sari.sendAlbum(
    [
      { kind: 'photo', bytes },
      { kind: 'video', bytes },
    ],
    'Pasar murah',
  );
  const [first, second] = (await updates()).map((update) => update.message);
  expect(first?.media_group_id).toBe(second?.media_group_id);
  expect([first?.caption, second?.caption]).toEqual(['Pasar murah', undefined]);
  expect([first?.photo?.length, second?.video?.file_size]).toEqual([2, bytes.length]);
});

test('blocking is told once, and a blocked chat answers 403', async () => {
  const sari = at.api.phone(1001, 'Sari');
  sari.block();
  sari.block();
  const told = await updates();
  expect(told.map((update) => update.my_chat_member?.new_chat_member.status)).toEqual(['kicked']);
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'a'))).toBe('403: Forbidden: bot was blocked by the user');
  sari.unblock();
  expect((await at.bot.telegram.sendMessage(1001, 'a')).text).toBe('a');
});

test('a group in privacy mode lets only commands and replies through', async () => {
  const budi = at.api.phone(1002, 'Budi');
  at.api.group(-1002000000001, 'Tim', [1002]);
  const card = await at.bot.telegram.sendMessage(-1002000000001, 'kartu');
  budi.sendText('obrolan biasa', { chatId: -1002000000001 });
  budi.sendText('alasan', { chatId: -1002000000001, replyTo: card.message_id });
  budi.sendText('/antrean', { chatId: -1002000000001 });
  expect((await updates()).map((update) => update.message?.text)).toEqual(['alasan', '/antrean']);
});

test('a group that became a supergroup answers with its new id', async () => {
  at.api.phone(1002, 'Budi');
  at.api.group(-500, 'Tim', [1002]);
  at.api.migrate(-500, -1002000000009);
  const failed = await at.bot.telegram.sendMessage(-500, 'a').catch((error: unknown) => error);
  expect(failed).toMatchObject({ response: { error_code: 400, parameters: { migrate_to_chat_id: -1002000000009 } } });
  expect((await at.bot.telegram.sendMessage(-1002000000009, 'a')).chat.type).toBe('supergroup');
});

test('a wrong token is 401, an unknown method 404, a stranger chat 400, an unstarted one 403', async () => {
  const call = async (path: string) => (await fetch(`${at.api.root}${path}`)).status;
  expect(await call('/bot1:falsch/getMe')).toBe(401);
  expect(await errorOf(at.bot.telegram.callApi('sendChecklist' as never, {} as never))).toBe('404: Not Found: method not found');
  expect(await errorOf(at.bot.telegram.sendMessage(4711, 'a'))).toBe('400: Bad Request: chat not found');
  at.api.phone(1005, 'Maya', { started: false });
  expect(await errorOf(at.bot.telegram.sendMessage(1005, 'a'))).toBe("403: Forbidden: bot can't initiate conversation with a user");
});

test('an update whose confirmation was lost comes again under its old id', async () => {
  at.api.phone(1001, 'Sari').sendText('sekali');
  const [first] = await updates();
  expect(await updates((first?.update_id ?? 0) + 1)).toEqual([]);
  if (first) at.api.redeliver(first);
  expect(await updates()).toEqual([first]);
});
