import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { translate } from '../../bots/telegram/translate.ts';

const ME = { account: '777', username: 'AlurContohBot' };
const AT = 1_790_000_000_000;
const SARI = { id: 1001, is_bot: false, first_name: 'Sari', last_name: 'Dewi' };
const PRIVATE = { id: 1001, type: 'private', first_name: 'Sari' };
const GROUP = { id: -1002000000001, type: 'supergroup', title: 'Tim' };
const DATE = 1_795_000_000;

const message = (body: object) => ({ update_id: 1, message: { message_id: 5, date: DATE, chat: PRIVATE, from: SARI, ...body } });
const hear = (body: unknown) => translate(body, ME, AT);
const what = (body: object) => hear(message(body)).what;
const file = (more: object = {}) => ({ file_id: 'F1', file_unique_id: 'U1', ...more });

describe('messages', () => {
  test('a text carries its sender, its chat, its own time and the message it answers', () => {
    expect(hear(message({ text: 'Halo', reply_to_message: { message_id: 4, chat: PRIVATE, date: DATE } }))).toEqual({
      account: '777',
      chat: { channel: 'telegram', id: '1001' },
      chatKind: 'private',
      from: { id: '1001', name: 'Sari Dewi' },
      at: DATE * 1000,
      what: { kind: 'text', text: 'Halo', message: '5', replyTo: '4' },
    });
  });

  test.each([
    ['ours', { id: 777, is_bot: true }, true],
    ['a colleague’s', SARI, undefined],
    ['another bot’s', { id: 778, is_bot: true }, undefined],
    ['nobody’s', undefined, undefined],
  ])('a text and a photo say whether the message that they answer is ours: %s', (_, from, toUs) => {
    const reply_to_message = { message_id: 4, from, chat: GROUP, date: DATE };
    for (const body of [{ text: 'ya' }, { photo: [{ ...file(), width: 1, height: 1 }] }]) {
      const said = what({ chat: GROUP, ...body, reply_to_message });
      expect(said).toMatchObject({ replyTo: '4' });
      expect('toUs' in said ? said.toUs : undefined).toBe(toUs);
    }
  });

  test('a photo is heard in its largest size, with caption and album', () => {
    const photo = [
      { ...file({ file_id: 'small' }), width: 90, height: 60 },
      { ...file({ file_id: 'large', file_size: 900 }), width: 1280, height: 853 },
      { ...file({ file_id: 'middle' }), width: 320, height: 213 },
    ];
    expect(what({ photo, caption: 'Rapat', media_group_id: 'A9' })).toEqual({
      kind: 'media',
      media: { kind: 'photo', file: { channel: 'telegram', account: '777', fileId: 'large', uniqueId: 'U1', size: 900 } },
      message: '5',
      caption: 'Rapat',
      album: 'A9',
    });
  });

  test.each([
    ['video', { video: file({ mime_type: 'video/mp4' }) }, 'video'],
    ['animation with the document that old clients need', { animation: file(), document: file() }, 'video'],
    ['video_note', { video_note: file() }, 'video'],
    ['audio', { audio: file({ mime_type: 'audio/mpeg' }) }, 'audio'],
    ['picture sent as a file', { document: file({ mime_type: 'image/jpeg' }) }, 'photo'],
    ['video sent as a file', { document: file({ mime_type: 'video/quicktime' }) }, 'video'],
    ['PDF', { document: file({ mime_type: 'application/pdf' }) }, 'document'],
    ['file without a type', { document: file() }, 'document'],
  ])('%s is media', (_, body, kind) => {
    expect(what(body)).toMatchObject({ kind: 'media', media: { kind } });
  });

  test('a file name is a name, never a path', () => {
    expect(what({ document: file({ file_name: '../../etc/"x".pdf' }) })).toMatchObject({ media: { name: '_x_.pdf' } });
  });

  test.each([
    ['sticker', 'sticker'],
    ['contact', 'contact'],
    ['location', 'location'],
    ['voice', 'voice'],
    ['poll', 'poll'],
    ['dice', 'other'],
    ['something_of_next_year', 'other'],
  ])('%s is named as unsupported', (key, name) => {
    expect(what({ [key]: {} })).toEqual({ kind: 'unsupported', name, message: '5' });
  });

  test.each(['new_chat_members', 'pinned_message', 'message_auto_delete_timer_changed', 'forum_topic_created', 'migrate_from_chat_id'])(
    'the service message %s is nothing for us',
    (key) => {
      expect(what({ [key]: {} })).toEqual({ kind: 'nothing' });
    },
  );

  test('what is unknown is not answered in a group', () => {
    expect(what({ chat: GROUP, something_of_next_year: {} })).toEqual({ kind: 'nothing' });
  });

  test('a message that opens a forum topic is not what a text in it replies to', () => {
    expect(what({ chat: GROUP, text: 'ya', reply_to_message: { message_id: 2, forum_topic_created: {} } })).not.toHaveProperty('replyTo');
  });
});

