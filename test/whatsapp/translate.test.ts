// A raw message of WhatsApp in shared words: every kind that people send, and whatever else a sender can make up.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pollSecret } from '../../bots/whatsapp/own-ids.ts';
import { readVote } from '../../bots/whatsapp/poll-vote.ts';
import type { RawMessage } from '../../bots/whatsapp/raw.ts';
import { translate } from '../../bots/whatsapp/translate.ts';
import type { What } from '../../src/conversation/heard.ts';
import { ME, sealVote } from '../support/whatsapp-phones.ts';

const KEY = new Uint8Array(32).fill(9);
const AT = 1_795_000_000_000;
const PN = '6281200000005@s.whatsapp.net';
const LID = '100000000000005@lid';
const GROUP = '120363000000000001@g.us';
const digest = Buffer.alloc(32, 1).toString('base64');

const raw = (message: Record<string, unknown> | null, key: Partial<RawMessage['key']> = {}): RawMessage => ({
  key: { id: 'ABC1', remoteJid: PN, remoteJidAlt: null, participant: null, participantAlt: null, fromMe: false, ...key },
  me: ME,
  messageTimestamp: 1_794_999_999,
  pushName: '  Ma\u202eya\n',
  message,
});
const heard = (message: Record<string, unknown> | null, key: Partial<RawMessage['key']> = {}) => translate(raw(message, key), KEY, AT);
const what = (message: Record<string, unknown> | null, key: Partial<RawMessage['key']> = {}): What => heard(message, key).what;
const inGroup = { remoteJid: GROUP, participant: PN, participantAlt: LID };

describe('who and where', () => {
  test('a person in his own chat, by his number', () => {
    expect(heard({ conversation: 'Halo' }, { remoteJid: LID, remoteJidAlt: PN })).toEqual({
      account: '+6281100000001',
      chat: { channel: 'whatsapp', id: '+6281200000005' },
      chatKind: 'private',
      from: { id: '+6281200000005', name: 'Maya', alt: LID },
      at: 1_794_999_999_000,
      what: { kind: 'text', text: 'Halo', message: 'ABC1' },
    });
  });
  test('a person by his hidden id alone, when nobody knows more', () => {
    expect(heard({ conversation: 'Halo' }, { remoteJid: LID })).toMatchObject({ chat: { id: LID }, from: { id: LID } });
  });
  test('a person in a group', () => {
    expect(heard({ conversation: 'Halo' }, inGroup)).toMatchObject({
      chat: { channel: 'whatsapp', id: GROUP },
      chatKind: 'group',
      from: { id: '+6281200000005', alt: LID },
    });
  });
  test('a broadcast, a channel and ourselves are nobody', () => {
    for (const key of [{ remoteJid: 'status@broadcast' }, { remoteJid: '12@newsletter' }, { fromMe: true }, { remoteJid: GROUP }]) {
      expect(heard({ conversation: 'x' }, key)).toMatchObject({ from: null, what: { kind: 'nothing' } });
    }
  });
  test('a time that cannot be is the time it was received', () => {
    expect(translate({ ...raw({ conversation: 'x' }), messageTimestamp: 0 }, KEY, AT).at).toBe(AT);
    expect(translate({ ...raw({ conversation: 'x' }), messageTimestamp: 1e15 }, KEY, AT).at).toBe(AT);
  });
});

describe('texts', () => {
  test('short, long, quoting, and within their envelopes', () => {
    expect(what({ extendedTextMessage: { text: 'Panjang' } })).toEqual({ kind: 'text', text: 'Panjang', message: 'ABC1' });
    expect(what({ extendedTextMessage: { text: 'TERIMA', contextInfo: { stanzaId: 'CARD' } } })).toMatchObject({ replyTo: 'CARD' });
    expect(what({ ephemeralMessage: { message: { extendedTextMessage: { text: 'Hilang nanti' } } } })).toMatchObject({
      text: 'Hilang nanti',
    });
  });
  test.each([
    ['ours, by the number', ME.pn, true],
    ['ours, by the hidden id', ME.lid, true],
    ['ours, from one of its devices', '6281100000001:12@s.whatsapp.net', true],
    ['a colleague’s', LID, undefined],
    ['nobody’s', 'x', undefined],
  ])('say whether the message that they answer is ours: %s', (_, participant, toUs) => {
    const said = what({ extendedTextMessage: { text: 'ya', contextInfo: { stanzaId: 'Q', participant } } }, inGroup);
    expect(said).toMatchObject({ kind: 'text', replyTo: 'Q' });
    expect('toUs' in said ? said.toUs : undefined).toBe(toUs);
  });
  test.each([
    ['bantuan', '/bantuan'],
    ['Antrean', '/Antrean'],
    ['kirim.', '/kirim'],
    ['status 12', '/status 12'],
    ['daftar K7QM-2PXA', '/daftar K7QM-2PXA'],
    ['daftar hadir', '/daftar hadir'],
    ['batal', '/batal'],
    ['/status 12', '/status 12'],
    ['status kegiatan', 'status kegiatan'],
    ['kirim foto besok', 'kirim foto besok'],
    ['register hadir peserta', 'register hadir peserta'],
    ['Pasar murah', 'Pasar murah'],
  ])('%s is heard as %s', (text, expected) => expect(what({ conversation: text })).toMatchObject({ text: expected }));
  test('in a group a word stays a word', () => {
    expect(what({ conversation: 'bantuan' }, inGroup)).toMatchObject({ text: 'bantuan' });
  });
});

