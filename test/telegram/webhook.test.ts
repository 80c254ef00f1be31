import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../bots/telegram/api.ts';
import { isAllBrought, registerWebhook, webhookHandler } from '../../bots/telegram/webhook.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { KeptLog, MemoryInbox, TestClock, TOKEN } from './hands.ts';

const SECRET = 'rahasia-webhook_01';
const UPDATE = { update_id: 41, message: { message_id: 1, chat: { id: 5, type: 'private' }, text: 'Rapat 😀 kerja' } };

let inbox: MemoryInbox;
let rung: [string, boolean][];
beforeEach(() => {
  inbox = new MemoryInbox();
  rung = [];
});

const handler = (more: object = {}) =>
  webhookHandler({
    secret: SECRET,
    store: inbox,
    clock: new TestClock(),
    account: '777',
    log: new KeptLog(),
    onPost: (lane, tap) => void rung.push([lane, tap]),
    ...more,
  });

/** A body that tells how much of it was taken. */
function body(pieces: (Uint8Array | string)[], ends = true) {
  const taken = { pieces: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[taken.pieces];
        if (piece === undefined) return ends ? controller.close() : undefined;
        taken.pieces += 1;
        controller.enqueue(typeof piece === 'string' ? Buffer.from(piece) : piece);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

function request(
  stream: ReadableStream<Uint8Array> | string,
  headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET },
) {
  return new Request('http://127.0.0.1/hook', { method: 'POST', headers, body: stream, duplex: 'half' });
}

test('an update is committed, rung for and then acknowledged', async () => {
  expect((await handler()(request(JSON.stringify(UPDATE)))).status).toBe(200);
  expect([...inbox.rows.values()]).toMatchObject([{ externalId: '41', lane: 'telegram:777:5', body: UPDATE }]);
  expect(rung).toEqual([['telegram:777:5', false]]);
});

test('the same update again is acknowledged, and is one row', async () => {
  const hook = handler();
  await hook(request(JSON.stringify(UPDATE)));
  expect((await hook(request(JSON.stringify(UPDATE)))).status).toBe(200);
  expect(inbox.rows.size).toBe(1);
  expect(rung).toHaveLength(1);
});

test('a character split between two pieces stays whole', async () => {
  const bytes = Buffer.from(JSON.stringify(UPDATE));
  const cut = bytes.indexOf(Buffer.from('😀')) + 2;
  await handler()(request(body([bytes.subarray(0, cut), bytes.subarray(cut)]).stream));
  expect(inbox.texts()).toEqual(['Rapat 😀 kerja']);
});

describe('who does not know the secret', () => {
  test.each([
    ['no secret', {}],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'salah' }],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['a part of the secret', { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }],
  ])('%s: refused before a byte of the body is read', async (_, headers) => {
    const { stream, taken } = body([JSON.stringify(UPDATE)]);
    expect((await handler()(request(stream, headers))).status).toBe(401);
    expect(taken.pieces).toBe(0);
    expect(inbox.calls).toBe(0);
  });

  test('an empty secret cannot be set up', () => {
    expect(() => handler({ secret: '' })).toThrow('needs a secret');
  });

  test('another method than POST is refused', async () => {
    expect((await handler()(new Request('http://127.0.0.1/hook'))).status).toBe(405);
  });
});

describe('what is no update', () => {
  test.each(['', 'x', '{', '[]', 'null', '{"message":{}}', '{"update_id":"1"}'])('%s is answered with 400', async (text) => {
    expect((await handler()(request(text))).status).toBe(400);
    expect(inbox.calls).toBe(0);
  });

  test('more than allowed is refused by its announced length, unread', async () => {
    const { stream, taken } = body(['x']);
    const headers = { 'x-telegram-bot-api-secret-token': SECRET, 'content-length': '1048577' };
    expect((await handler()(request(stream, headers))).status).toBe(413);
    expect(taken.pieces).toBe(0);
  });

  test('more than allowed without an announced length is refused while it streams', async () => {
    const { stream, taken } = body(Array.from({ length: 100 }, () => 'x'.repeat(1000)));
    expect((await handler({ maxBytes: 5000 })(request(stream))).status).toBe(413);
    expect(taken.pieces).toBeLessThan(10);
  });

  test('a body that never ends is given up', async () => {
    expect((await handler({ idleMs: 50 })(request(body(['{'], false).stream))).status).toBe(408);
  });
});

describe('when it cannot be kept', () => {
  test('Telegram is asked to come again, and nothing is acknowledged', async () => {
    inbox.failures = 1;
    const answer = await handler()(request(JSON.stringify(UPDATE)));
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(rung).toEqual([]);
  });

  test('the same while too much waits', async () => {
    expect((await handler({ mayAsk: () => false })(request(JSON.stringify(UPDATE)))).status).toBe(503);
    expect(inbox.calls).toBe(0);
  });
});

describe('registration', () => {
  let platform: BotApi;
  beforeEach(async () => {
    platform = await startBotApi({ token: TOKEN, clock: new TestClock() });
  });
  afterEach(() => platform.close());

  test('the address, the secret and the kinds of updates are told; what waits is kept', async () => {
    const api = createApi({ token: TOKEN, apiRoot: platform.root });
    platform.phone(5, 'Sari').sendText('satu');
    expect(await registerWebhook(api, 'http://127.0.0.1:1/hook', SECRET)).toEqual({ registered: 'yes' });
    expect(platform.calls.at(-1)).toMatchObject({
      method: 'setWebhook',
      params: { secret_token: SECRET, allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'] },
    });
    expect(platform.pending()).toHaveLength(1);
  });

  test('whether Telegram has brought everything is asked of Telegram', async () => {
    const api = createApi({ token: TOKEN, apiRoot: platform.root });
    expect(await isAllBrought(api)).toBe(true);
    platform.phone(5, 'Sari').sendText('satu');
    expect(await isAllBrought(api)).toBe(false);
    platform.faults.next('getWebhookInfo', { status: 500 });
    expect(await isAllBrought(api)).toBe(false);
  });

  test('a secret that Telegram would not send back is refused here', async () => {
    const api = createApi({ token: TOKEN, apiRoot: platform.root });
    for (const secret of ['', 'dengan spasi', 'x'.repeat(257)]) {
      expect(await registerWebhook(api, 'http://127.0.0.1:1/hook', secret)).toMatchObject({ registered: 'no' });
    }
    platform.faults.next('setWebhook', { status: 500 });
    expect(await registerWebhook(api, 'http://127.0.0.1:1/hook', SECRET)).toEqual({ registered: 'no', why: 'Fault 500' });
  });
});