describe('commands', () => {
  test.each([
    ['/status@AlurContohBot 12', '/status 12'],
    ['/status@alurcontohbot', '/status'],
    ['/status 12', '/status 12'],
    ['surat@kantor.example', 'surat@kantor.example'],
  ])('%s is heard as %s', (text, heard) => {
    expect(what({ chat: GROUP, text })).toMatchObject({ kind: 'text', text: heard });
  });

  test('a command for another bot is nothing for us', () => {
    expect(what({ chat: GROUP, text: '/status@BotLain 12' })).toEqual({ kind: 'nothing' });
  });
});

describe('who speaks', () => {
  test.each([
    ['an anonymous admin', { sender_chat: GROUP, from: { id: 1087968824, is_bot: true, first_name: 'Group' } }],
    ['a person speaking as a channel', { sender_chat: { id: -100555, type: 'channel' }, from: SARI }],
    ['another bot', { from: { ...SARI, is_bot: true } }],
    ['a post forwarded from the linked channel', { is_automatic_forward: true, from: SARI }],
    ['nobody', { from: undefined }],
  ])('%s has no account to look up', (_, body) => {
    expect(hear(message({ chat: GROUP, text: 'TERIMA', ...body })).from).toBeNull();
  });

  test('a channel post is from nobody and nothing', () => {
    const heard = hear({ update_id: 1, channel_post: { message_id: 1, chat: { id: -100555, type: 'channel' }, text: 'x', from: SARI } });
    expect(heard).toMatchObject({ from: null, what: { kind: 'nothing' } });
  });

  test('a name cannot carry marks that turn the text around it', () => {
    expect(hear(message({ text: 'x', from: { ...SARI, first_name: 'Sa\u202Eri', last_name: '\n' } })).from?.name).toBe('Sari');
  });
});

describe('taps', () => {
  const query = (more: object) => ({ update_id: 2, callback_query: { id: 'Q1', from: SARI, data: '1.ac', ...more } });

  test('a tap carries its data unchecked, who tapped and where', () => {
    expect(hear(query({ message: { message_id: 8, date: DATE, chat: GROUP } }))).toEqual({
      account: '777',
      chat: { channel: 'telegram', id: '-1002000000001' },
      chatKind: 'group',
      from: { id: '1001', name: 'Sari Dewi' },
      at: AT,
      what: { kind: 'tap', data: '1.ac', tap: 'Q1', message: '8' },
    });
  });

  test('a tap on a message that is no longer accessible still counts', () => {
    const heard = hear(query({ message: { message_id: 8, date: 0, chat: PRIVATE } }));
    expect(heard).toMatchObject({ at: AT, what: { kind: 'tap', message: '8' } });
  });

  test('a tap without a message belongs to the private chat of who tapped', () => {
    expect(hear(query({}))).toMatchObject({ chat: { id: '1001' }, chatKind: 'private', what: { kind: 'tap', message: null } });
  });

  test('a tap without data is a tap all the same, so that it is answered', () => {
    expect(hear(query({ data: undefined })).what).toEqual({ kind: 'tap', data: '', tap: 'Q1', message: null });
  });
});

