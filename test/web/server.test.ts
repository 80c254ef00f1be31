// The one listener: health, metrics, webhook path, and the board or the simulator.
import { afterEach, expect, test } from 'vitest';
import { openMetrics } from '../../web/metrics.ts';
import { type Listening, listen, type WebParts, webRoutes } from '../../web/server.ts';

const board = async () => ({ steps: [], published: 0, at: '20 November 2026 pukul 09.05 WIB' });
const opened: { close(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const part of opened.splice(0)) await part.close();
});

function parts(changes: Partial<WebParts> = {}): WebParts {
  const metrics = openMetrics(async () => ({ inbox: { waiting: 3, oldestMs: 1500 }, outbox: { waiting: 0, oldestMs: null } }));
  opened.push(metrics);
  return { checks: [], metrics, front: { is: 'board', board }, onError: () => {}, ...changes };
}

async function listening(web: WebParts): Promise<string> {
  const answer: Listening = await listen(webRoutes(web), '127.0.0.1', 0);
  if (answer.listening === 'no') throw new Error(answer.why);
  opened.push(answer);
  return answer.url;
}

test('GET /healthz answers 200 with what is up', async () => {
  const url = await listening(parts({ checks: [{ name: 'database', run: async () => ({ ok: true, detail: 'menjawab' }) }] }));
  const response = await fetch(`${url}healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', up: { database: 'menjawab' } });
});

test('GET /healthz answers 503 with what is not up', async () => {
  const url = await listening(parts({ checks: [{ name: 'database', run: async () => ({ ok: false, detail: 'tidak terjangkau' }) }] }));
  const response = await fetch(`${url}healthz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ status: 'down', down: { database: 'tidak terjangkau' } });
});

test('GET /metrics tells what waits, how old it is and how deliveries ended', async () => {
  const web = parts();
  web.metrics.heard('telegram', 'tap', 2);
  web.metrics.delivered('telegram', 'refused');
  const response = await fetch(`${await listening(web)}metrics`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(text).toContain('alur_waiting{door="inbox"} 3');
  expect(text).toContain('alur_oldest_seconds{door="inbox"} 1.5');
  expect(text).toContain('alur_updates_total{channel="telegram",kind="tap"} 2');
  expect(text).toContain('alur_deliveries_total{channel="telegram",ending="refused"} 1');
  expect(text).toContain('process_cpu_seconds_total');
});

test('metrics still answer when the database is away', async () => {
  const metrics = openMetrics(async () => {
    throw new Error('away');
  });
  opened.push(metrics);
  const text = await (await fetch(`${await listening(parts({ metrics }))}metrics`)).text();
  expect(text).toContain('alur_doors_readable 0');
});

test('the webhook is heard on its own path and by POST only', async () => {
  const heard: string[] = [];
  const handle = async (request: Request) => {
    heard.push(request.headers.get('x-telegram-bot-api-secret-token') ?? '');
    return new Response('', { status: 200 });
  };
  const url = await listening(parts({ webhook: { path: '/hooks/telegram', handle } }));
  const posted = await fetch(`${url}hooks/telegram`, { method: 'POST', body: '{}', headers: { 'x-telegram-bot-api-secret-token': 's' } });
  expect([posted.status, (await fetch(`${url}hooks/telegram`)).status, (await fetch(`${url}other`, { method: 'POST' })).status]).toEqual([
    200, 404, 404,
  ]);
  expect(heard).toEqual(['s']);
});

test('the webhook may turn a large body away without reading it', async () => {
  const handle = async () => new Response('', { status: 401 });
  const url = await listening(parts({ webhook: { path: '/t', handle } }));
  const response = await fetch(`${url}t`, { method: 'POST', body: 'x'.repeat(10_000_000) }).catch((error: Error) => error);
  // The connection may be cut while the rest is still being sent; what must not be is a 200.
  if (response instanceof Response) expect(response.status).toBe(401);
  expect((await fetch(`${url}healthz`)).status).toBe(200);
});

test('the board shows counts by step and escapes what it shows', async () => {
  const step = { office: '<b>Dinas</b>', sop: 'Unggah', step: 'periksa', role: 'Ketua', waiting: 4, late: 1, nextDue: 'besok' };
  const url = await listening(parts({ front: { is: 'board', board: async () => ({ steps: [step], published: 7, at: 'kini' }) } }));
  const response = await fetch(url);
  const text = await response.text();
  expect(text).toContain('4 konten berjalan, 1 terlambat, 7 sudah tayang');
  expect(text).toContain('&lt;b&gt;Dinas&lt;/b&gt;');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(`${url}board.css`)).headers.get('content-type')).toMatch(/^text\/css/);
});

test('with the simulator its routes answer, and the listener’s own come first', async () => {
  const routes = { fetch: (request: Request) => new Response(`simulator ${new URL(request.url).pathname}`) };
  const url = await listening(parts({ front: { is: 'simulator', routes } }));
  expect(await (await fetch(url)).text()).toBe('simulator /');
  expect(await (await fetch(`${url}bot1:x/getMe`, { method: 'POST' })).text()).toBe('simulator /bot1:x/getMe');
  expect((await fetch(`${url}healthz`)).headers.get('content-type')).toMatch(/^application\/json/);
  expect((await fetch(url)).headers.get('x-content-type-options')).toBe('nosniff');
});

test('a route that fails is told to the log and says nothing of it outside', async () => {
  const errors: string[] = [];
  const failing = async () => {
    throw new Error('postgres://alur:secret@db');
  };
  const url = await listening(parts({ front: { is: 'board', board: failing }, onError: (error) => errors.push(error.message) }));
  const response = await fetch(url);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(errors).toEqual(['postgres://alur:secret@db']);
});

test('a port in use is answered with the setting’s name', async () => {
  const url = await listening(parts());
  const second = await listen(webRoutes(parts()), '127.0.0.1', Number(new URL(url).port));
  expect(second).toMatchObject({ listening: 'no', why: expect.stringMatching(/^HTTP_PORT: .*sudah dipakai/) });
});

test('an address that this machine does not have is answered with the setting’s name', async () => {
  const answer = await listen(webRoutes(parts()), '192.0.2.1', 0);
  expect(answer).toMatchObject({ listening: 'no', why: expect.stringContaining('HTTP_HOST') });
});
