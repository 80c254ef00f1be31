// An unmodified Baileys links itself, logs in and is thrown out, as it would be by WhatsApp.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlainBaileys } from '../support/whatsapp/plain-baileys.ts';
import { startWhatsApp, type WhatsApp } from '../support/whatsapp/whatsapp.ts';

let whatsapp: WhatsApp;
let bot: PlainBaileys;

beforeEach(async () => {
  whatsapp = await startWhatsApp();
  bot = new PlainBaileys(whatsapp);
});

afterEach(async () => {
  await bot.sock.end(undefined);
  await whatsapp.close();
  expect(whatsapp.serverFaults).toEqual([]);
});

test('a device is linked by QR: the server asks for a restart, then it is in and brings its keys', async () => {
  const shown = bot.states.next(({ qr }) => qr !== undefined, 'a QR');
  bot.connect();
  const { qr } = await shown;
  const closed = bot.closing();
  whatsapp.scanQr(qr ?? '');
  expect(await closed).toBe(515);
  const sock = await bot.open();
  expect(sock.user?.id).toBe('6281100000001:1@s.whatsapp.net');
  expect(whatsapp.bot.linked[0]).toMatchObject({ signed: true });
  expect(whatsapp.bot.linked[0]?.preKeys.length).toBeGreaterThan(100);
  expect(() => whatsapp.scanQr(qr ?? '')).toThrow('not shown any more');
});

test('a device is linked by the code that it shows, typed into the phone', async () => {
  const waits = bot.states.next(({ qr }) => qr !== undefined, 'a QR');
  const sock = bot.connect();
  await waits;
  const closed = bot.closing();
  const code = await sock.requestPairingCode('6281100000001');
  await whatsapp.enterCode(code);
  expect(await closed).toBe(515);
  expect((await bot.open()).user?.id).toBe('6281100000001:1@s.whatsapp.net');
});

test('the newer of two lines of one device wins, the older ends with 440', async () => {
  await bot.link();
  const closed = bot.closing();
  await bot.open();
  expect(await closed).toBe(440);
});

test('a stream that ends with a code says so, and the next login is taken', async () => {
  await bot.link();
  for (const code of [401, 403, 440, 500, 503, 515]) {
    const closed = bot.closing();
    whatsapp.streamError(code);
    expect(await closed).toBe(code);
    await bot.open();
  }
});

test('a cut line is a lost connection, and the next login is taken', async () => {
  await bot.link();
  const closed = bot.closing();
  whatsapp.cut();
  expect(await closed).toBe(428);
  await bot.open();
  expect(whatsapp.logins.all).toHaveLength(2);
});

test('an unlinked device is told 401 at once and at each login, and can be linked again', async () => {
  await bot.link();
  const closed = bot.closing();
  whatsapp.unlink();
  expect(await closed).toBe(401);
  const refused = bot.closing();
  bot.connect();
  expect(await refused).toBe(401);
  bot.forget();
  expect((await bot.link()).user?.id).toBe('6281100000001:2@s.whatsapp.net');
});

test('a login that is refused ends with the reason', async () => {
  await bot.link();
  await bot.leave();
  for (const reason of [403, 405, 503]) {
    whatsapp.faults.refuseLogins = reason;
    const closed = bot.closing();
    bot.connect();
    expect(await closed).toBe(reason);
  }
});
