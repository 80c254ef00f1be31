import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench, errorOf } from './support.ts';

let at: Bench;
let server: Server;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
beforeEach(async () => {
  at = await bench({ webhookRetryMs: 1 });
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await at.end();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/kait`;

test('telegraf unchanged echoes by webhook, with its secret', async () => {
  const sari = at.api.phone(1001, 'Sari');
  at.bot.on('text', (ctx) => ctx.reply(`gema: ${ctx.message.text}`));
  at.bot.botInfo = await at.bot.telegram.getMe();
  const callback = at.bot.webhookCallback('/kait', { secretToken: 'rahasia' });
  handle = (request, response) => void callback(request, response);
  await at.bot.telegram.setWebhook(url(), { secret_token: 'rahasia' });
  sari.sendText('halo');
  expect((await sari.waitFor((message) => message.from === 'bot')).text).toBe('gema: halo');
  expect(await at.bot.telegram.getWebhookInfo()).toMatchObject({ url: url(), pending_update_count: 0 });
});

async function bodyOf(request: IncomingMessage): Promise<Update> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer));
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Update;
}

test('a refused update comes again until it is taken, and holds back only its own chat', async () => {
  const heard: string[] = [];
  let refusals = 3;
  const all = new Promise<void>((resolve) => {
    handle = (request, response) => {
      void bodyOf(request).then((update) => {
        const text = update.message?.text ?? '';
        const refused = text === 'a1' && refusals-- > 0;
        heard.push(refused ? `${text}!` : text);
        response.writeHead(refused ? 500 : 200).end();
        if (text === 'a2') resolve();
      });
    };
  });
  const sari = at.api.phone(1001, 'Sari');
  const budi = at.api.phone(1002, 'Budi');
  await at.bot.telegram.setWebhook(url());
  sari.sendText('a1');
  sari.sendText('a2');
  budi.sendText('b1');
  await all;
  expect(heard.filter((text) => text.startsWith('a'))).toEqual(['a1!', 'a1!', 'a1!', 'a1', 'a2']);
  expect(heard.indexOf('b1')).toBeLessThan(heard.indexOf('a1'));
});

test('with a webhook set nobody polls; with it gone polling goes on', async () => {
  handle = (_request, response) => void response.writeHead(200).end();
  await at.bot.telegram.setWebhook(url());
  expect(await errorOf(at.bot.telegram.callApi('getUpdates', {} as never))).toContain(
    "409: Conflict: can't use getUpdates method while webhook is active",
  );
  await at.bot.telegram.deleteWebhook();
  expect(await at.bot.telegram.callApi('getUpdates', {} as never)).toEqual([]);
});

test('a webhook without https is taken on loopback only, a secret only in its letters', async () => {
  expect(await errorOf(at.bot.telegram.setWebhook('http://contoh.go.id/kait'))).toContain('An HTTPS URL must be provided');
  expect(await errorOf(at.bot.telegram.setWebhook(url(), { secret_token: 'spasi tidak boleh' }))).toContain('unallowed characters');
});
