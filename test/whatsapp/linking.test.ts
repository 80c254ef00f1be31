// Linking the number: by QR, by code, not while another holds its place, and with nothing left of an attempt that came to nothing.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { inbox, LOCK, link, openWorld, run, storedCreds, type World } from './linked.ts';

const NUMBER = '+6281100000001';
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  expect(world.whatsapp.serverFaults).toEqual([]);
  await world.close();
});

test('by QR: the gateway that waits for it goes on by itself, and a restart needs no second linking', async () => {
  const waiting = run(world);
  await waiting.conditions.until(({ state, why }) => state === 'unpaired' && why === null, 'unpaired');
  expect(await link(world)).toEqual({ paired: 'yes', number: NUMBER });
  expect((await waiting.open()).number).toBe(NUMBER);
  await waiting.stop();
  const again = run(world);
  expect((await again.open()).number).toBe(NUMBER);
  await again.stop();
  expect(world.whatsapp.pairing.paired.all).toHaveLength(1);
});

test('by the code that is typed into the phone', async () => {
  const codes: string[] = [];
  const paired = await link(world, {
    phone: NUMBER,
    onCode: (code) => {
      codes.push(code);
      void world.whatsapp.enterCode(code);
    },
  });
  expect(paired).toEqual({ paired: 'yes', number: NUMBER });
  expect(codes).toEqual([expect.stringMatching(/^[0-9A-Z]{8}$/)]);
});

test('what is written while the number is being linked is not lost', async () => {
  const budi = world.whatsapp.phone('+6281200000002');
  // As soon as the device can be written to at all: it has just told the server its keys.
  const sent = world.whatsapp.logins
    .next(() => true, 'a login')
    .then(() => world.whatsapp.stanzas.until(({ attrs }) => attrs['xmlns'] === 'passive', 'the device to be ready'))
    .then(() => budi.sendText('sudah bisa?'));
  await link(world);
  const running = run(world);
  await running.open();
  const id = await sent;
  await world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), 'the receipt');
  expect((await inbox(world)).map(({ body }) => body.key.id)).toEqual([id]);
  await running.stop();
});

test('an attempt that is abandoned leaves no credentials behind, although its code had named the account', async () => {
  const stop = new AbortController();
  const paired = await link(world, { phone: NUMBER, onCode: () => stop.abort(), signal: stop.signal });
  expect(paired).toEqual({ paired: 'no', why: 'stopped', code: null });
  expect((await storedCreds(world)).me).toBeUndefined();
  expect(await link(world)).toEqual({ paired: 'yes', number: NUMBER });
});

test('a WhatsApp that is not there is no time that ran out', async () => {
  const free = await freePort();
  expect(await link(world, { url: `ws://127.0.0.1:${free}/ws/chat` })).toMatchObject({ paired: 'no', why: 'unreachable' });
});

test('a WhatsApp that refuses the linking is told as that', async () => {
  const paired = await link(world, {
    onQr: (qr) => {
      world.whatsapp.faults.refuseLogins = 403;
      world.whatsapp.scanQr(qr);
    },
  });
  expect(paired).toEqual({ paired: 'no', why: 'refused', code: 403 });
  expect((await storedCreds(world)).me).toBeUndefined();
});

test('not while a gateway holds the number, nor over a number that is linked, unless it is to be replaced', async () => {
  await link(world);
  const running = run(world);
  await running.open();
  expect(await link(world)).toMatchObject({ paired: 'no', why: 'held' });
  await running.stop();
  expect(await link(world)).toEqual({ paired: 'no', why: 'linked', code: null, number: NUMBER });
  expect((await storedCreds(world)).me?.id).toContain('6281100000001');
  const other = world.whatsapp.phone('+6281100000009', { name: 'Nomor baru' });
  const paired = await link(world, { replace: true, onQr: (qr) => void world.whatsapp.scanQr(qr, other) });
  expect(paired).toEqual({ paired: 'yes', number: '+6281100000009' });
});

test('a lost number: keys and credentials are gone, what was heard stays, it is said, and another linking goes on', async () => {
  await link(world);
  const running = run(world);
  await running.open();
  const budi = world.whatsapp.phone('+6281200000002');
  const id = await budi.sendText('sebelum hilang');
  await world.whatsapp.receipts.until(({ ids }) => ids.includes(id), 'the receipt');
  world.whatsapp.unlink();
  await running.conditions.until(({ why }) => why === 'logged-out', 'logged-out');
  const [left] = await world.owner<{ n: number }[]>`select ((select count(*) from wa_keys) + (select count(*) from wa_creds))::int as n`;
  expect(left?.n).toBe(0);
  expect((await inbox(world)).map(({ body }) => body.key.id)).toEqual([id]);
  // It does not try again by itself.
  const logins = world.whatsapp.logins.all.length;
  const held = await world.store.holdLock(LOCK);
  expect(held).not.toBeNull();
  await held?.release();
  expect(world.whatsapp.logins.all).toHaveLength(logins);
  await link(world);
  const back = await running.links.next((one) => one !== null, 'a link');
  expect(back?.number).toBe(NUMBER);
  await running.stop();
});
