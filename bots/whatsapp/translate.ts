// A raw message of WhatsApp in the words that every channel shares. Pure and total: whatever came, an answer comes back.
import type { Heard, Sender, What } from '../../src/conversation/heard.ts';
import { commandOf } from '../../src/conversation/lookup.ts';
import { tidyLine } from '../../src/text/tidy.ts';
import type { Instant } from '../../src/time.ts';
import { clean } from '../telegram/clean.ts';
import { numberOf, type Shape, shapeOf, textOf } from '../telegram/shape.ts';
import { captionOf, contentOf, plainTextOf, repliedTo } from './content.ts';
import { accountOf, groupOf, senderOf } from './identity.ts';
import { mediaOf } from './media.ts';
import { pollSecret } from './own-ids.ts';
import { readVote, type VotePair } from './poll-vote.ts';
import type { RawMessage } from './raw.ts';

const NOTHING: What = { kind: 'nothing' };
// proto.Message.ProtocolMessage.Type
const MESSAGE_EDIT = 14;
const NAME_MAX = 80;

export function translate(body: unknown, buttonKey: Uint8Array, at: Instant): Heard {
  const raw = shapeOf(body) ?? {};
  const key = shapeOf(raw['key']) ?? {};
  const me = shapeOf(raw['me']);
  const group = groupOf(textOf(key['remoteJid']));
  const [jid, alt] = group === null ? ['remoteJid', 'remoteJidAlt'] : ['participant', 'participantAlt'];
  const sender = senderOf(textOf(key[jid ?? '']), textOf(key[alt ?? '']));
  const known = sender !== null && key['fromMe'] !== true;
  return {
    account: accountOf(textOf(me?.['pn'])) ?? '',
    chat: { channel: 'whatsapp', id: group ?? sender?.id ?? '0' },
    chatKind: group === null ? 'private' : 'group',
    from: known ? { id: sender.id, name: nameOf(raw['pushName']), ...(sender.alt === null ? {} : { alt: sender.alt }) } : null,
    at: timeOf(raw['messageTimestamp']) ?? at,
    what: known ? whatOf(raw, key, group === null, buttonKey) : NOTHING,
  };
}

function nameOf(value: unknown): Sender['name'] {
  return clean(textOf(value) ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, NAME_MAX);
}

function timeOf(seconds: unknown): Instant | null {
  const value = numberOf(seconds);
  // The upper bound is the year 5138.
  return value === null || value <= 0 || value > 100_000_000_000 ? null : value * 1000;
}

function whatOf(raw: Shape, key: Shape, isPrivate: boolean, buttonKey: Uint8Array): What {
  const id = textOf(key['id']);
  if (id === null || id === '') return NOTHING;
  if (raw['message'] === null) return isPrivate ? { kind: 'unsupported', name: 'view-once', message: id } : NOTHING;
  const content = contentOf(raw['message']);
  if (content === null) return NOTHING;
  const protocol = shapeOf(content['protocolMessage']);
  if (protocol) return editOf(protocol);
  const reaction = shapeOf(content['reactionMessage']);
  if (reaction) return reactionOf(reaction);
  const vote = shapeOf(content['pollUpdateMessage']);
  if (vote) return voteOf(vote, raw, key, id, buttonKey);
  const reply = replyOf(content, raw);
  const text = plainTextOf(content);
  if (text !== null) return { kind: 'text', text: isPrivate ? slashed(text) : text, message: id, ...reply };
  const carried = isMessage(raw) ? mediaOf(raw, accountOf(raw.me.pn) ?? '') : null;
  if (carried === null) return otherOf(content, id, isPrivate);
  const { media, caption, album, betterThan } = carried;
  return {
    kind: 'media',
    media,
    message: id,
    ...(caption === undefined ? {} : { caption }),
    ...(album === undefined ? {} : { album }),
    ...(betterThan === undefined ? {} : { betterThan }),
    ...reply,
  };
}

/** A person is named by his number or by his hidden id, and so are we. */
function replyOf(content: Shape, raw: Shape): { replyTo?: string; toUs?: true } {
  const reply = repliedTo(content);
  if (reply === null) return {};
  const me = shapeOf(raw['me']);
  const author = accountOf(reply.author);
  const ours = author !== null && [me?.['pn'], me?.['lid']].some((id) => accountOf(textOf(id)) === author);
  return { replyTo: reply.id, ...(ours ? { toUs: true } : {}) };
}

