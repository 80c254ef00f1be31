import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench, errorOf } from './support.ts';

let at: Bench;
let folder: string | null = null;
afterEach(async () => {
  await at.end();
  if (folder !== null) rmSync(folder, { recursive: true });
  folder = null;
});

test('a private chat takes a burst, then one message a second', async () => {
  at = await bench({ enforceLimits: true });
  at.api.phone(1001, 'Sari');
  for (let i = 0; i < 10; i++) await at.bot.telegram.sendMessage(1001, `${i}`);
  const failed = await at.bot.telegram.sendMessage(1001, 'terlalu cepat').catch((error: unknown) => error);
  expect(failed).toMatchObject({ response: { error_code: 429, parameters: { retry_after: 1 } } });
  at.clock.at += 1000;
  expect((await at.bot.telegram.sendMessage(1001, 'kini boleh')).text).toBe('kini boleh');
});

test('a group takes twenty messages a minute, an album counts each of its files', async () => {
  at = await bench({ enforceLimits: true });
  at.api.group(-1002000000001, 'Tim', []);
  const source = await samplePhoto(1);
  const photo = { type: 'photo' as const, media: { source } };
  for (let i = 0; i < 2; i++)
    await at.bot.telegram.sendMediaGroup(
      -1002000000001,
      Array.from({ length: 10 }, () => photo),
    );
  expect(await errorOf(at.bot.telegram.sendMessage(-1002000000001, 'a'))).toContain('429: Too Many Requests: retry after 3');
});

test('all chats together take thirty messages a second', async () => {
  at = await bench({ enforceLimits: true });
  for (let i = 0; i < 31; i++) at.api.phone(i + 1);
  for (let i = 0; i < 30; i++) await at.bot.telegram.sendMessage(i + 1, 'a');
  expect(await errorOf(at.bot.telegram.sendMessage(31, 'a'))).toContain('429');
});

test('without limits nothing is too fast', async () => {
  at = await bench();
  at.api.phone(1001, 'Sari');
  for (let i = 0; i < 40; i++) await at.bot.telegram.sendMessage(1001, `${i}`);
  expect(at.api.phone(1001).messages().length).toBe(40);
});

test('a fault hits the next call of its method and then is over', async () => {
  at = await bench();
  at.api.phone(1001, 'Sari');
  at.api.faults.next('sendMessage', { retryAfter: 7 });
  at.api.faults.next('sendMessage', { status: 502, body: '<html>bad gateway</html>' });
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'a'))).toContain('429: Too Many Requests: retry after 7');
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'a'))).toContain('502');
  expect((await at.bot.telegram.sendMessage(1001, 'a')).text).toBe('a');
});

test('a connection cut after the work leaves the message in the chat', async () => {
  at = await bench();
  const sari = at.api.phone(1001, 'Sari');
  at.api.faults.next('sendMessage', { dropAfterProcessing: true });
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'sampai'))).toContain('failed');
  expect(sari.messages().map((message) => message.text)).toEqual(['sampai']);
  at.api.faults.next('sendMessage', { drop: true });
  expect(await errorOf(at.bot.telegram.sendMessage(1001, 'hilang'))).toContain('failed');
  expect(sari.messages().length).toBe(1);
});

test('calls are recorded with parameters and answer', async () => {
  at = await bench();
  at.api.phone(1001, 'Sari');
  await at.bot.telegram.sendMessage(1001, 'a');
  expect(at.api.calls).toMatchObject([{ method: 'sendMessage', params: { chat_id: 1001, text: 'a' }, answer: { ok: true } }]);
});

test('chats, files and updates that nobody took outlive a restart', async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const stateFile = join(folder, 'chats.json');
  at = await bench({ stateFile });
  const bytes = await samplePhoto(4);
  await at.api.phone(1001, 'Sari').sendPhoto(bytes, { caption: 'Tetap ada' });
  await at.bot.telegram.sendMessage(1001, 'kartu');
  await at.end();
  at = await bench({ stateFile });
  const [photo, card] = at.api.phone(1001).messages();
  expect([photo?.caption, card?.text]).toEqual(['Tetap ada', 'kartu']);
  expect((await at.api.file(photo?.media?.fileId ?? ''))?.bytes.equals(bytes)).toBe(true);
  const [update] = (await at.bot.telegram.callApi('getUpdates', {} as never)) as unknown as Update[];
  expect(update?.message?.caption).toBe('Tetap ada');
  expect((await at.bot.telegram.sendMessage(1001, 'lanjut')).message_id).toBe(3);
});
