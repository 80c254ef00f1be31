// The gateway as the command line runs it: linked by command, a child of the service, begun again when it dies, and its keys nowhere to be read.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type AlurProcess, alur, pairing } from './gateway-process.ts';
import { gatewayEnv, openWorld, storedCreds, texts, type World } from './linked.ts';

let world: World;
let env: Record<string, string>;
let http: number;
let printed = '';
const processes: AlurProcess[] = [];

beforeAll(async () => {
  world = await openWorld();
  http = await freePort();
  const { TELEGRAM_BOT_TOKEN: _, ...rest } = gatewayEnv(world);
  // Beside the simulator, which needs nobody.
  env = { ...rest, HTTP_PORT: String(http) };
});
afterAll(async () => {
  for (const one of processes) await one.kill('SIGKILL');
  await world.close();
});

function begin(...args: string[]): AlurProcess {
  const running = alur(env, ...args);
  processes.push(running);
  running.ended.then(
    () => {
      printed += running.printed();
    },
    () => undefined,
  );
  return running;
}

interface Page {
  up: Record<string, string>;
  down: Record<string, string>;
}

async function health(): Promise<Page | null> {
  const answer = await fetch(`http://127.0.0.1:${http}/healthz`).catch(() => null);
  return answer === null ? null : ((await answer.json()) as Page);
}

/** What the health page says of the gateway. */
async function said(words: string): Promise<void> {
  await expect
    .poll(async () => Object.entries({ ...(await health())?.up, ...(await health())?.down }).find(([name]) => name === 'whatsapp')?.[1], {
      timeout: 60_000,
      interval: 200,
    })
    .toContain(words);
}

function gatewayPid(service: AlurProcess): number | null {
  const parent = service.child.pid;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(ppid) === parent && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('whatsapp')) return Number(name);
    } catch {
      // It ended while it was looked at.
    }
  }
  return null;
}

test('a service with a gateway, from the linking to a kill and to its stop', async () => {
  const { whatsapp } = world;
  const service = begin('start');
  await said('belum ada nomor tertaut');

  // Linked by command while the service runs: the gateway takes it up by itself.
  const linking = pairing(env, (qr) => void whatsapp.scanQr(qr));
  processes.push(linking);
  expect(await linking.ended).toBe(0);
  expect(linking.printed()).toContain('{"paired":true,"number":"+6281100000001"}');
  await said('terhubung');

  const budi = whatsapp.phone('+6281200000002');
  const first = await budi.sendText('halo dari ponsel');
  await whatsapp.receipts.until(({ ids }) => ids.includes(first), 'the receipt');
  expect(await texts(world)).toEqual(['halo dari ponsel']);

  // While it runs nobody else may link, and a second gateway only waits.
  const second = begin('whatsapp', 'pair', '--phone', '+62 811-0000-0001');
  expect(await second.ended).toBe(1);
  expect(second.printed()).toContain('Gateway WhatsApp sedang berjalan');

  // Killed: it is begun again, and what was sent meanwhile is there.
  const pid = gatewayPid(service);
  expect(pid).not.toBeNull();
  const back = whatsapp.logins.next(() => true, 'the gateway again', 60_000);
  process.kill(pid ?? 0, 'SIGKILL');
  const meanwhile = await budi.sendText('saat gateway mati');
  await back;
  await whatsapp.receipts.until(({ ids }) => ids.includes(meanwhile), 'the receipt');
  expect(await texts(world)).toEqual(['halo dari ponsel', 'saat gateway mati']);

  const metrics = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
  expect(metrics).toContain('alur_whatsapp_state{state="open"} 1');

  const doctor = begin('doctor');
  await doctor.ended;
  expect(doctor.printed()).toMatch(/baik +whatsapp: terhubung \(\+628…01\)/);

  // Lost: said on the page.
  whatsapp.unlink();
  await said('nomor tidak lagi tertaut');

  const gateway = gatewayPid(service);
  expect(await service.kill('SIGTERM')).toBe(0);
  expect(gateway !== null && gatewayPid(service)).toBeNull();
}, 240_000);

test('its child ends when the service was killed without a word', async () => {
  const service = begin('start');
  await expect.poll(() => gatewayPid(service), { timeout: 60_000, interval: 200 }).not.toBeNull();
  const pid = gatewayPid(service) ?? 0;
  await service.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 30_000, interval: 200 }).toBe(false);
}, 120_000);

test('with another key it says so and touches nothing', async () => {
  const linking = pairing(env, (qr) => void world.whatsapp.scanQr(qr));
  expect(await linking.ended).toBe(0);
  printed += linking.printed();
  const creds = await storedCreds(world);
  const wrong = alur({ ...env, WHATSAPP_KEY: 'ab'.repeat(32) }, 'start', '--only', 'whatsapp');
  expect(await wrong.ended).toBe(1);
  expect(wrong.printed()).toContain('WHATSAPP_KEY bukan kunci yang dipakai');
  expect((await storedCreds(world)).noiseKey).toEqual(creds.noiseKey);
}, 120_000);

test('no byte of a key was printed or lies in a file beside the database', async () => {
  const creds = await storedCreds(world);
  const sessions = await world.owner<{ n: number }[]>`select count(*)::int as n from wa_keys where type = 'pre-key'`;
  expect(sessions[0]?.n).toBeGreaterThan(100);
  const secrets = [creds.noiseKey.private, creds.signedIdentityKey.private, creds.signedPreKey.keyPair.private, world.sealKey];
  const texts_ = [printed, ...processes.map((one) => one.printed()), ...filesIn(world.folder).map((path) => readFileSync(path, 'latin1'))];
  expect(printed.length).toBeGreaterThan(100);
  for (const secret of secrets) {
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const) {
      const written = Buffer.from(secret).toString(form).replace(/=+$/, '');
      expect(texts_.filter((text) => text.includes(written))).toEqual([]);
    }
  }
  // libsignal's own words for what it would print.
  expect(texts_.join('\n')).not.toMatch(/privKey|chainKey|SessionEntry|Closing session/);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}
