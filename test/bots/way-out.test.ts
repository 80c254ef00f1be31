// Out of the process only to whom it was said, and never further than that.
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpsOut, wayOut } from '../../bots/way-out.ts';

const heard: string[] = [];
let server: Server;
let here: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(request.url ?? '');
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.end('yes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  here = `http://127.0.0.1:${address.port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a host that was named is asked, whatever the path', async () => {
  const response = await wayOut([`${here}/bot/`])(new URL(`${here}/any`));
  expect(await response.text()).toBe('yes');
});

test('a redirect is an answer and is not followed', async () => {
  heard.length = 0;
  const response = await wayOut([here])(new URL(`${here}/moved`));
  expect([response.status, heard]).toEqual([302, ['/moved']]);
});

test('any other host, port, scheme or spelling is refused before a byte leaves, and its address is not told', async () => {
  heard.length = 0;
  const { port } = new URL(here);
  const others = [
    `http://localhost:${port}/x`,
    `http://127.0.0.1:${Number(port) - 1}/x`,
    `https://127.0.0.1:${port}/x`,
    `http://127.0.0.1.nip.example:${port}/x`,
    `http://[::ffff:127.0.0.1]:${port}/x`,
    'file:///etc/passwd',
    'data:text/plain,x',
    'blob:x',
  ];
  for (const other of others) {
    const refused = await wayOut([here, 'file:///etc', 'data:text/plain,x'])(new URL(other)).catch((error: unknown) => error);
    expect(String(refused), other).toBe('Error: a host that this way out does not lead to');
  }
  expect(heard).toEqual([]);
});

test('what is spelled otherwise but is the same place is the same', async () => {
  const { port } = new URL(here);
  expect((await wayOut([here])(new URL(`http://0x7f.1:${port}/same`))).status).toBe(200);
});

test('over HTTPS a host that is not allowed, and one that nobody listens at, are no answer', async () => {
  const asked: string[] = [];
  const get = httpsOut((host) => {
    asked.push(host);
    return host === '127.0.0.1:9';
  });
  const rest = { path: '/', headers: {}, timeoutMs: 2_000 };
  expect(await get({ host: new URL(here).host, ...rest })).toBeNull();
  expect(await get({ host: '127.0.0.1:9', ...rest })).toBeNull();
  expect(asked).toHaveLength(2);
});