describe('changes', () => {
  const edited = (body: object) =>
    hear({ update_id: 3, edited_message: { message_id: 5, date: DATE, edit_date: DATE + 60, chat: PRIVATE, from: SARI, ...body } });

  test('an edited text and an edited caption are told apart, at the time of the edit', () => {
    expect(edited({ text: 'baru' })).toMatchObject({
      at: (DATE + 60) * 1000,
      what: { kind: 'edited', text: 'baru', message: '5', field: 'text' },
    });
    expect(edited({ photo: [file()], caption: 'baru' }).what).toEqual({ kind: 'edited', text: 'baru', message: '5', field: 'caption' });
  });

  test('a caption that was taken away is an empty one', () => {
    expect(edited({ photo: [file()] }).what).toEqual({ kind: 'edited', text: '', message: '5', field: 'caption' });
  });

  test('a moving live location is nothing', () => {
    expect(edited({ location: {} }).what).toEqual({ kind: 'nothing' });
  });

  test.each([
    [{ status: 'kicked' }, true],
    [{ status: 'left' }, true],
    [{ status: 'restricted', is_member: false }, true],
    [{ status: 'restricted', is_member: true }, false],
    [{ status: 'member' }, false],
    [{ status: 'administrator' }, false],
  ])('membership %o means blocked: %s', (state, blocked) => {
    const heard = hear({
      update_id: 4,
      my_chat_member: { chat: PRIVATE, from: SARI, date: DATE, new_chat_member: { user: {}, ...state } },
    });
    expect(heard).toMatchObject({ at: DATE * 1000, what: { kind: 'blocked', blocked } });
  });

  test('a group that became a supergroup lives on under its new id', () => {
    expect(what({ chat: { id: -55, type: 'group' }, migrate_to_chat_id: -1002000000009 })).toEqual({ kind: 'moved', to: '-1002000000009' });
  });
});

describe('whatever comes', () => {
  const seeds = [
    message({ text: '/kirim@AlurContohBot', reply_to_message: { message_id: 1 } }),
    message({ photo: [{ ...file(), width: 1, height: 1 }], caption: 'c', media_group_id: 'A' }),
    message({ document: file({ file_name: 'a.pdf', mime_type: 'application/pdf', file_size: 3 }) }),
    message({ chat: GROUP, sender_chat: GROUP, migrate_to_chat_id: -1002 }),
    { update_id: 1, edited_message: { message_id: 5, date: DATE, chat: PRIVATE, from: SARI, caption: 'x', video: file() } },
    { update_id: 1, callback_query: { id: 'Q', from: SARI, data: 'd', message: { message_id: 1, date: 0, chat: GROUP } } },
    { update_id: 1, my_chat_member: { chat: PRIVATE, from: SARI, date: DATE, new_chat_member: { status: 'kicked' } } },
    { update_id: 1, channel_post: { message_id: 1, chat: GROUP } },
  ];
  const odd = [null, undefined, 0, -1, 1e300, Number.NaN, '', 'x', '\uD800', true, false, [], {}, [null], [[]], { id: {} }, { file_id: 7 }];

  /** Replaces, removes or doubles values anywhere in the update. */
  function mutate(value: unknown, random: () => number): unknown {
    if (random() < 0.08) return odd[Math.floor(random() * odd.length)];
    if (Array.isArray(value)) return value.flatMap((item) => (random() < 0.1 ? [item, mutate(item, random)] : [mutate(item, random)]));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(() => random() > 0.05);
    return Object.fromEntries(entries.map(([key, item]) => [key, mutate(item, random)]));
  }

  function mulberry(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  // ALUR_FUZZ makes it the 200,000 of a nightly run.
  const runs = Number(process.env['ALUR_FUZZ'] ?? 20_000);

  test(`${runs} mutated updates are all answered with something well-formed`, () => {
    const kinds = new Set<string>();
    for (let run = 0; run < runs; run += 1) {
      const random = mulberry(run);
      const heard = translate(mutate(seeds[run % seeds.length], random), ME, AT);
      kinds.add(heard.what.kind);
      const sound =
        heard.account === '777' &&
        /^-?\d+$/.test(heard.chat.id) &&
        Number.isSafeInteger(heard.at) &&
        (heard.from === null || /^-?\d+$/.test(heard.from.id));
      if (!sound) expect.fail(`run ${run}: ${JSON.stringify(heard)}`);
    }
    expect([...kinds].sort()).toEqual(['blocked', 'edited', 'media', 'moved', 'nothing', 'tap', 'text', 'unsupported']);
  });

  test('anything that is JSON is answered', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void expect(hear(body).what.kind).toBeTypeOf('string')));
  });
});