/** As far as files need it. */
function isMessage(raw: unknown): raw is RawMessage {
  const shape = shapeOf(raw);
  const key = shapeOf(shape?.['key']);
  return textOf(shapeOf(shape?.['me'])?.['pn']) !== null && textOf(key?.['id']) !== null && textOf(key?.['remoteJid']) !== null;
}

/** The commands count without their slash when they stand alone, or before something like a number or a code. */
function slashed(text: string): string {
  const line = tidyLine(text).replace(/[.!]+$/, '');
  const [, , argument = ''] = /^(\p{L}+)(?: (\S+))?$/u.exec(line) ?? [];
  const command = /^\p{L}+(?: \S+)?$/u.test(line) ? commandOf(`/${line}`) : null;
  if (!command) return text;
  return argument === '' || /\d/.test(argument) || command.command === 'daftar' ? `/${line}` : text;
}

function editOf(protocol: Shape): What {
  const id = textOf(shapeOf(protocol['key'])?.['id']);
  const edited = contentOf(protocol['editedMessage']);
  if (numberOf(protocol['type']) !== MESSAGE_EDIT || id === null || id === '' || edited === null) return NOTHING;
  const text = plainTextOf(edited);
  if (text !== null) return { kind: 'edited', text, message: id, field: 'text' };
  const caption = captionOf(edited);
  return caption === null ? NOTHING : { kind: 'edited', text: caption, message: id, field: 'caption' };
}

function reactionOf(reaction: Shape): What {
  const id = textOf(shapeOf(reaction['key'])?.['id']);
  const emoji = clean(textOf(reaction['text']) ?? '').slice(0, 16);
  return id === null || id === '' || emoji === '' ? NOTHING : { kind: 'reaction', message: id, emoji };
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(textOf(value) ?? '', 'base64');
}

/** Sealed by one of our two ids and one of his two: nobody says which. */
function pairsOf(raw: Shape, key: Shape, poll: string, buttonKey: Uint8Array): VotePair[] {
  const secret = pollSecret(buttonKey, poll);
  const me = shapeOf(raw['me']);
  const jids = (...values: unknown[]) =>
    values.flatMap((value) => {
      const account = accountOf(textOf(value));
      if (account === null) return [];
      return [account.startsWith('+') ? `${account.slice(1)}@s.whatsapp.net` : account];
    });
  const voters = jids(...['participant', 'participantAlt', 'remoteJid', 'remoteJidAlt'].map((name) => key[name]));
  return jids(me?.['lid'], me?.['pn']).flatMap((creator) => voters.map((voter) => ({ poll, secret, creator, voter })));
}

function voteOf(update: Shape, raw: Shape, key: Shape, id: string, buttonKey: Uint8Array): What {
  const poll = textOf(shapeOf(update['pollCreationMessageKey'])?.['id']);
  const vote = shapeOf(update['vote']);
  if (poll === null || poll === '' || vote === null) return NOTHING;
  const sealed = { payload: bytesOf(vote['encPayload']), iv: bytesOf(vote['encIv']) };
  const options = readVote(sealed, pairsOf(raw, key, poll, buttonKey));
  const at = numberOf(update['senderTimestampMs']) ?? timeOf(raw['messageTimestamp']) ?? 0;
  // One that cannot be read names no option of ours: he is told how to answer in words.
  return { kind: 'vote', poll, options: options ?? ['unreadable'], at, message: id };
}

const NAMED = [
  ['stickerMessage', 'sticker'],
  ['lottieStickerMessage', 'sticker'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['audioMessage', 'voice'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV2', 'poll'],
  ['pollCreationMessageV3', 'poll'],
  ['pollCreationMessageV5', 'poll'],
] as const;
/** Nothing that a person says to us: keys of a group, an album's announcement, a pin. */
const SILENT = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'albumMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'deviceSentMessage',
  'call',
  'callLogMesssage',
  'encReactionMessage',
  'secretEncryptedMessage',
  'messageHistoryBundle',
  'messageHistoryNotice',
]);

function otherOf(content: Shape, id: string, isPrivate: boolean): What {
  const parts = Object.keys(content).filter((name) => content[name] !== null && content[name] !== undefined && !SILENT.has(name));
  if (!isPrivate || parts.length === 0) return NOTHING;
  const named = NAMED.find(([name]) => parts.includes(name));
  return { kind: 'unsupported', name: named?.[1] ?? 'other', message: id };
}
