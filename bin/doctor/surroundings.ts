// What lies around the service: its own health page, Telegram, Redis, the disk.
import { randomUUID } from 'node:crypto';
import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createApi } from '../../bots/telegram/api.ts';
import { wayOut } from '../../bots/way-out.ts';
import { userNameOf } from '../bot-name.ts';
import type { Settings } from '../settings.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

const TIMEOUT_MS = 4_000;
/** Below this a day of videos no longer fits. */
const DISK_MIN_BYTES = 1_000_000_000;
const UPDATES_MANY = 1_000;

export async function serviceFinding(http: Settings['http']): Promise<Finding> {
  const what = 'layanan';
  if (http.port === 0) return note(what, 'HTTP_PORT=0: porta dipilih saat mulai, tidak dapat diperiksa dari sini.');
  const host = http.host === '0.0.0.0' || http.host === '::' ? '127.0.0.1' : http.host;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${http.port}/healthz`;
  try {
    const response = await wayOut([address])(new URL(address), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 200) return ok(what, `berjalan dan sehat (${address}).`);
    if (response.status === 503) return wrong(what, `berjalan tetapi tidak sehat: ${downOf(await response.text())}`);
    return wrong(what, `${address} menjawab ${response.status}: porta itu mungkin dipakai program lain.`);
  } catch {
    return note(what, `tidak berjalan di ${address}. Mulai dengan \`npm start\`.`);
  }
}

function downOf(body: string): string {
  try {
    const health: unknown = JSON.parse(body);
    if (typeof health === 'object' && health !== null && 'down' in health && typeof health.down === 'object' && health.down !== null) {
      return Object.entries(health.down)
        .map(([name, detail]) => `${name}: ${String(detail)}`)
        .join('; ');
    }
  } catch {
    // Not our page: the raw status is all there is to say.
  }
  return 'lihat /healthz.';
}

export async function telegramFindings(telegram: Settings['telegram']): Promise<Finding[]> {
  const what = 'telegram';
  if (telegram.mode === 'simulator') return [note(what, 'TELEGRAM_BOT_TOKEN kosong: yang dipakai adalah simulator.')];
  const api = createApi({ token: telegram.token, apiRoot: telegram.apiRoot, timeoutMs: TIMEOUT_MS });
  const me = await api.call('getMe', {});
  if (!me.ok) {
    const repair = me.code === 401 || me.code === 404 ? 'Periksa TELEGRAM_BOT_TOKEN.' : 'Periksa jaringan dan TELEGRAM_API_ROOT.';
    return [wrong(what, `tidak terjangkau: ${me.description}. ${repair}`)];
  }
  const findings = [ok(what, `bot @${userNameOf(me.result) ?? '?'} menjawab.`)];
  const hook = await api.call('getWebhookInfo', {});
  if (hook.ok) findings.push(...hookFindings(telegram, hook.result));
  return findings;
}

function hookFindings(telegram: Exclude<Settings['telegram'], { mode: 'simulator' }>, info: unknown): Finding[] {
  if (typeof info !== 'object' || info === null) return [];
  const url = 'url' in info && typeof info.url === 'string' ? info.url : '';
  const pending = 'pending_update_count' in info && typeof info.pending_update_count === 'number' ? info.pending_update_count : 0;
  const findings: Finding[] = [];
  if (telegram.mode === 'webhook' && url !== telegram.url)
    findings.push(note('webhook', 'belum terpasang di Telegram; layanan memasangnya saat mulai.'));
  if (telegram.mode === 'webhook' && 'last_error_message' in info) {
    findings.push(wrong('webhook', `Telegram terakhir gagal mengirim: ${String(info.last_error_message)}`));
  }
  if (pending > UPDATES_MANY)
    findings.push(wrong('webhook', `${pending} kiriman masih menunggu di Telegram; setelah 24 jam Telegram membuangnya.`));
  return findings;
}

export async function redisFindings(queues: Settings['queues']): Promise<Finding[]> {
  if (queues.kind === 'postgres') return [ok('antrean', 'memakai PostgreSQL.')];
  const redis = new Redis(queues.url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Without a listener ioredis prints what it could not connect to.
  redis.on('error', () => {});
  try {
    await redis.connect();
    const version = /redis_version:([\d.]+)/.exec(await redis.info('server'))?.[1] ?? '0';
    const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1] ?? 'noeviction';
    const findings = [ok('redis', `versi ${version} menjawab.`)];
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < 6 || (major === 6 && minor < 2))
      findings.push(wrong('redis', `versi ${version} terlalu lama; perlu 6.2 atau lebih baru. Periksa REDIS_URL.`));
    if (policy !== 'noeviction')
      findings.push(wrong('redis', `maxmemory-policy ${policy}; ubah menjadi noeviction supaya antrean tidak dibuang.`));
    return findings;
  } catch (error) {
    return [wrong('redis', `tidak terjangkau (${error instanceof Error ? error.message : String(error)}). Periksa REDIS_URL.`)];
  } finally {
    redis.disconnect();
  }
}

export async function diskFindings(dataDir: string): Promise<Finding[]> {
  try {
    await mkdir(dataDir, { recursive: true });
    const probe = join(dataDir, `.doctor-${randomUUID()}`);
    await writeFile(probe, 'x', { flag: 'wx' });
    await access(probe);
    await rm(probe);
  } catch (error) {
    return [
      wrong(
        'penyimpanan',
        `${dataDir} tidak dapat ditulisi (${error instanceof Error && 'code' in error ? String(error.code) : 'gagal'}). Periksa DATA_DIR.`,
      ),
    ];
  }
  const disk = await statfs(dataDir);
  const free = disk.bavail * disk.bsize;
  const words = `${(free / 1e9).toFixed(1).replace('.', ',')} GB bebas di ${dataDir}.`;
  return [free < DISK_MIN_BYTES ? wrong('penyimpanan', `tinggal ${words} Kosongkan ruang.`) : ok('penyimpanan', words)];
}
