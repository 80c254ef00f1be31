// Updates that no platform sends, from a seed: true ones with values replaced, lost, doubled, swapped and grown, on both channels, through
// the whole translation as the service does it: the row of the inbox, the database's JSON and back, the shared words, command and button.
import { arrivalOf } from '../../bots/telegram/arrival.ts';
import { translate as fromTelegram } from '../../bots/telegram/translate.ts';
import { translate as fromWhatsApp } from '../../bots/whatsapp/translate.ts';
import type { Heard } from '../../src/conversation/heard.ts';
import { commandOf } from '../../src/conversation/lookup.ts';
import { decodeReference } from '../../src/conversation/reference.ts';
import { type Seeded, seeded } from './seeded.ts';

const AT = 1_795_000_000_000;
const ACCOUNT = '777';
const KEY = new Uint8Array(32).fill(9);
const SARI = { id: 1001, is_bot: false, first_name: 'Sari', last_name: 'Dewi' };
const ALONE = { id: 1001, type: 'private' };
const GROUP = { id: -1_002_000_000_001, type: 'supergroup', title: 'Tim' };
const FILE = { file_id: 'F', file_unique_id: 'U', file_size: 900, width: 9, height: 9, file_name: 'a.pdf', mime_type: 'application/pdf' };
const DATE = 1_795_000_000;

const said = (fields: object) => ({ update_id: 1, message: { message_id: 5, date: DATE, chat: ALONE, from: SARI, ...fields } });

const TELEGRAM: object[] = [
  said({
    text: '/status@AlurContohBot 0042',
    reply_to_message: { message_id: 4, chat: ALONE, date: DATE },
    entities: [{ type: 'bold', offset: 0, length: 9 }],
  }),
  said({ photo: [FILE, { ...FILE, width: 90 }], caption: 'Pasar murah', media_group_id: 'A' }),
  said({ document: FILE }),
  said({ video: FILE, animation: FILE, audio: FILE, video_note: FILE }),
  said({ chat: GROUP, sender_chat: GROUP, migrate_to_chat_id: -1_002 }),
  said({ sticker: FILE, contact: { phone_number: '1' }, location: { latitude: 1 }, poll: { options: [] } }),
  { update_id: 1, edited_message: { message_id: 5, date: DATE, edit_date: DATE, chat: ALONE, from: SARI, caption: 'x', video: FILE } },
  {
    update_id: 1,
    callback_query: {
      id: 'Q',
      from: SARI,
      data: '1.ac.AAAAAAAAAAAAAAAAAAAAAA.1.1.1.0.AAAAAAAAAAAA',
      message: { message_id: 1, date: 0, chat: GROUP },
    },
  },
  { update_id: 1, my_chat_member: { chat: ALONE, from: SARI, date: DATE, new_chat_member: { status: 'kicked', user: SARI } } },
  { update_id: 1, channel_post: { message_id: 1, chat: GROUP, text: 'x' } },
];

const PN = '6281200000005@s.whatsapp.net';
const DIGEST = Buffer.alloc(32, 1).toString('base64');
const raw = (message: object, key: object = {}) => ({
  key: { id: 'ABC1', remoteJid: PN, remoteJidAlt: '100000000000005@lid', participant: null, participantAlt: null, fromMe: false, ...key },
  me: { pn: '6281100000001@s.whatsapp.net', lid: '900000000000001@lid' },
  messageTimestamp: DATE,
  pushName: 'Maya',
  message,
});

const WHATSAPP: object[] = [
  raw({ conversation: 'TERIMA 12' }),
  raw({ extendedTextMessage: { text: 'daftar K7QM-2PXA', contextInfo: { stanzaId: 'CARD', quotedMessage: { conversation: 'x' } } } }),
  raw({ conversation: 'bantuan' }, { remoteJid: '120363000000000001@g.us', participant: PN, participantAlt: null }),
  raw({
    imageMessage: {
      directPath: '/v',
      mediaKey: DIGEST,
      fileSha256: DIGEST,
      fileEncSha256: DIGEST,
      fileLength: 12,
      mimetype: 'image/jpeg',
      caption: 'c',
    },
    messageContextInfo: { messageAssociation: { associationType: 1, parentMessageKey: { id: 'ALBUM' } } },
  }),
  raw({
    ephemeralMessage: {
      message: {
        documentWithCaptionMessage: {
          message: { documentMessage: { directPath: '/v', mediaKey: DIGEST, fileSha256: DIGEST, fileName: '../a.pdf' } },
        },
      },
    },
  }),
  raw({ protocolMessage: { type: 14, key: { id: 'OLD' }, editedMessage: { conversation: 'x' } } }),
  raw({ pollUpdateMessage: { pollCreationMessageKey: { id: 'P' }, vote: { encPayload: 'AAAA', encIv: 'AAAA' }, senderTimestampMs: AT } }),
  raw({ reactionMessage: { key: { id: 'CARD' }, text: '👍' } }),
  raw({ stickerMessage: {}, contactMessage: {}, liveLocationMessage: {} }),
];

const ODD: unknown[] = [
  ...[null, 0, -1, -0, 1e300, 1e-300, 2 ** 53, '', ' ', 'x', '\uD800', '\u0000', '\u202E', true, false],
  ...['-1', '1e9', '__proto__', 'constructor', 'x'.repeat(5_000), '/'.repeat(300), `/${'a'.repeat(70)}`, 'a\u0301'.repeat(400)],
  ...['👨‍👩‍👧'.repeat(60), '1001', '-1002000000001', '6281200000005@s.whatsapp.net', '/start AAAA-BBBB'],
];

