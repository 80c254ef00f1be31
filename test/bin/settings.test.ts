// The environment becomes settings, or one list of everything that is wrong with it.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Environment, readSettings, type Settings } from '../../bin/settings.ts';

const TOKEN = '123456789:AAbbCC-dd_ee';
const anyFile = () => true;
const noFile = () => false;

function good(env: Environment): Settings {
  const read = readSettings(env, anyFile);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read.settings;
}

function faults(env: Environment, isFile: (path: string) => boolean = anyFile): string[] {
  const read = readSettings(env, isFile);
  return read.ok ? [] : read.faults;
}

test('nothing set is the simulator on everything embedded, on the loopback', () => {
  expect(good({})).toEqual({
    telegram: { mode: 'simulator' },
    whatsapp: { on: false, url: null, version: null, key: null },
    database: { kind: 'embedded' },
    queues: { kind: 'postgres' },
    dataDir: resolve('data'),
    http: { host: '127.0.0.1', port: 8080 },
    offices: { from: 'sample' },
    logLevel: 'info',
    warnings: [],
    configured: [],
    secrets: [],
  });
});

test('a name that is set but empty counts as not set', () => {
  const names = [
    'TELEGRAM_BOT_TOKEN',
    'TELEGRAM_WEBHOOK_URL',
    'WHATSAPP',
    'DATABASE_URL',
    'REDIS_URL',
    'DATA_DIR',
    'HTTP_PORT',
    'OFFICE_FILE',
    'LOG_LEVEL',
  ];
  expect(good(Object.fromEntries(names.map((name) => [name, name === 'HTTP_PORT' ? '  ' : ''])))).toEqual(good({}));
});

test('a token alone is long polling, and no sample office', () => {
  const settings = good({ TELEGRAM_BOT_TOKEN: TOKEN });
  expect(settings.telegram).toEqual({ mode: 'polling', token: TOKEN, apiRoot: 'https://api.telegram.org' });
  expect(settings.offices).toEqual({ from: 'none' });
  expect(settings.configured).toEqual(['TELEGRAM_BOT_TOKEN']);
});

test('a webhook is heard on the path of its own address', () => {
  const settings = good({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_WEBHOOK_URL: 'https://alur.example/hooks/telegram',
    TELEGRAM_WEBHOOK_SECRET: 'a_B-9',
  });
  expect(settings.telegram).toMatchObject({ mode: 'webhook', path: '/hooks/telegram', secret: 'a_B-9' });
});

