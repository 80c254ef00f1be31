// One run of the real service with everything secret in it known: through success and failure, with the most talkative log, none of it is
// written down anywhere that somebody reads.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../db/store.ts';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { seeded } from '../support/seeded.ts';
import { openTrial, TOKEN, type Trial } from '../support/service.ts';
import { startUnkindProxy, type UnkindProxy } from '../support/unkind-proxy.ts';
import { hasButton, OFFICE_TEXT, people, says } from './walk.ts';

const NUMBER = '6281298765432';
const WHATSAPP_KEY = randomBytes(32);
const MEDIA_KEY = randomBytes(32);
const WEBHOOK_SECRET = 'CANARY-webhook-secret';
const PASSWORD = 'CANARY:sandi/basis@data';
const OFFICE = `${OFFICE_TEXT}
  - { id: tono, name: Tono, roles: [tim_pelaksana], whatsapp: "+${NUMBER}" }
  - { id: lina, name: Lina, roles: [tim_pelaksana] }
`;

let trial: Trial;
let proxy: UnkindProxy;
/** Everything that came out, by where. */
const heard: Record<string, string> = {};

const forms = (key: Uint8Array): string[] =>
  (['hex', 'base64', 'base64url'] as const).map((as) => Buffer.from(key).toString(as).replace(/=+$/, ''));
const secrets: Record<string, string[]> = {
  token: [TOKEN, TOKEN.split(':')[1] ?? '', encodeURIComponent(TOKEN)],
  'webhook secret': [WEBHOOK_SECRET],
  'database password': [PASSWORD, encodeURIComponent(PASSWORD), 'sandi/basis', 'sandi%2Fbasis'],
  'WhatsApp key': forms(WHATSAPP_KEY),
  'media key': forms(MEDIA_KEY),
  'phone number': [NUMBER, `0${NUMBER.slice(2)}`],
};

function found(where: Record<string, string>, which = Object.keys(secrets)): string[] {
  return Object.entries(where).flatMap(([place, text]) =>
    which.filter((name) => secrets[name]?.some((form) => text.includes(form))).map((name) => `${name} in ${place}`),
  );
}

beforeAll(async () => {
  trial = await openTrial({ office: OFFICE, hearing: 'webhook' });
  proxy = await startUnkindProxy(trial.api.root);
  const url = new URL(trial.env['DATABASE_URL'] ?? '');
  const owner = postgres(url.href, { max: 1, onnotice: () => undefined });
  const role = `canary_${randomBytes(4).toString('hex')}`;
  await owner.unsafe(`create role ${role} login superuser password '${PASSWORD}'`);
  await owner.end();
  url.username = role;
  url.password = encodeURIComponent(PASSWORD);
  Object.assign(trial.env, {
    TELEGRAM_API_ROOT: proxy.root,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DATABASE_URL: url.href,
    WHATSAPP: 'on',
    WHATSAPP_KEY: WHATSAPP_KEY.toString('hex'),
    WHATSAPP_WEB_SOCKET_URL: 'ws://127.0.0.1:9',
    LOG_LEVEL: 'trace',
  });
  await trial.start();
});
afterAll(async () => {
  await trial.close();
  await proxy.close();
});

async function page(path: string): Promise<void> {
  heard[path] = await (await fetch(`http://127.0.0.1:${trial.http}${path}`)).text();
}

/** Runs a command; what it says goes to the rest. The exit code. */
async function command(name: string, env: Record<string, string>, ...args: string[]): Promise<number | null> {
  const kept = { ...trial.env };
  Object.assign(trial.env, env);
  const ran = trial.alur(...args);
  Object.assign(trial.env, kept);
  const { code, out, err } = await ran;
  heard[name] = out + err;
  return code;
}

