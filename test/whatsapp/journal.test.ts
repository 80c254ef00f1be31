// What is heard is written down in the commit that opened it, whichever way it comes, once, and before its receipt leaves.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type HeardRow, inbox, link, openWorld, type Running, run, type World } from './linked.ts';

const BUDI = '+6281200000002';
const LANE = 'whatsapp:+6281100000001:+6281200000002';
let world: World;
let running: Running;

beforeAll(async () => {
  world = await openWorld();
  await link(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.owner`truncate inbox`;
  running = run(world);
  await running.open();
});
afterEach(async () => {
  await running.stop();
  expect(world.whatsapp.serverFaults).toEqual([]);
});

const budi = () => world.whatsapp.phone(BUDI, { name: 'Budi Santoso' });

/** Resolves when the message was receipted as read by this device, not asked for again. */
function receipted(id: string): Promise<unknown> {
  return world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), `the receipt of ${id}`);
}

async function only(): Promise<HeardRow> {
  const rows = await inbox(world);
  expect(rows).toHaveLength(1);
  return rows[0] as HeardRow;
}

async function away(work: () => Promise<void>): Promise<void> {
  await running.stop();
  await work();
  running = run(world);
  await running.open();
}

describe('a message', () => {
  test('of a person stands with both his ids in the lane of his number, as plain JSON that Baileys reads again', async () => {
    const before = Math.floor(Date.now() / 1000);
    const id = await budi().sendText('Selamat pagi\u0000 *tebal*');
    await receipted(id);
    const { lane, body, external_id } = await only();
    expect(lane).toBe(LANE);
    expect(external_id).toContain(`@lid|${id}`);
    expect(body).toMatchObject({
      key: { id, remoteJid: budi().lid, remoteJidAlt: budi().pn, participant: null, participantAlt: null, fromMe: false },
      me: { pn: '6281100000001@s.whatsapp.net', lid: world.whatsapp.bot.lid },
      pushName: 'Budi Santoso',
      message: { conversation: 'Selamat pagi\uFFFD *tebal*' },
    });
    expect(body.messageTimestamp).toBeGreaterThanOrEqual(before);
  });

  test('that names its sender by number stands in the same lane under the same name', async () => {
    const id = await budi().sendText('dari nomor', { addressing: 'pn', id: '3EBPN00001' });
    await receipted(id);
    const { lane, external_id, body } = await only();
    expect(lane).toBe(LANE);
    expect(external_id).toBe(`${budi().lid}|${id}`);
    expect(body.key).toMatchObject({ remoteJid: budi().pn, remoteJidAlt: budi().lid });
  });

  test('with a file holds all that is needed to fetch it', async () => {
    const { id } = await budi().sendImage(Buffer.from('bukan gambar sungguhan'), { caption: 'Pembukaan' });
    await receipted(id);
    const { body } = await only();
    expect(body.message?.['imageMessage']).toMatchObject({
      caption: 'Pembukaan',
      directPath: expect.stringMatching(/^\//),
      mediaKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      fileSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      fileLength: 22,
    });
  });

  test('in a group stands in the group’s lane with its sender, from the very first, which brings the group’s key along', async () => {
    const group = world.whatsapp.group('Tim konten', [budi()]);
    const ids = [await budi().sendText('satu', { to: group }), await budi().sendText('dua', { to: group })];
    for (const id of ids) await receipted(id);
    const rows = await inbox(world);
    expect(rows.map(({ body }) => body.message?.['conversation'])).toEqual(['satu', 'dua']);
    for (const { lane, body } of rows) {
      expect(lane).toBe(`whatsapp:+6281100000001:${group.jid}`);
      expect(body.key).toMatchObject({ remoteJid: group.jid, remoteJidAlt: null, participant: budi().lid, participantAlt: budi().pn });
    }
  });

  test('that changes or takes back an earlier one, and a reaction, are written down as what they are', async () => {
    const id = await budi().sendText('TOLAK fto bram');
    const ids = [await budi().edit(id, 'TOLAK foto buram'), await budi().react(id, '👍'), await budi().remove(id)];
    for (const one of ids) await receipted(one);
    expect((await inbox(world)).map(({ body }) => Object.keys(body.message ?? {}).find((name) => name !== 'messageContextInfo'))).toEqual([
      'conversation',
      'protocolMessage',
      'reactionMessage',
      'protocolMessage',
    ]);
  });

  test('that the owner writes himself on his phone is not heard', async () => {
    const mine = await world.whatsapp.bot.sendText('catatan sendiri');
    const id = await budi().sendText('yang ini');
    await receipted(id);
    expect((await only()).body.key.id).not.toBe(mine);
  });
});

describe('whichever way it comes', () => {
  test('while nobody was there: everything, in order, once', async () => {
    const ids: string[] = [];
    await away(async () => {
      for (let n = 0; n < 12; n += 1) ids.push(await budi().sendText(`luring ${n}`));
    });
    for (const id of ids) await receipted(id);
    expect((await inbox(world)).map(({ body }) => body.key.id)).toEqual(ids);
    expect(world.whatsapp.waiting()).toBe(0);
  });

  test('while what had waited is still being taken: in the order in which it was sent', async () => {
    const ids: string[] = [];
    await running.stop();
    for (let n = 0; n < 30; n += 1) ids.push(await budi().sendText(`menunggu ${n}`));
    const back = world.whatsapp.stanzas.next(({ attrs }) => attrs['xmlns'] === 'passive', 'the device to be ready');
    running = run(world);
    await back;
    for (let n = 0; n < 10; n += 1) ids.push(await budi().sendText(`langsung ${n}`));
    for (const id of ids) await receipted(id);
    expect((await inbox(world)).map(({ body }) => body.key.id)).toEqual(ids);
    await running.open();
  });

  test('once more because the receipt was lost: it is there once', async () => {
    world.whatsapp.faults.loseReceipts = true;
    const ids = [await budi().sendText('a'), await budi().sendText('b')];
    for (const id of ids) await receipted(id);
    expect(world.whatsapp.waiting()).toBe(2);
    world.whatsapp.faults.loseReceipts = false;
    await away(async () => undefined);
    const last = await budi().sendText('c');
    await receipted(last);
    expect((await inbox(world)).map(({ body }) => body.message?.['conversation'])).toEqual(['a', 'b', 'c']);
  });

  test('the same stanza again, live and as one that had waited: it is there once', async () => {
    const id = await budi().sendText('sekali');
    await receipted(id);
    world.whatsapp.redeliver(id);
    world.whatsapp.redeliver(id, { offline: true });
    const last = await budi().sendText('sesudahnya');
    await receipted(last);
    expect((await inbox(world)).map(({ body }) => body.message?.['conversation'])).toEqual(['sekali', 'sesudahnya']);
  });

  test('first a shell without content, then the message under the same id: an upgrade, there once', async () => {
    const id = '3EBSTUB001';
    world.whatsapp.sendStub(budi(), id);
    await budi().sendText('yang sebenarnya', { id });
    await receipted(id);
    expect((await only()).body.message).toMatchObject({ conversation: 'yang sebenarnya' });
  });

  test('unreadable at first: asked for again, and there once', async () => {
    // Once he has been answered, his phone sends what only the ratchet opens.
    const { send } = await running.open();
    await send(budi().pn, { text: 'Selamat pagi' }, '3EB0AB0001');
    await budi().sees('Selamat pagi');
    const id = await budi().sendText('rusak di jalan', { corrupt: true });
    await receipted(id);
    expect(world.whatsapp.receipts.all.some(({ ids, type }) => type === 'retry' && ids.includes(id))).toBe(true);
    expect((await only()).body.message).toMatchObject({ conversation: 'rusak di jalan' });
  });
});

describe('before the receipt', () => {
  test('a message that cannot be written down is not receipted; it is there once the database takes it', async () => {
    await world.owner`alter table inbox add constraint closed check (body ->> 'pushName' <> 'Budi Santoso') not valid`;
    const id = await budi().sendText('menunggu database');
    await running.conditions.next(({ state }) => state === 'connecting', 'the connection to be broken off');
    expect(world.whatsapp.receipts.all.some(({ ids }) => ids.includes(id))).toBe(false);
    expect(await inbox(world)).toEqual([]);
    await world.owner`alter table inbox drop constraint closed`;
    await receipted(id);
    expect((await only()).body.message).toMatchObject({ conversation: 'menunggu database' });
  });

  test('the ratchet step and the message are one commit', async () => {
    const id = await budi().sendText('satu transaksi');
    await receipted(id);
    const [row] = await world.owner<{ together: boolean }[]>`
      select exists (select from wa_keys k where k.type = 'session' and k.xmin = i.xmin) as together from inbox i`;
    expect(row?.together).toBe(true);
  });
});