describe('files', () => {
  const image = { directPath: '/v/1', mediaKey: digest, fileSha256: digest, fileEncSha256: digest, fileLength: 12, mimetype: 'image/jpeg' };
  test.each(['ephemeralMessage', 'viewOnceMessageV2', 'documentWithCaptionMessage', 'associatedChildMessage', 'groupMentionedMessage'])(
    'within %s a photo with words is a photo with words',
    (envelope) => {
      expect(what({ [envelope]: { message: { imageMessage: { ...image, caption: 'Pasar murah' } } } })).toMatchObject({
        kind: 'media',
        caption: 'Pasar murah',
      });
    },
  );
  test('a photo of an album, with its caption and what it answers', () => {
    const association = { associationType: 1, parentMessageKey: { id: 'ALBUM' } };
    expect(
      what({
        imageMessage: { ...image, caption: 'Pasar murah', contextInfo: { stanzaId: 'Q', participant: ME.lid } },
        messageContextInfo: { messageAssociation: association },
      }),
    ).toMatchObject({
      kind: 'media',
      media: { kind: 'photo', file: { channel: 'whatsapp', account: '+6281100000001' } },
      caption: 'Pasar murah',
      album: 'ALBUM',
      message: 'ABC1',
      replyTo: 'Q',
      toUs: true,
    });
  });
  test('what WhatsApp keeps from linked devices is asked for again, in a private chat', () => {
    expect(what(null)).toEqual({ kind: 'unsupported', name: 'view-once', message: 'ABC1' });
    expect(what(null, inGroup)).toEqual({ kind: 'nothing' });
  });
});

describe('edits, reactions and what is said otherwise', () => {
  const edit = (editedMessage: object, more: object = {}) => ({
    protocolMessage: { type: 14, key: { id: 'OLD' }, editedMessage, ...more },
  });
  test('an edit of a text and of a caption, however it is wrapped', () => {
    expect(what(edit({ conversation: 'baru' }))).toEqual({ kind: 'edited', text: 'baru', message: 'OLD', field: 'text' });
    expect(what({ editedMessage: { message: edit({ imageMessage: { caption: 'baru' } }) } })).toEqual({
      kind: 'edited',
      text: 'baru',
      message: 'OLD',
      field: 'caption',
    });
    expect(what(edit({ stickerMessage: {} }))).toEqual({ kind: 'nothing' });
  });
  test('a message that was taken back, and settings of a chat, say nothing', () => {
    expect(what({ protocolMessage: { type: 0, key: { id: 'OLD' } } })).toEqual({ kind: 'nothing' });
    expect(what({ senderKeyDistributionMessage: {} })).toEqual({ kind: 'nothing' });
    expect(what({ albumMessage: { expectedImageCount: 4 } })).toEqual({ kind: 'nothing' });
  });
  test('a reaction, and one that is withdrawn', () => {
    expect(what({ reactionMessage: { key: { id: 'CARD' }, text: '👍' } })).toEqual({ kind: 'reaction', message: 'CARD', emoji: '👍' });
    expect(what({ reactionMessage: { key: { id: 'CARD' }, text: '' } })).toEqual({ kind: 'nothing' });
  });
  test.each([
    ['stickerMessage', 'sticker'],
    ['contactsArrayMessage', 'contact'],
    ['liveLocationMessage', 'location'],
    ['pollCreationMessageV3', 'poll'],
    ['orderMessage', 'other'],
  ])('%s is not understood, and said to be so in private only', (part, name) => {
    expect(what({ [part]: {} })).toEqual({ kind: 'unsupported', name, message: 'ABC1' });
    expect(what({ [part]: {} }, inGroup)).toEqual({ kind: 'nothing' });
  });
  test('a voice message is one', () => {
    expect(what({ audioMessage: { ptt: true } })).toEqual({ kind: 'unsupported', name: 'voice', message: 'ABC1' });
  });
});