it('no secret is in the log, a page, an error or an export, whatever goes well or wrong', async () => {
  const sql = postgres(trial.env['DATABASE_URL'] ?? '', { max: 1, onnotice: () => undefined });
  const store = await openStore({ url: trial.env['DATABASE_URL'] ?? '', chance: seeded(1), max: 1 });
  secrets['button key'] = forms(await store.buttonKey());

  // A newcomer's invitation, guessed wrongly and then used.
  const file = join(trial.env['DATA_DIR'] ?? '', 'kantor.yaml');
  writeFileSync(file, OFFICE);
  const applied = await trial.alur('office', 'apply', file, '--json');
  const code = /"code":\s*"([A-Z0-9-]{6,})"/.exec(applied.out)?.[1] ?? '';
  expect(code).not.toBe('');
  secrets['invitation'] = [code, code.replaceAll('-', '')];
  heard['office apply, errors'] = applied.err;
  const lina = trial.api.phone(1010, 'Lina');
  // The answer to the wrong one is refused for good, in a sentence that names the token.
  proxy.spoil('sendMessage', 5);
  lina.sendText('/start XXXX-YYYY');
  await expect.poll(() => trial.output(), { timeout: 50_000 }).toContain('refused for good');
  lina.sendText(`/start ${code}`);
  await lina.waitFor(says(/Lina/));

  // Every call that answers and fetches fails, each in a way of its own, and then does not.
  const { sari } = people(trial.api);
  for (const [at, method] of ['sendMessage', 'getFile', 'editMessageText', 'answerCallbackQuery'].entries()) proxy.spoil(method, at);
  await sari.sendPhoto(await samplePhoto(1), { caption: `Hubungi +${NUMBER}` });
  await sari.waitFor(says(/nama kegiatan/i), { timeoutMs: 40_000 });
  sari.sendText('Pasar murah');
  await sari.waitFor(hasButton('Hari ini'), { timeoutMs: 50_000 });
  await sari.press('Hari ini').catch(() => undefined);
  expect(proxy.spoiled()).toBeGreaterThan(1);

  // A file from WhatsApp, which is away: its key is in the row.
  const key = {
    id: 'C1',
    remoteJid: `${NUMBER}@s.whatsapp.net`,
    remoteJidAlt: null,
    participant: null,
    participantAlt: null,
    fromMe: false,
  };
  const image = {
    directPath: '/v/x',
    mediaKey: MEDIA_KEY.toString('base64'),
    fileSha256: MEDIA_KEY.toString('base64'),
    fileEncSha256: 'AAAA',
    fileLength: 9,
    mimetype: 'image/jpeg',
  };
  const me = { pn: '6281100000001@s.whatsapp.net', lid: null };
  const body = { key, me, messageTimestamp: Math.floor(Date.now() / 1000), pushName: 'Tono', message: { imageMessage: image } };
  const lane = `whatsapp:+6281100000001:+${NUMBER}`;
  await store.receive([{ channel: 'whatsapp', account: '+6281100000001', externalId: 'C1', lane, body, tap: false }], Date.now());
  await expect
    .poll(async () => (await sql`select 1 from inbox where external_id = 'C1' and ended_at is not null`).length, { timeout: 50_000 })
    .toBe(1);

  // The database throws everybody out; the webhook is called with a wrong secret.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await fetch(`http://127.0.0.1:${trial.http}/telegram/masuk`, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': 'wrong' },
    body: '{}',
  });
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${trial.http}/healthz`)).status, { timeout: 50_000 }).toBe(200);

  const nobody = new URL(trial.env['DATABASE_URL'] ?? '');
  nobody.port = '9';
  proxy.spoil('getMe', 0);
  const codes = await Promise.all([
    command('doctor', {}, 'doctor', '--json'),
    command('a case that is none', {}, 'case', 'show', '9999/REG', '--json'),
    command('no database', { DATABASE_URL: nobody.href }, 'register', 'export', '--format', 'json'),
    command('a start that fails', { DATABASE_URL: nobody.href }, 'start'),
    command('wrong settings', { WHATSAPP_KEY: `${WHATSAPP_KEY.toString('hex')}x`, TELEGRAM_BOT_TOKEN: `${TOKEN} x` }, 'doctor'),
    command('register', {}, 'register', 'export', '--format', 'csv'),
  ]);
  // A start that leads nowhere is a fault of the settings.
  expect(codes.slice(1, 5)).toEqual([1, 1, 2, 2]);
  for (const path of ['/healthz', '/metrics', '/', '/no-such-page']) await page(path);

  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  const rows = await Promise.all(tables.map(({ name }) => sql`select t::text as row from ${sql(name)} t`));
  const dump = rows
    .flat()
    .map(({ row }) => String(row))
    .join('\n');
  await store.close();
  await sql.end();
  await trial.stop('SIGTERM');
  heard['log'] = trial.output();

  expect(found(heard)).toEqual([]);
  // What comes from the settings is in no row either.
  expect(dump.length).toBeGreaterThan(1_000);
  expect(found({ database: dump }, ['token', 'webhook secret', 'database password', 'WhatsApp key'])).toEqual([]);
  // The looking sees: the number and the media key do stand in rows, and the failures did happen.
  expect(found({ database: dump }, ['media key', 'phone number', 'button key'])).toHaveLength(3);
  expect(heard['log']).toMatch(/refused for good/);
  expect(heard['log']).toMatch(/could not be fetched/);
  expect(heard['doctor']).toMatch(/Internal error/);
});
