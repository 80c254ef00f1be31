// The channel's contract on WhatsApp as it runs: the gateway's own connection through an unmodified Baileys, to phones that seal and open
// every message, and back through the journal into the inbox.
import { globalAgent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Sent } from '../../bots/channel.ts';
import { sendFiles } from '../../bots/whatsapp/album.ts';
import { liveSocket } from '../../bots/whatsapp/live-socket.ts';
import { GATEWAY } from '../../bots/whatsapp/names.ts';
import { openSent } from '../../bots/whatsapp/sent.ts';
import { whatsappChannel } from '../../bots/whatsapp/whatsapp.ts';
import { TestClock } from '../telegram/hands.ts';
import { inbox, link, openWorld, type Running, clock as realClock, run, type World } from '../whatsapp/linked.ts';
import { channelContract } from './contract.ts';
import { readOff, spelled } from './in-words.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
let world: World;
let running: Running;
let people = 0;

beforeAll(async () => {
  world = await openWorld();
  globalAgent.options.ca = world.whatsapp.media.cert;
  await link(world);
  running = run(world);
  await running.open();
}, 60_000);
afterAll(async () => {
  await running?.stop();
  await world?.close();
});
afterEach(() => expect(world.whatsapp.serverFaults.splice(0)).toEqual([]));

/** The row that the message with this id became. */
async function bodyOf(id: string): Promise<unknown> {
  await world.whatsapp.receipts.until(({ ids, type }) => type !== 'retry' && ids.includes(id), `the receipt of ${id}`);
  return (await inbox(world)).find(({ body }) => body.key.id === id)?.body;
}

channelContract('WhatsApp, through Baileys', async () => {
  const { whatsapp, store, seal } = world;
  people += 1;
  const number = `+62812000009${String(people).padStart(2, '0')}`;
  const phone = whatsapp.phone(number, { name: 'Maya' });
  // Nobody is written to who has not written first.
  await bodyOf(await phone.sendText('bantuan'));
  const clock = new TestClock();
  const there = await running.open();
  const socket = liveSocket(openSent({ rows: store.whatsApp, gateway: GATEWAY, sealer: seal, clock: realClock }), there.number, 0);
  socket.setLink(there);
  socket.setCondition({ state: 'open', why: null, number: there.number }, 0);
  const channel = whatsappChannel({
    socket,
    clock,
    buttonKey: new Uint8Array(32).fill(5),
    fetch: async () => ({ fetched: 'gone' }),
    sendFiles: (jid, files, base) =>
      sendFiles(socket.sendContent, async () => ({ jpeg: JPEG.toString('base64'), size: { width: 1, height: 1 } }), jid, files, base),
    jitter: () => 0.5,
  });
  /** WhatsApp takes a message before it is on the phone. */
  const arrived = async (sent: Sent): Promise<Sent> => {
    if (sent.sent === 'yes') for (const id of sent.messages) await phone.chat.until((one) => one.id === id, `message ${id}`);
    return sent;
  };
  return {
    channel: {
      ...channel,
      say: async (...call) => arrived(await channel.say(...call)),
      album: async (...call) => arrived(await channel.album(...call)),
      edit: async (chat, id, message) => {
        const before = phone.shown(id)?.edits ?? 0;
        const sent = await channel.edit(chat, id, message);
        while (sent.sent === 'yes' && phone.shown(id)?.edits === before) await pause(5);
        return sent;
      },
    },
    chat: { channel: 'whatsapp', id: number },
    seen: () =>
      phone.chat.all
        .filter(({ poll, file, expects }) => poll === null && file === null && expects === null)
        .map(({ text, replyTo }) => ({ ...readOff(text), replyTo })),
    files: () => phone.chat.all.filter(({ file }) => file !== null).length,
    writes: async (text, replyTo) => bodyOf(await phone.sendText(text, replyTo === undefined ? {} : { replyTo })),
    sendsPhoto: async ({ caption, album }) => {
      const words = caption === undefined ? {} : { caption };
      const { id } = await phone.sendImage(JPEG, { ...words, ...(album === undefined ? {} : { album: { parent: album, index: 1 } }) });
      return bodyOf(id);
    },
    edits: async (message, text) => bodyOf(await phone.edit(message, text)),
    chooses: async (choice, message) => bodyOf(await phone.reply(message, choice)),
    spelled,
    blocks: () => {
      whatsapp.faults.refuse = { code: 463, times: 3 };
    },
    stumbles: () => {
      whatsapp.faults.refuse = { code: 429, times: 1 };
    },
    passes: (ms) => clock.pass(ms),
    close: async () => {
      whatsapp.faults.refuse = null;
    },
  };
});
