// What each ending of a line means; who may hold the number; and sending, which is done when WhatsApp says so.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { afterClose, BAD_SESSIONS_MAX, pauseMs } from '../../bots/whatsapp/after-close.ts';
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import { inbox, link, openWorld, type Running, run, type World } from './linked.ts';

describe('the table of close codes', () => {
  test.each([
    [515, { do: 'at-once' }],
    [428, { do: 'pause' }],
    [408, { do: 'pause' }],
    [503, { do: 'pause' }],
    [null, { do: 'pause' }],
    [440, { do: 'stop', why: 'replaced' }],
    [401, { do: 'stop', why: 'logged-out' }],
    [403, { do: 'stop', why: 'restricted' }],
    [463, { do: 'stop', why: 'restricted' }],
    [411, { do: 'stop', why: 'mismatch' }],
    [419, { do: 'stop', why: 'mismatch' }],
    [405, { do: 'stop', why: 'version' }],
  ])('%s', (code, then) => expect(afterClose(code, 0)).toEqual(then));

  test('a bad session is tried again, a few times', () => {
    expect(afterClose(500, 1)).toEqual({ do: 'pause' });
    expect(afterClose(500, BAD_SESSIONS_MAX - 1)).toEqual({ do: 'pause' });
    expect(afterClose(500, BAD_SESSIONS_MAX)).toEqual({ do: 'stop', why: 'bad-session' });
  });

  test('pauses double from one second to a minute, less up to half by chance', () => {
    expect([1, 2, 3, 6, 7, 50].map((failures) => pauseMs(failures, 0))).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
    expect(pauseMs(3, 0.999)).toBeGreaterThanOrEqual(2_000);
  });
});

describe('a number', () => {
  let world: World;
  const all: Running[] = [];
  const begin = (of: World = world): Running => {
    const running = run(of);
    all.push(running);
    return running;
  };
  beforeAll(async () => {
    world = await openWorld();
    await link(world);
  });
  afterEach(async () => {
    for (const running of all.splice(0)) await running.stop();
    world.whatsapp.faults.refuseLogins = null;
    expect(world.whatsapp.serverFaults).toEqual([]);
  });
  afterAll(() => world.close());
  const loginsOf = () => world.whatsapp.logins.all.length;

  test('whose line is cut, or told to begin again, is connected again and has lost nothing', async () => {
    const running = begin();
    await running.open();
    const budi = world.whatsapp.phone('+6281200000002');
    for (const end of [() => world.whatsapp.cut(), () => world.whatsapp.streamError(515), () => world.whatsapp.streamError(503)]) {
      const back = running.links.next((one) => one !== null, 'the connection');
      end();
      const id = await budi.sendText('di tengah putus');
      await back;
      await world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), 'the receipt');
    }
    expect(await inbox(world)).toHaveLength(3);
  });

  test.each([
    [403, 'restricted'],
    [405, 'version'],
    [411, 'mismatch'],
  ] as const)('that is refused with %i stops, says so, keeps its keys and does not try again', async (code, why) => {
    world.whatsapp.faults.refuseLogins = code;
    const running = begin();
    const stopped = await running.conditions.until((one) => one.why === why, why);
    expect(stopped).toEqual({ state: 'restricted', why, number: '+6281100000001' });
    expect(await world.store.whatsApp.readCreds(GATEWAY)).not.toBeNull();
    // It has let the number go and looks for a new pairing only: the next one who takes it up connects.
    world.whatsapp.faults.refuseLogins = null;
    const before = loginsOf();
    await begin().open();
    expect(loginsOf()).toBe(before + 1);
    expect(running.links.all.every((one) => one === null)).toBe(true);
  });

  test('whose place another connection takes stops and does not take it back', async () => {
    const running = begin();
    await running.open();
    world.whatsapp.streamError(440);
    await running.conditions.until(({ why }) => why === 'replaced', 'replaced');
    const before = loginsOf();
    await begin().open();
    expect(loginsOf()).toBe(before + 1);
  });

  test('is held by one gateway alone; the second waits and goes on when the first has ended', async () => {
    const first = begin();
    await first.open();
    const before = loginsOf();
    const second = begin();
    const taken = second.links.next((one) => one !== null, 'the second connection');
    await world.whatsapp.phone('+6281200000002').sendText('siapa yang dengar?');
    expect(second.links.all).toEqual([]);
    expect(loginsOf()).toBe(before);
    await first.stop();
    await taken;
    expect(loginsOf()).toBe(before + 1);
  });

  test('whose gateway stood still while another took over: what it still wants to write is refused, and it goes', async () => {
    const stalled = begin();
    await stalled.open();
    const budi = world.whatsapp.phone('+6281200000002');
    // Somebody else has begun, and this one has not noticed.
    await world.store.whatsApp.beginEpoch(GATEWAY);
    const known = (await inbox(world)).length;
    const gone = stalled.links.next((one) => one === null, 'the stalled one to let go');
    const id = await budi.sendText('untuk yang baru');
    await gone;
    expect((await inbox(world)).length).toBe(known);
    const again = await stalled.links.next((one) => one !== null, 'a new beginning in a new epoch');
    expect(again?.number).toBe('+6281100000001');
    await world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), 'the receipt');
    expect((await inbox(world)).map(({ body }) => body.key.id)).toContain(id);
  });

  test('sends: taken is what WhatsApp has acknowledged, a refusal comes with its number, and once is once', async () => {
    const running = begin();
    const { send } = await running.open();
    const budi = world.whatsapp.phone('+6281200000002');
    expect(await send(budi.pn, { text: 'Konten 12 menunggu' }, '3EB0AA0001')).toEqual({ taken: 'yes' });
    await budi.sees('Konten 12');
    expect(await send(budi.pn, { text: 'Konten 12 menunggu' }, '3EB0AA0001')).toEqual({ taken: 'yes' });
    expect(budi.chat.all.filter(({ id }) => id === '3EB0AA0001')).toHaveLength(1);
    world.whatsapp.faults.refuse = { code: 463, times: 1 };
    expect(await send(budi.pn, { text: 'tidak boleh' }, '3EB0AA0002')).toEqual({ taken: 'no', code: '463' });
    world.whatsapp.faults.holdAcks = true;
    const unsure = send(budi.pn, { text: 'putus di tengah' }, '3EB0AA0003');
    await budi.sees('putus di tengah');
    world.whatsapp.cut();
    expect(await unsure).toEqual({ taken: 'unknown', why: 'the connection closed' });
    world.whatsapp.releaseAcks();
  });

  test('answers a phone that asks for a message again, also after a restart', async () => {
    const first = begin();
    const { send } = await first.open();
    const budi = world.whatsapp.phone('+6281200000002');
    await send(budi.pn, { text: 'Tolong baca' }, '3EB0AA0009');
    await budi.sees('Tolong baca');
    await first.stop();
    const second = begin();
    await second.open();
    const copies = () => budi.devices.flatMap(({ received }) => received.all).filter(({ id }) => id === '3EB0AA0009');
    expect(copies()).toHaveLength(1);
    budi.askAgain('3EB0AA0009');
    await expect.poll(() => copies().length, { timeout: 10_000 }).toBe(2);
  });
});