describe('a vote', () => {
  const poll = 'POLL';
  const secret = pollSecret(KEY, poll);
  const sealed = (creator: string, voter: string, options: string[] = ['TERIMA']) => sealVote(options, { poll, secret, creator, voter });
  const update = (vote: unknown) => ({ pollUpdateMessage: { pollCreationMessageKey: { id: poll }, vote, senderTimestampMs: AT + 5 } });

  test.each([
    [ME.lid, LID],
    [ME.lid, PN],
    [ME.pn, LID],
    [ME.pn, PN],
  ])('sealed to %s and %s is read, in private and in a group', (creator, voter) => {
    const alone = what(update(sealed(creator, voter)), { remoteJid: LID, remoteJidAlt: `${PN.split('@')[0]}:0@s.whatsapp.net` });
    expect(alone).toEqual({ kind: 'vote', poll, options: [expect.stringMatching(/^[0-9a-f]{64}$/)], at: AT + 5, message: 'ABC1' });
    expect(what(update(sealed(creator, voter)), inGroup)).toEqual(alone);
  });
  test('that was withdrawn names nothing; one that nobody here gave names nothing of ours', () => {
    expect(what(update(sealed(ME.lid, PN, [])))).toMatchObject({ kind: 'vote', options: [] });
    expect(what(update(sealed(ME.lid, '6280000000000@s.whatsapp.net')))).toMatchObject({ kind: 'vote', options: ['unreadable'] });
    expect(what(update({ encPayload: 'AAAA', encIv: '' }))).toMatchObject({ options: ['unreadable'] });
    expect(what(update(null))).toEqual({ kind: 'nothing' });
  });
  test('with anything but hashes in it is none', () => {
    const pair = { poll, secret, creator: ME.lid, voter: PN };
    const { encPayload, encIv } = sealed(ME.lid, PN);
    const vote = { payload: Buffer.from(encPayload, 'base64'), iv: Buffer.from(encIv, 'base64') };
    expect(readVote(vote, [pair])).toHaveLength(1);
    expect(readVote({ ...vote, payload: vote.payload.subarray(1) }, [pair])).toBeNull();
    expect(readVote(vote, [])).toBeNull();
  });
});

test('whatever a sender makes up, an answer comes back, and no other chat than his own', () => {
  const bodies = [
    raw({ conversation: 'TERIMA 12' }),
    raw({ extendedTextMessage: { text: 'x', contextInfo: { stanzaId: 'CARD' } } }, inGroup),
    raw({ imageMessage: { directPath: '/v', mediaKey: digest, fileSha256: digest, caption: 'c' } }),
    raw({ protocolMessage: { type: 14, key: { id: 'OLD' }, editedMessage: { conversation: 'x' } } }),
    raw({ pollUpdateMessage: { pollCreationMessageKey: { id: 'P' }, vote: { encPayload: 'AAAA', encIv: 'AAAA' } } }),
    raw({ reactionMessage: { key: { id: 'CARD' }, text: '👍' } }),
  ];
  const odd = fc.oneof(fc.constantFrom(null, undefined, 0, -1, 1e300, '', 'x', true, [], {}, [[]], { message: {} }), fc.jsonValue());
  /** One place of the body, whichever, holds something else. */
  const mutate = (value: unknown, path: number[], put: unknown): unknown => {
    if (typeof value !== 'object' || value === null || path.length === 0) return put;
    const keys = Object.keys(value);
    const key = keys[(path[0] ?? 0) % Math.max(1, keys.length)];
    if (key === undefined) return put;
    return { ...value, [key]: mutate((value as Record<string, unknown>)[key], path.slice(1), put) };
  };
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }), odd, (body, path, put) => {
      const changed = mutate(body, path, put);
      const { chat, from, what: said } = translate(changed, KEY, AT);
      expect(chat.channel).toBe('whatsapp');
      expect(['+6281200000005', LID, GROUP, '0']).toContain(chat.id);
      if (from === null) expect(said).toEqual({ kind: 'nothing' });
      expect(translate(changed, KEY, AT)).toEqual(translate(changed, KEY, AT));
    }),
    { numRuns: 3_000 },
  );
  fc.assert(
    fc.property(fc.anything(), (body) => {
      expect(translate(body, KEY, AT).chat.channel).toBe('whatsapp');
    }),
  );
});