function odd(chance: Seeded): unknown {
  if (chance.chance(0.9)) return chance.pick(ODD);
  if (chance.chance(0.5)) return chance.pick<unknown>([[], {}, [null], [[]], { id: {} }, { file_id: 7 }, { message: {} }]);
  let deep: unknown = 'x';
  for (let times = chance.below(120); times > 0; times -= 1) deep = chance.chance(0.5) ? [deep] : { message: deep };
  return deep;
}

function mutate(value: unknown, chance: Seeded): unknown {
  if (chance.chance(0.06)) return odd(chance);
  if (Array.isArray(value)) return value.flatMap((item) => (chance.chance(0.1) ? [item, mutate(item, chance)] : [mutate(item, chance)]));
  if (typeof value === 'string' && chance.chance(0.04)) return value.slice(chance.below(value.length + 1)) + String(chance.pick(ODD));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (chance.chance(0.03)) return [];
    const changed = mutate(item, chance);
    return chance.chance(0.02) ? [[String(chance.pick(ODD)).slice(0, 40), changed]] : [[key, changed]];
  });
  if (entries.length > 1 && chance.chance(0.04)) entries.push([entries[0]?.[0] ?? '', entries[1]?.[1]]);
  return Object.fromEntries(entries);
}

/** The mutated update with this number: `telegram` as the platform sends it, `whatsapp` as it stands in the inbox. */
export function mutatedUpdate(seed: number, at: number): { channel: 'telegram' | 'whatsapp'; body: unknown } {
  // Neighbouring numbers must not make neighbouring updates.
  const chance = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b));
  return chance.chance(0.5)
    ? { channel: 'telegram', body: mutate(chance.pick(TELEGRAM), chance) }
    : { channel: 'whatsapp', body: mutate(chance.pick(WHATSAPP), chance) };
}

const CHAT = { telegram: /^-?\d{1,16}$/, whatsapp: /^(?:0|\+\d{5,20}|\d+@lid|[\d-]+@g\.us)$/ } as const;

/** What is wrong with what was heard, or `null`. */
function unsound({ account, chat, from, at, what }: Heard, channel: 'telegram' | 'whatsapp'): string | null {
  if (chat.channel !== channel || !CHAT[channel].test(chat.id)) return `chat ${chat.id}`;
  if (typeof account !== 'string' || (channel === 'telegram' && account !== ACCOUNT)) return 'account';
  if (!Number.isSafeInteger(at) || at <= 0) return `at ${at}`;
  if (from !== null && (!CHAT[channel].test(from.id) || typeof from.name !== 'string')) return `from ${JSON.stringify(from)}`;
  if (channel === 'whatsapp' && from === null && what.kind !== 'nothing') return `${what.kind} of nobody`;
  if (what.kind === 'tap' && decodeReference(what.data, chat, KEY) !== null) return `a button nobody made: ${what.data}`;
  if (what.kind === 'media' && /[/\\\n\r"]|^\./.test(what.media.name ?? '')) return `name ${what.media.name}`;
  if (what.kind === 'vote' && what.options.some((option) => !/^(?:[0-9a-f]{64}|unreadable)$/.test(option)))
    return 'an option nobody offered';
  if (what.kind === 'text') commandOf(what.text);
  return null;
}

function hear(channel: 'telegram' | 'whatsapp', body: unknown): Heard | null {
  if (channel === 'whatsapp') return fromWhatsApp(stored(body), KEY, AT);
  const arrival = arrivalOf(body, ACCOUNT);
  return arrival && fromTelegram(stored(arrival.body), { account: ACCOUNT, username: 'AlurContohBot' }, AT);
}

/** As the database gives it back. */
const stored = (body: unknown): unknown => JSON.parse(JSON.stringify(body ?? null));

/** Asking for the time costs more than most updates. */
const BATCH = 1_000;

export interface Fuzzed {
  kinds: Record<string, number>;
  /** Work, of a thousand updates: one that does not end is in the slowest. */
  slowestMs: number;
  /** The first that came to no good; `null`: none. Made again by `mutatedUpdate` with the same seed and number. */
  bad: { at: number; why: string } | null;
}

/** Milliseconds that this process has worked: what a busy machine takes from it is no hang. */
export function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** `clock`: milliseconds, for the slowest. */
export function fuzz(seed: number, from: number, count: number, clock: () => number): Fuzzed {
  const fuzzed: Fuzzed = { kinds: {}, slowestMs: 0, bad: null };
  let began = clock();
  for (let at = from; at < from + count && fuzzed.bad === null; at += 1) {
    const { channel, body } = mutatedUpdate(seed, at);
    try {
      const heard = hear(channel, body);
      const kind = `${channel} ${heard?.what.kind ?? 'no update'}`;
      fuzzed.kinds[kind] = (fuzzed.kinds[kind] ?? 0) + 1;
      const why = heard && unsound(heard, channel);
      if (why !== null) fuzzed.bad = { at, why };
    } catch (error) {
      fuzzed.bad = { at, why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    if ((at + 1) % BATCH === 0 || at + 1 === from + count) {
      const now = clock();
      fuzzed.slowestMs = Math.max(fuzzed.slowestMs, now - began);
      began = now;
    }
  }
  return fuzzed;
}
