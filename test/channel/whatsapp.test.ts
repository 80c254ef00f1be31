// The channel's contract on WhatsApp, over a connection in memory: choices are words and numbers there.

import { fileIdOf } from '../../bots/whatsapp/file-ref.ts';
import type { RawMessage } from '../../bots/whatsapp/raw.ts';
import { whatsappChannel } from '../../bots/whatsapp/whatsapp.ts';
import { FakeSocket } from '../support/fake-socket.ts';
import { ME } from '../support/whatsapp-phones.ts';
import { TestClock } from '../telegram/hands.ts';
import { channelContract, NOW } from './contract.ts';
import { readOff, spelled } from './in-words.ts';

const JID = '6281200000005@s.whatsapp.net';

channelContract('WhatsApp, over a connection in memory', async () => {
  const clock = new TestClock();
  const socket = new FakeSocket();
  let next = 1;
  let files = 0;
  const channel = whatsappChannel({
    socket,
    clock,
    buttonKey: new Uint8Array(32).fill(5),
    fetch: async () => ({ fetched: 'gone' }),
    sendFiles: async (_, sent, base) => {
      files += sent.length;
      return { taken: 'yes', messages: sent.map((__, at) => `${base}-${at}`) };
    },
    jitter: () => 0.5,
  });
  const raw = (message: Record<string, unknown>): RawMessage => ({
    key: { id: `IN${next++}`, remoteJid: JID, remoteJidAlt: null, participant: null, participantAlt: null, fromMe: false },
    me: ME,
    messageTimestamp: NOW / 1000,
    pushName: 'Maya',
    message,
  });
  const writes = (text: string, replyTo?: string) =>
    raw(replyTo === undefined ? { conversation: text } : { extendedTextMessage: { text, contextInfo: { stanzaId: replyTo } } });
  return {
    channel,
    chat: { channel: 'whatsapp', id: '+6281200000005' },
    seen: () =>
      socket
        .shown(JID)
        .filter(({ poll }) => poll === null)
        .map(({ text, replyTo }) => ({ ...readOff(text), replyTo })),
    files: () => files,
    writes,
    sendsPhoto: ({ caption, album }) => {
      const digest = Buffer.alloc(32, next).toString('base64');
      const place = { directPath: `/v/${next}`, mediaKey: digest, fileSha256: digest, fileEncSha256: digest, fileLength: 10 };
      if (fileIdOf({ kind: 'image', ...place, key: { id: 'x', remoteJid: JID, participant: null } }) === null) throw new Error('no file');
      return raw({
        imageMessage: { ...place, mimetype: 'image/jpeg', ...(caption === undefined ? {} : { caption }) },
        ...(album === undefined
          ? {}
          : { messageContextInfo: { messageAssociation: { associationType: 1, parentMessageKey: { id: album } } } }),
      });
    },
    edits: (message, text) => raw({ protocolMessage: { type: 14, key: { id: message }, editedMessage: { conversation: text } } }),
    chooses: (choice, message) => writes(choice, message),
    spelled,
    blocks: () => {
      for (let i = 0; i < 3; i += 1) socket.answers.push({ taken: 'no', code: 463 });
    },
    stumbles: () => socket.answers.push({ taken: 'unknown', why: 'no answer' }),
    passes: (ms) => clock.pass(ms),
    close: async () => undefined,
  };
});