test('a webhook address without a secret is refused', () => {
  const found = faults({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://alur.example/t' });
  expect(found).toEqual([expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET: belum diisi/)]);
});

test.each([
  ['a'.repeat(257), 'too long'],
  ['ada spasi', 'a space'],
  ['tanda!', 'a mark outside the alphabet'],
])('a webhook secret %j is refused for %s', (secret) => {
  const found = faults({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://alur.example/t', TELEGRAM_WEBHOOK_SECRET: secret });
  expect(found).toEqual([expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET: tidak sah/)]);
});

test('a webhook secret of 256 characters is taken', () => {
  const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://alur.example/t', TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(256) };
  expect(faults(env)).toEqual([]);
});

test('a plain http webhook is refused at Telegram and taken with a Bot API server of one’s own', () => {
  const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'http://127.0.0.1:9/t', TELEGRAM_WEBHOOK_SECRET: 'x' };
  expect(faults(env)).toEqual([expect.stringMatching(/^TELEGRAM_WEBHOOK_URL: harus https/)]);
  expect(faults({ ...env, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).toEqual([]);
});

test('a webhook without a token is refused, because no simulator was meant', () => {
  const found = faults({ TELEGRAM_WEBHOOK_URL: 'https://alur.example/t', TELEGRAM_WEBHOOK_SECRET: 'x' });
  expect(found).toEqual([expect.stringMatching(/^TELEGRAM_BOT_TOKEN: belum diisi/)]);
});

test('a closing slash of the Bot API root is dropped', () => {
  expect(good({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://localhost:8081/' }).telegram).toMatchObject({
    apiRoot: 'http://localhost:8081',
  });
});

test('everything that is wrong is told at once, one line each, with its repair', () => {
  const found = faults(
    {
      TELEGRAM_BOT_TOKEN: 'not-a-token',
      TELEGRAM_API_ROOT: 'ftp://x',
      TELEGRAM_WEBHOOK_URL: 'nonsense',
      TELEGRAM_WEBHOOK_SECRET: '§',
      WHATSAPP: 'ya',
      WHATSAPP_KEY: 'pendek',
      WHATSAPP_WEB_SOCKET_URL: 'http://127.0.0.1',
      WHATSAPP_VERSION: '2.3000',
      DATABASE_URL: 'mysql://localhost/alur',
      REDIS_URL: 'http://localhost',
      HTTP_HOST: 'not a host',
      HTTP_PORT: '65536',
      OFFICE_FILE: 'ada.yaml, tiada.yaml',
      LOG_LEVEL: 'loud',
    },
    (path) => path.endsWith('/ada.yaml'),
  );
  expect(found.map((line) => line.split(':')[0])).toEqual([
    'TELEGRAM_BOT_TOKEN',
    'TELEGRAM_API_ROOT',
    'TELEGRAM_WEBHOOK_SECRET',
    'TELEGRAM_WEBHOOK_URL',
    'WHATSAPP',
    'WHATSAPP_KEY',
    'WHATSAPP_WEB_SOCKET_URL',
    'WHATSAPP_VERSION',
    'DATABASE_URL',
    'REDIS_URL',
    'HTTP_HOST',
    'HTTP_PORT',
    'OFFICE_FILE',
    'LOG_LEVEL',
  ]);
  for (const line of found) expect(line).toMatch(/; (isi|kosongkan|periksa)/);
  expect(found.join('\n')).toContain('"tiada.yaml"');
});

test.each(['-1', '8080x', '1e3', '65536', '0x50', '80 80'])('HTTP_PORT=%s is no port', (port) => {
  expect(faults({ HTTP_PORT: port })).toEqual([expect.stringMatching(/^HTTP_PORT: /)]);
});

test.each(['0', '65535'])('HTTP_PORT=%s is a port', (port) => {
  expect(good({ HTTP_PORT: port }).http.port).toBe(Number(port));
});

test('WHATSAPP is on or off and nothing else', () => {
  expect(good({ WHATSAPP: 'off' }).whatsapp).toEqual({ on: false, url: null, version: null, key: null });
  expect(good({ WHATSAPP: 'on' }).whatsapp.on).toBe(true);
  expect(faults({ WHATSAPP: 'ya' })).toEqual([expect.stringContaining('tidak dikenal')]);
});

test('beside a database of its own the gateway starts without a key in the environment, and says where the key lies', () => {
  const away = { WHATSAPP: 'on', DATABASE_URL: 'postgres://alur@localhost/alur' };
  expect(good(away).whatsapp).toMatchObject({ on: true, key: null });
  expect(good(away).warnings).toEqual([expect.stringMatching(/^WHATSAPP_KEY kosong: .*whatsapp\.key di DATA_DIR/)]);
  expect(good({ WHATSAPP: 'on' }).warnings).toEqual([]);
});

test('a key from the environment is 32 bytes, as hex or base64', () => {
  const key = Buffer.alloc(32, 0xa5);
  for (const form of ['hex', 'base64', 'base64url'] as const) {
    expect(good({ WHATSAPP: 'on', WHATSAPP_KEY: key.toString(form) }).whatsapp.key).toEqual(key);
  }
  expect(faults({ WHATSAPP_KEY: key.subarray(1).toString('hex') })).toEqual([expect.stringContaining('bukan kunci 32 byte; isi')]);
});

test('the key is a secret in every form it may be written in', () => {
  const key = Buffer.alloc(32, 0xa5);
  const { secrets } = good({ WHATSAPP_KEY: key.toString('hex') });
  expect(secrets).toEqual(expect.arrayContaining([key.toString('hex'), key.toString('base64'), key.toString('base64url')]));
});

test('another place than WhatsApp is for trials, and said so; a version is three numbers', () => {
  const { whatsapp, warnings } = good({ WHATSAPP_WEB_SOCKET_URL: 'ws://127.0.0.1:5222/ws/chat', WHATSAPP_VERSION: '2.3000.1043857760' });
  expect(whatsapp).toMatchObject({ url: 'ws://127.0.0.1:5222/ws/chat', version: [2, 3000, 1_043_857_760] });
  expect(warnings.join()).toContain('hanya untuk uji coba');
});

test('office files are separated by commas, and each must be there', () => {
  expect(good({ OFFICE_FILE: 'a.yaml, b.yaml,' }).offices).toEqual({ from: 'files', files: [resolve('a.yaml'), resolve('b.yaml')] });
  expect(faults({ OFFICE_FILE: 'a.yaml,b.yaml' }, noFile)).toHaveLength(2);
  expect(faults({ OFFICE_FILE: ',' })).toHaveLength(1);
});

test('a name close to a known one is warned about, a common one is not', () => {
  const { warnings } = good({
    TELEGRAM_TOKEN: 'x',
    HTTP_PROT: '1',
    DATABSE_URL: 'x',
    HTTP_PROXY: 'http://proxy',
    HTTPS_PROXY: 'x',
    HOME: '/',
  });
  expect(warnings).toHaveLength(3);
  expect(warnings.join('\n')).toMatch(/DATABSE_URL.*DATABASE_URL[\s\S]*HTTP_PROT.*HTTP_PORT[\s\S]*TELEGRAM_TOKEN.*TELEGRAM_/);
});

test('the secrets are the exact values that a log must never carry', () => {
  const settings = good({
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_WEBHOOK_URL: 'https://alur.example/t',
    TELEGRAM_WEBHOOK_SECRET: 'hook-secret',
    DATABASE_URL: 'postgres://alur:p%40ss@db/alur',
    REDIS_URL: 'rediss://:redis-pass@cache',
  });
  expect(settings.secrets).toEqual([TOKEN, 'hook-secret', 'p%40ss', 'p@ss', 'redis-pass']);
});
