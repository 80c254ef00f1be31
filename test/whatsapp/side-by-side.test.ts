// Two channels in one service: neither waits for the other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BotApi, startBotApi } from '../../web/simulator/bot-api.ts';
import { type Line, lineTo } from '../support/broken-line.ts';
import { freePort } from '../support/free-port.ts';
import { numberOf, seated } from '../support/whatsapp/mixed-service.ts';
import { type AlurProcess, alur, pairing } from './gateway-process.ts';
import { clock, gatewayEnv, openWorld, type World } from './linked.ts';

const WAIT_MS = 60_000;
let world: World;
let telegram: BotApi;
let line: Line;
let service: AlurProcess;

beforeAll(async () => {
  world = await openWorld();
  const env = gatewayEnv(world);
  telegram = await startBotApi({ token: env['TELEGRAM_BOT_TOKEN'] ?? '', clock });
  line = await lineTo(Number(new URL(telegram.root).port));
  line.cut();
  const office = join(world.folder, 'kantor.yaml');
  writeFileSync(office, seated({ office: 'disdagperin-contoh', onWhatsApp: [1001] }));
  const here = {
    ...env,
    OFFICE_FILE: office,
    HTTP_PORT: String(await freePort()),
    TELEGRAM_API_ROOT: `http://127.0.0.1:${line.port}`,
    LOG_LEVEL: 'warn',
  };
  const linking = pairing(here, (qr) => void world.whatsapp.scanQr(qr));
  expect(await linking.ended).toBe(0);
  service = alur(here, 'start');
}, 120_000);
afterAll(async () => {
  await service?.kill('SIGKILL');
  await line?.close();
  await telegram?.close();
  await world?.close();
});

test('while Telegram has not answered yet, people on WhatsApp are served; what is for Telegram goes out when it comes', async () => {
  const sari = world.whatsapp.phone(numberOf(1001));
  await sari.sendText('bantuan');
  await sari.chat.until(({ text }) => text.includes('Panduan'), 'the guide on WhatsApp', WAIT_MS);
  expect(telegram.calls).toEqual([]);
  const budi = telegram.phone(1002, 'Budi Santoso');
  budi.sendText('/bantuan');
  line.mend();
  await budi.waitFor(({ from, text }) => from === 'bot' && /Panduan/.test(text ?? ''), { timeoutMs: WAIT_MS });
}, 120_000);
