import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SimulatorControl, simulatorRoutes } from '../../web/simulator/page.ts';
import type { Update } from '../../web/simulator/wire.ts';
import { type Bench, bench } from './support.ts';

let at: Bench;
let app: Hono;
let control: SimulatorControl;
let alarm: number | null;
beforeEach(async () => {
  at = await bench();
  alarm = null;
  control = {
    offices: [
      {
        id: 'dinas',
        name: 'Dinas (contoh)',
        timezone: 'Asia/Jakarta',
        people: [
          { id: 'sari', name: 'Sari', roles: ['Tim Pelaksana'], telegram: 1001 },
          { id: 'maya', name: 'Maya', roles: ['Admin'], telegram: null },
        ],
      },
      {
        id: 'badan',
        name: 'Badan (contoh)',
        timezone: 'Asia/Jayapura',
        people: [{ id: 'sari', name: 'Yosepha', roles: ['Petugas'], telegram: 2001 }],
      },
    ],
    now: () => at.clock.now(),
    nextAlarm: async () => alarm,
    moveClock: async (to) => {
      if (to < at.clock.at) throw new Error('Jam tidak dapat dimundurkan.');
      at.clock.at = to;
    },
  };
  app = simulatorRoutes(at.api, control);
});
afterEach(() => at.end());

const ORIGIN = 'http://127.0.0.1:8080';
const get = async (path: string, headers: Record<string, string> = {}) =>
  app.request(`${ORIGIN}${path}`, { headers: { host: '127.0.0.1:8080', ...headers } });
