import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createApi } from '../../bots/telegram/api.ts';
import { type Stub, startStub, TOKEN, until } from './hands.ts';

const servers: Stub[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function stub(answer: Stub['answer']): Promise<Stub> {
  const server = await startStub(answer);
  servers.push(server);
  return server;
}
const apiAt = (root: string, timeoutMs = 5000) => createApi({ token: TOKEN, apiRoot: root, timeoutMs, uploadTimeoutMs: timeoutMs });
const json = (status: number, body: object): Stub['answer'] => {
  return (_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('calls', () => {
  test('a result comes back, and a root with a path keeps its path', async () => {
    const server = await stub(json(200, { ok: true, result: { id: 1 } }));
    expect(await apiAt(`${server.root}/bot-api`).call('getMe', {})).toEqual({ ok: true, result: { id: 1 } });
    expect(server.paths).toEqual([`/bot-api/bot${TOKEN}/getMe`]);
  });

  test('a refusal keeps its code, its words and its parameters', async () => {
    const server = await stub(
      json(429, { ok: false, error_code: 429, description: 'slow', parameters: { retry_after: 3, migrate_to_chat_id: -1005 } }),
    );
    expect(await apiAt(server.root).call('getMe', {})).toEqual({
      ...{ ok: false, cause: 'platform', code: 429, description: 'slow', retryAfterMs: 3000, migrateTo: '-1005' },
    });
  });

  test('a stop signal ends a call at once', async () => {
    const server = await stub(() => undefined);
    const stop = new AbortController();
    const call = apiAt(server.root, 60_000).call('getUpdates', {}, { signal: stop.signal });
    stop.abort();
    expect(await call).toMatchObject({ ok: false, cause: 'aborted' });
    expect(await apiAt(server.root).call('getMe', {}, { signal: stop.signal })).toMatchObject({ cause: 'aborted' });
  });

  test('a redirect is not followed: the token goes to no other host', async () => {
    const other = await stub(json(200, { ok: true, result: 1 }));
    const server = await stub((_, response) => void response.writeHead(307, { location: `${other.root}/bot${TOKEN}/getMe` }).end());
    expect(await apiAt(server.root).call('getMe', {})).toMatchObject({ ok: false, code: 307 });
    expect(await apiAt(server.root).download('photos/a.jpg', 5000)).toMatchObject({ ok: false, code: 307 });
    expect(other.paths).toEqual([]);
  });

  test('a file path cannot lead out of the file area', async () => {
    const server = await stub(json(200, {}));
    for (const path of ['../bot/getMe', 'a/../../b', '/etc/passwd', 'a//b', './a']) {
      expect(await apiAt(server.root).download(path, 5000)).toMatchObject({ ok: false });
    }
    await apiAt(server.root).download('photos/a b?.jpg', 5000);
    expect(server.paths).toEqual([`/file/bot${TOKEN}/photos/a%20b%3F.jpg`]);
  });
});

describe('uploads', () => {
  const file = (open: () => NodeJS.ReadableStream, name = 'foto.jpg') => ({ field: 'f0', name, mime: 'image/jpeg', open });

  test('objects arrive as JSON and a file name cannot break out of its header', async () => {
    const server = await stub(json(200, { ok: true, result: true }));
    const params = { chat_id: 5, photo: 'attach://f0', reply_parameters: { message_id: 9 } };
    await apiAt(server.root).upload('sendPhoto', params, [file(() => Readable.from([Buffer.from('BYTES')]), 'a"\r\nX-Bad: 1.jpg')]);
    const body = String(server.bodies[0]);
    expect(body).toContain('name="reply_parameters"\r\n\r\n{"message_id":9}\r\n');
    expect(body).toContain('name="f0"; filename="a__X-Bad: 1.jpg"\r\nContent-Type: image/jpeg\r\n\r\nBYTES\r\n');
    expect(body).not.toMatch(/^X-Bad/m);
  });

  test('a connection that is cut in the middle lets go of the file', async () => {
    const opened: Readable[] = [];
    const server = createServer((request) => void request.once('data', () => request.socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const endless = () => {
      const stream = new Readable({
        read() {
          this.push(Buffer.alloc(65_536));
        },
      });
      opened.push(stream);
      return stream;
    };
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await apiAt(root).upload('sendPhoto', { chat_id: 5, photo: 'attach://f0' }, [file(endless)])).toMatchObject({
      cause: 'network',
    });
    await until(() => opened[0]?.destroyed === true);
    expect(opened).toHaveLength(1);
    server.close();
  });

  test('a vault that cannot be read is told as our own fault', async () => {
    const server = await stub(json(200, { ok: true, result: true }));
    const broken = () =>
      new Readable({
        read() {
          this.destroy(Object.assign(new Error(`ENOENT /secret/${TOKEN}`), { code: 'ENOENT' }));
        },
      });
    expect(await apiAt(server.root).upload('sendPhoto', { chat_id: 5, photo: 'attach://f0' }, [file(broken)])).toMatchObject({
      ...{ ok: false, cause: 'unreadable', description: 'file for upload could not be read (ENOENT)' },
    });
  });
});

describe('the token', () => {
  const faults: [string, Stub['answer'], string][] = [
    [
      'an error that names it',
      json(400, { ok: false, error_code: 400, description: `bad /bot${TOKEN}/x, ${encodeURIComponent(TOKEN)}` }),
      'platform',
    ],
    ['its secret part alone', json(500, { ok: false, error_code: 500, description: TOKEN.slice(4) }), 'platform'],
    ['a page instead of an answer', (_, r) => void r.writeHead(502).end(`<a href="/bot${TOKEN}/">`), 'platform'],
    ['an answer that is no JSON', (_, r) => void r.writeHead(200).end(`{"url":"${TOKEN}`), 'garbled'],
    ['a cut connection', (request) => void request.socket.destroy(), 'network'],
    ['silence', () => undefined, 'timeout'],
    [
      'half an answer',
      (request, r) => void r.writeHead(200, { 'content-length': 99 }).write('{', () => request.socket.destroy()),
      'network',
    ],
    ['a redirect', (_, r) => void r.writeHead(302, { location: `https://evil.example/bot${TOKEN}/` }).end(), 'platform'],
  ];

  test.each(faults)('is in no result of %s', async (_, answer, cause) => {
    const server = await stub(answer);
    const api = apiAt(server.root, 300);
    const upload = { field: 'f0', name: 'x', mime: 'x/y', open: () => Readable.from([Buffer.from('x')]) };
    const results = [
      await api.call('sendMessage', { chat_id: 1, text: 'x' }),
      await api.upload('sendPhoto', { chat_id: 1, photo: 'attach://f0' }, [upload]),
      await api.download('photos/a.jpg', 300),
    ];
    expect(results[0]).toMatchObject({ ok: false, cause });
    for (const result of results.slice(0, 2)) expect(result.ok).toBe(false);
    expect(
      inspect(
        results.filter((result) => !result.ok),
        { depth: 10 },
      ),
    ).not.toMatch(/AAHcanary|0123456789abcdefgh/);
  });

  test('is in no result when nobody listens', async () => {
    const server = await startStub(() => undefined);
    await server.close();
    const result = await apiAt(server.root).call('getMe', {});
    expect(result).toMatchObject({ ok: false, cause: 'network' });
    expect(inspect(result)).not.toContain('canary');
  });
});
