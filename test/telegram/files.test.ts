import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fetched } from '../../bots/channel.ts';
import { createApi } from '../../bots/telegram/api.ts';
import { createFetch } from '../../bots/telegram/files.ts';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { type Stub, startStub, TestClock, TOKEN } from './hands.ts';

const MIB = 1024 * 1024;
let platform: BotApi;
let stub: Stub | null;
let folder: string;

beforeEach(async () => {
  platform = await startBotApi({ token: TOKEN, clock: new TestClock(), downloadMax: 2 * MIB });
  stub = null;
  folder = await mkdtemp(join(tmpdir(), 'alur-telegram-'));
});
afterEach(async () => {
  await platform.close();
  await stub?.close();
  await rm(folder, { recursive: true });
});

const ref = (fileId: string, size?: number) => ({
  ...{ channel: 'telegram' as const, account: '777', fileId, uniqueId: 'u' },
  ...(size === undefined ? {} : { size }),
});
const fetcher = (root = platform.root, more: { idleMs?: number; maxBytes?: number } = {}, cloud = false) =>
  createFetch({ api: { ...createApi({ token: TOKEN, apiRoot: root, timeoutMs: 2000 }), cloud }, account: '777', againMs: 10, ...more });

async function bytesOf(fetched: Fetched): Promise<Buffer> {
  if (fetched.fetched !== 'yes') throw new Error(JSON.stringify(fetched));
  const chunks: Uint8Array[] = [];
  for await (const chunk of fetched.stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A platform that answers getFile with this path and serves the download as told. */
async function served(path: string, download: Stub['answer'], size?: number): Promise<string> {
  stub = await startStub((request, response, body) => {
    if (!request.url?.endsWith('/getFile')) return download(request, response, body);
    response.end(JSON.stringify({ ok: true, result: { file_id: 'f', file_path: path, file_size: size } }));
  });
  return stub.root;
}

describe('a file from the platform', () => {
  test('comes whole, with its size', async () => {
    const bytes = Buffer.alloc(MIB, 'abc');
    const sari = platform.phone(1001, 'Sari');
    await sari.sendDocument(bytes, { fileName: 'laporan.pdf' });
    const fetched = await fetcher()(ref(sari.messages()[0]?.media?.fileId ?? ''));
    expect(fetched).toMatchObject({ fetched: 'yes', size: MIB });
    expect((await bytesOf(fetched)).equals(bytes)).toBe(true);
  });

  test('that is too big is told with the limit: as the platform says it, and by its known size without a call', async () => {
    const sari = platform.phone(1001, 'Sari');
    await sari.sendVideo(Buffer.alloc(3 * MIB));
    expect(await fetcher()(ref(sari.messages()[0]?.media?.fileId ?? ''))).toMatchObject({ fetched: 'too-big' });
    const before = platform.calls.length;
    expect(await fetcher(platform.root, { maxBytes: 20 * MIB })(ref('x', 20 * MIB + 1))).toEqual({ fetched: 'too-big', max: 20 * MIB });
    expect(platform.calls.length).toBe(before);
  });

  test('the cloud gives 20 MB', async () => {
    const api = createApi({ token: TOKEN, apiRoot: 'https://api.telegram.org' });
    expect(await createFetch({ api, account: '777' })(ref('x', 20 * MIB + 1))).toEqual({ fetched: 'too-big', max: 20 * MIB });
  });

  test('that it does not know, or that another bot received, is gone', async () => {
    expect(await fetcher()(ref('tidak-ada'))).toEqual({ fetched: 'gone' });
    expect(await fetcher()({ ...ref('x'), account: '888' })).toEqual({ fetched: 'gone' });
  });

  test('that is not there for a moment is asked for once more', async () => {
    const sari = platform.phone(1001, 'Sari');
    await sari.sendDocument(Buffer.from('x'));
    const body = '{"ok":false,"error_code":400,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"}';
    platform.faults.next('getFile', { status: 400, body });
    expect(await fetcher()(ref(sari.messages()[0]?.media?.fileId ?? ''))).toMatchObject({ fetched: 'yes' });
  });

  test.each([
    ['a 500', { status: 500 }],
    ['a 429', { retryAfter: 9 }],
    ['a cut connection', { drop: true }],
  ])('%s means later, on the question and on the download', async (_, fault) => {
    const sari = platform.phone(1001, 'Sari');
    await sari.sendDocument(Buffer.from('x'));
    const file = ref(sari.messages()[0]?.media?.fileId ?? '');
    for (const method of ['getFile', 'file']) {
      platform.faults.next(method, fault);
      expect(await fetcher()(file)).toMatchObject({ fetched: 'later', ...('retryAfter' in fault ? { afterMs: 9000 } : {}) });
    }
    expect(await fetcher()(file)).toMatchObject({ fetched: 'yes' });
  });
});

describe('a download that goes wrong on its way', () => {
  test('more bytes than allowed end it', async () => {
    const root = await served('a.bin', (_, response) => {
      response.write(Buffer.alloc(600));
      response.end(Buffer.alloc(600));
    });
    await expect(bytesOf(await fetcher(root, { maxBytes: 1000 })(ref('f')))).rejects.toThrow('larger than allowed');
  });

  test('silence ends it', async () => {
    const root = await served('a.bin', (_, response) => void response.write('a'));
    await expect(bytesOf(await fetcher(root, { idleMs: 100 })(ref('f')))).rejects.toThrow('stalled');
  });

  test('a broken connection is an error, never a short file', async () => {
    const root = await served('a.bin', (request, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('a', () => request.socket.destroy());
    });
    await expect(bytesOf(await fetcher(root)(ref('f')))).rejects.toThrow('broke off');
  });

  test('a reader that lets go closes the connection', async () => {
    let closed = false;
    const root = await served('a.bin', (_, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.write('a');
    });
    const fetched = await fetcher(root)(ref('f'));
    if (fetched.fetched !== 'yes') throw new Error('not fetched');
    for await (const _ of fetched.stream) break;
    while (!closed) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closed).toBe(true);
  });

  test('the token is in no result and in no error', async () => {
    const kept: unknown[] = [];
    const root = await served(`x/${TOKEN}.bin`, (request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('a', () => request.socket.destroy());
    });
    const fetched = await fetcher(root)(ref('f'));
    await bytesOf(fetched).catch((error: unknown) => kept.push(error));
    const cut = await served('a.bin', (request) => void request.socket.destroy());
    kept.push(await fetcher(cut)(ref('f')));
    expect(kept).toHaveLength(2);
    expect(inspect(kept, { depth: 10 })).not.toContain('canary');
  });
});

describe('a server of one’s own, with its files on disk', () => {
  const none: Stub['answer'] = (_, response) => void response.writeHead(404).end();

  test('is read from its directory, also by a file address with a host', async () => {
    const path = join(folder, TOKEN, 'videos', 'a.mp4');
    await mkdir(join(folder, TOKEN, 'videos'), { recursive: true });
    await writeFile(path, 'isi berkas');
    for (const given of [path, `file://${path}`, `file://server${path}`]) {
      const fetched = await fetcher(await served(given, none, 10))(ref('f'));
      expect(fetched).toMatchObject({ fetched: 'yes', size: 10 });
      expect(String(await bytesOf(fetched))).toBe('isi berkas');
      await stub?.close();
    }
  });

  test('is not read at the word of the cloud, which has no disk here', async () => {
    await mkdir(join(folder, TOKEN), { recursive: true });
    await writeFile(join(folder, TOKEN, 'a'), 'x');
    expect(await fetcher(await served(join(folder, TOKEN, 'a'), none), {}, true)(ref('f'))).toMatchObject({ fetched: 'later' });
  });

  test('is not read outside of it: not elsewhere, not by climbing, not through a link', async () => {
    await mkdir(join(folder, TOKEN), { recursive: true });
    await writeFile(join(folder, 'rahasia'), 'x');
    await symlink(join(folder, 'rahasia'), join(folder, TOKEN, 'tautan'));
    for (const path of [
      join(folder, 'rahasia'),
      `${folder}/${TOKEN}/../rahasia`,
      join(folder, TOKEN, 'tautan'),
      join(folder, TOKEN, 'tidak-ada'),
    ]) {
      const fetched = await fetcher(await served(path, none))(ref('f'));
      expect(fetched).toMatchObject({ fetched: 'later' });
      expect(JSON.stringify(fetched)).not.toContain('canary');
      await stub?.close();
    }
  });
});