const post = async (path: string, body: unknown, headers: Record<string, string> = { 'x-alur-simulator': '1' }) =>
  app.request(`${ORIGIN}/simulator/${path}`, {
    method: 'POST',
    headers: { host: '127.0.0.1:8080', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const heard = async () => (await at.bot.telegram.callApi('getUpdates', {} as never)) as unknown as Update[];

test('the page and everything it loads is served, and nothing beside it', async () => {
  const page = await (await get('/')).text();
  const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(loaded.length).toBeGreaterThan(3);
  const scripts = new Set(loaded);
  for (const path of scripts) {
    const response = await get(path);
    expect([path, response.status]).toEqual([path, 200]);
    const text = await response.text();
    for (const match of path.endsWith('.js') ? text.matchAll(/from '\.\/([a-z]+\.js)'/g) : []) scripts.add(`/simulator/${match[1]}`);
  }
  expect((await get('/simulator/..%2fpage.ts')).status).toBe(404);
});

test('everybody with an account has a phone, office by office, with roles and chats; a stranger belongs to none', async () => {
  at.api.phone(9001, 'Orang luar');
  at.api.group(-500, 'Tim', [1001]);
  const state: unknown = await (await get('/simulator/state')).json();
  expect(state).toMatchObject({
    offices: [
      { id: 'dinas', name: 'Dinas (contoh)', timezone: 'Asia/Jakarta' },
      { id: 'badan', name: 'Badan (contoh)', timezone: 'Asia/Jayapura' },
    ],
    phones: [
      { id: 1001, name: 'Sari', office: 'dinas', roles: ['Tim Pelaksana'], chats: [{ id: 1001 }, { id: -500, title: 'Tim' }] },
      { id: 2001, name: 'Yosepha', office: 'badan', roles: ['Petugas'], chats: [{ id: 2001 }] },
      { id: 9001, office: null, roles: [] },
    ],
  });
});

test('what is written on the page reaches the bot, and its card is shown', async () => {
  at.api.phone(1001, 'Sari');
  await post('text', { person: 1001, chat: 1001, text: 'Pasar murah' });
  expect((await heard()).map((update) => update.message?.text)).toEqual(['Pasar murah']);
  await at.bot.telegram.sendMessage(1001, 'kartu', { reply_markup: { inline_keyboard: [[{ text: 'TERIMA', callback_data: 'a' }]] } });
  expect(await (await get('/simulator/chat?person=1001&chat=1001')).json()).toMatchObject({
    messages: [{ text: 'Pasar murah' }, { from: 'bot', text: 'kartu', buttons: [[{ label: 'TERIMA', data: 'a' }]] }],
  });
});

test('a tap waits for the answer of the bot', async () => {
  at.api.phone(1001, 'Sari');
  const card = await at.bot.telegram.sendMessage(1001, 'kartu');
  const tap = post('tap', { person: 1001, chat: 1001, message: card.message_id, data: 'a' });
  const [update] = (await at.bot.telegram.callApi('getUpdates', { timeout: 5 } as never)) as unknown as Update[];
  await at.bot.telegram.answerCbQuery(update?.callback_query?.id ?? '', 'Dicatat', { show_alert: true });
  expect(await (await tap).json()).toEqual({ text: 'Dicatat', alert: true });
});

test('chosen samples go out as one album, documents by themselves', async () => {
  at.api.phone(1001, 'Sari');
  await post('samples', { person: 1001, chat: 1001, items: ['1', '2', 'video', 'document'], caption: 'Kegiatan' });
  const messages = (await heard()).map((update) => update.message);
  expect(messages.map((message) => [message?.caption, message?.media_group_id !== undefined])).toEqual([
    ['Kegiatan', true],
    [undefined, true],
    [undefined, true],
    [undefined, false],
  ]);
});

test('own files are sent by their kind, and an empty one does no harm', async () => {
  at.api.phone(1001, 'Sari');
  const form = new FormData();
  form.set('person', '1001');
  form.set('chat', '1001');
  form.set('caption', 'Berkas');
  form.append('file', new File(['%PDF-1.4'], 'laporan "akhir".pdf', { type: 'application/pdf' }));
  form.append('file', new File([], 'kosong.jpg', { type: 'image/jpeg' }));
  const response = await app.request(`${ORIGIN}/simulator/files`, { method: 'POST', headers: { 'x-alur-simulator': '1' }, body: form });
  expect(await response.json()).toEqual({ sent: 2 });
  const messages = (await heard()).map((update) => update.message);
  expect(messages.map((message) => message?.photo?.at(-1)?.file_size ?? message?.document?.file_name)).toEqual([0, 'laporan "akhir".pdf']);
});

test('a file that is no picture is offered as a download, never shown', async () => {
  const sari = at.api.phone(1001, 'Sari');
  await sari.sendDocument(Buffer.from('<script>alert(1)</script>'), { fileName: 'x.html', mime: 'text/html' });
  const id = sari.messages()[0]?.media?.fileId ?? '';
  const response = await get(`/simulator/file/${id}`);
  expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
    'application/octet-stream',
    "attachment; filename*=UTF-8''x.html",
  ]);
});

test('the clock goes an hour on, or to the next morning of the office', async () => {
  at.clock.at = Date.UTC(2026, 10, 20, 20, 0);
  await post('clock', { to: 'hour' });
  expect(at.clock.at).toBe(Date.UTC(2026, 10, 20, 21, 0));
  // 21.00 UTC is 04.00 of the 21st in Jakarta, so the next morning is that of the 22nd.
  await post('clock', { to: 'morning' });
  expect(at.clock.at).toBe(Date.UTC(2026, 10, 22, 0, 30));
  // In Jayapura it is 09.30 by now, and the next morning comes two hours earlier than in Jakarta.
  await post('clock', { to: 'morning', office: 'badan' });
  expect(at.clock.at).toBe(Date.UTC(2026, 10, 22, 22, 30));
});

test('the clock goes to the next reminder, and says so when none waits', async () => {
  const before = at.clock.at;
  const response = await post('clock', { to: 'alarm' });
  expect([response.status, await response.json(), at.clock.at]).toEqual([409, { error: 'Belum ada tenggat yang menunggu.' }, before]);
  alarm = before + 90 * 60_000;
  expect(await (await post('clock', { to: 'alarm' })).json()).toEqual({ now: alarm });
});

test('a clock that may not go back says why', async () => {
  const response = await post('clock', { to: at.clock.at - 1000 });
  expect([response.status, await response.json()]).toEqual([409, { error: 'Jam tidak dapat dimundurkan.' }]);
});

test('another site can neither read nor press', async () => {
  at.api.phone(1001, 'Sari');
  expect((await get('/simulator/state', { host: 'jahat.example' })).status).toBe(403);
  expect((await get('/simulator/state', { origin: 'https://jahat.example' })).status).toBe(403);
  expect((await get('/simulator/state', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post('text', { person: 1001, text: 'a' }, {})).status).toBe(403);
  expect(await heard()).toEqual([]);
});

test('a phone shows and writes only into its own chats', async () => {
  at.api.phone(1001, 'Sari');
  at.api.phone(1002, 'Budi').sendText('rahasia');
  expect(await (await get('/simulator/chat?person=1001&chat=1002')).json()).toEqual({ messages: [] });
  expect((await post('text', { person: 1001, chat: 1002, text: 'a' })).status).toBe(400);
});

test('somebody unknown gets a phone of his own', async () => {
  const { id } = (await (await post('stranger', {})).json()) as { id: number };
  await post('text', { person: id, text: '/start' });
  expect((await heard()).map((update) => update.message?.from.id)).toEqual([id]);
});

test('changes are told as events', async () => {
  const sari = at.api.phone(1001, 'Sari');
  const response = await get('/simulator/events');
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toContain('"chats":[]');
  sari.sendText('baru');
  expect(await next()).toContain('"chats":[1001]');
  await reader?.cancel();
});
