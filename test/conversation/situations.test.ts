// Situations that the chats rarely bring about: what is asked of the conversation when something has gone, or was never there.
import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../src/case/case.ts';
import type { Notice, Question } from '../../src/case/outgoing.ts';
import { askFor, askNext, draftIndex, isReady, missingIn } from '../../src/conversation/asking.ts';
import { QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import { converse } from '../../src/conversation/converse.ts';
import { hearMedia } from '../../src/conversation/files.ts';
import type { Heard, What } from '../../src/conversation/heard.ts';
import { sayOne, sayRegister } from '../../src/conversation/lists.ts';
import type { Piece } from '../../src/conversation/piece.ts';
import { type Action, itemOf, type Reference } from '../../src/conversation/reference.ts';
import type { Outcome, Situation } from '../../src/conversation/situation.ts';
import { Talk } from '../../src/conversation/talk.ts';
import { askNextChannel, hearAnswer, hearEdit } from '../../src/conversation/texts.ts';
import {
  add,
  CASE,
  caseOf,
  DRAFTING,
  date,
  history,
  open,
  SENT_BACK,
  SOP,
  TO_CHECKER,
  TO_END,
  TO_PUBLISHER,
  TO_RECEIVER,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9, sampleOffice } from '../support/sample-office.ts';

const office = sampleOffice();
const other = sampleOffice({ id: 'dinas-lain', people: [] });
const LINK: Question & { ask: 'link' } = { ask: 'link', case: CASE, step: 'unggah', round: 1, revision: 1, channel: 'media_sosial' };

function personOf(id: string) {
  const person = office.people.find((one) => one.id === id);
  if (!person) throw new Error(id);
  return person;
}

function situation(who: string, what: What, events: CaseEvent[] | null = null, more: Partial<Situation> = {}): Situation {
  const person = personOf(who);
  const chat = { channel: 'telegram', id: person.telegram ?? '' } as const;
  const heard: Heard = { account: '7000', chat, chatKind: 'private', from: { id: chat.id, name: 'U' }, at: FRIDAY_9, what };
  return {
    now: FRIDAY_9,
    heard,
    reference: null,
    memberships: [{ office, person }],
    conversation: QUIET_CONVERSATION,
    subject: events && { case: caseOf(events), sop: SOP, office },
    startable: [],
    roles: [],
    duties: [],
    deputable: [],
    roleLabels: {},
    redeemed: null,
    listed: [],
    fresh: { case: CASE, media: 'new' },
    serial: 0,
    ...more,
  };
}

const TEXT: What = { kind: 'text', text: 'Pasar murah', message: '9' };
const PHOTO: What & { kind: 'media' } = { kind: 'media', media: { kind: 'photo', file: add(9).media.file }, message: '9' };
function tap(
  who: string,
  events: CaseEvent[] | null,
  change: Partial<Reference> & { action: Action },
  more: Partial<Situation> = {},
): Outcome {
  const reference: Reference = { case: CASE, step: 0, round: 1, revision: 0, item: 0, ...change };
  return converse(situation(who, { kind: 'tap', data: 'x', tap: 't', message: '1' }, events, { reference, ...more }));
}
const notices = ({ outgoing }: Outcome): Notice[] =>
  outgoing.flatMap((one) => ((one.out === 'say' || one.out === 'answer') && one.notice ? [one.notice] : []));
const refused = ({ refusals }: Outcome) => refusals.map((one) => one.refused);

describe('what is not for us', () => {
  test.each<What>([{ kind: 'nothing' }, { kind: 'blocked', blocked: true }, { kind: 'moved', to: '-2' }])(
    '$kind is kept and answered by nothing',
    (what) => {
      expect(converse(situation('sari', what))).toMatchObject({ ending: 'ignored', outgoing: [], saved: null });
    },
  );
  test('a channel is nobody; its tap is answered all the same', () => {
    const from = { ...situation('sari', TEXT).heard, from: null };
    expect(converse(situation('sari', TEXT, null, { heard: from, memberships: [] }))).toMatchObject({
      ending: 'ignored',
      outgoing: [],
      refusals: [],
    });
    const tapped = converse(
      situation('sari', TEXT, null, { heard: { ...from, what: { kind: 'tap', data: 'x', tap: 't', message: null } }, memberships: [] }),
    );
    expect(tapped.refusals).toMatchObject([{ refused: 'stranger', account: 'telegram:', person: null }]);
    expect(notices(tapped)).toEqual([{ notice: 'stranger' }]);
  });
  test('an edit, a sticker in a group and a text that is no command of a stranger say nothing more than that', () => {
    expect(
      notices(converse(situation('sari', { kind: 'edited', text: 'a', message: '1', field: 'text' }, null, { memberships: [] }))),
    ).toEqual([]);
    const locked = { redeemed: 'no', locked: true } as const;
    expect(
      notices(
        converse(situation('sari', { kind: 'text', text: '/start SALAH', message: '1' }, null, { memberships: [], redeemed: locked })),
      ),
    ).toEqual([{ notice: 'stranger', code: true }]);
    expect(notices(converse(situation('sari', TEXT, null, { memberships: [], redeemed: locked })))).toEqual([{ notice: 'stranger' }]);
  });
});

describe('buttons that lead nowhere', () => {
  test('of a case that is gone, and of a step that the SOP does not have', () => {
    expect(refused(tap('sari', null, { action: 'handIn' }))).toEqual(['unknown-button']);
    expect(refused(tap('sari', history(DRAFTING), { action: 'handIn', step: 99 }))).toEqual(['unknown-button']);
  });
  test('of another office', () => {
    const subject = { case: caseOf(history(TO_RECEIVER)), sop: SOP, office: other };
    expect(refused(tap('budi', null, { action: 'receive', step: 1, revision: 1 }, { subject }))).toEqual(['stranger']);
  });
  test('of a draft on a card of a step, and with a ready reason that we never offered', () => {
    expect(refused(tap('budi', history(TO_RECEIVER), { action: 'handIn', step: 1, revision: 1 }))).toEqual(['unknown-button']);
    expect(refused(tap('kartika', history(TO_CHECKER), { action: 'reason', step: 2, revision: 1, item: 99 }))).toEqual(['unknown-button']);
  });
  test('of a ready reason whose question was already taken back: the rejection counts', () => {
    const outcome = tap('kartika', history(TO_CHECKER), { action: 'reason', step: 2, revision: 1 });
    expect(outcome.saved?.events.map(({ type }) => type)).toEqual(['decided', 'returned']);
    expect(outcome.conversation).toEqual(QUIET_CONVERSATION);
  });
  test('of publishing, where the SOP has no channel', () => {
    const sop = withStep('unggah', { channels: [] });
    const subject = { case: caseOf(history(TO_PUBLISHER)), sop, office };
    expect(refused(tap('maya', null, { action: 'published', step: 4, revision: 1 }, { subject }))).toEqual(['unknown-button']);
  });
  test('of publishing, from whoever may not', () => {
    expect(refused(tap('budi', history(TO_PUBLISHER), { action: 'published', step: 4, revision: 1 }))).toEqual(['not-your-role']);
  });
  test('of a draft that changed meanwhile', () => {
    const drafted = history(DRAFTING);
    expect(refused(tap('sari', drafted, { action: 'dropMedia', item: itemOf('m9') }))).toEqual(['outdated']);
    expect(tap('sari', drafted, { action: 'dropMedia', item: itemOf('m2') }).saved?.events).toMatchObject([
      { type: 'media-dropped', media: 'm2' },
    ]);
    expect(refused(tap('sari', history(SENT_BACK), { action: 'cancel', round: 2, revision: 1 }))).toEqual(['not-now']);
    expect(refused(tap('sari', history([open()]), { action: 'handIn' }))).toEqual(['incomplete']);
    const elsewhere = { office, person: personOf('sari'), sop: { ...SOP, id: 'lain', steps: SOP.steps.slice(1) } };
    expect(refused(tap('sari', drafted, { action: 'startSop' }, { startable: [elsewhere] }))).toEqual(['not-your-role']);
  });
  test('of an earlier round of the same draft', () => {
    expect(refused(tap('sari', history(SENT_BACK), { action: 'today', round: 1, revision: 1 }))).toEqual(['outdated']);
    expect(refused(tap('sari', history(SENT_BACK), { action: 'editTitle', round: 1, revision: 1 }))).toEqual(['outdated']);
  });
  test('of yesterday: the day before today’s', () => {
    const far = tap('sari', history([open()]), { action: 'yesterday' });
    expect(far.saved?.events).toMatchObject([{ type: 'dated', eventDate: '2026-11-19' }]);
  });
  test('of a text whose meaning was asked for, when it does not fit', () => {
    const asking: Question = { ask: 'what-is-it', case: CASE, text: 'a'.repeat(151), source: '9' };
    const outcome = tap('sari', history(DRAFTING), { action: 'asTitle', item: itemOf('9') }, { conversation: { focus: CASE, asking } });
    expect(refused(outcome)).toEqual(['title-length']);
    expect(outcome.conversation.asking).toEqual(asking);
  });
});

describe('answers to questions that have lost their case', () => {
  test('are texts like any other', () => {
    const asking: Question = { ask: 'title', case: 'gone' };
    expect(notices(converse(situation('sari', TEXT, null, { conversation: { focus: null, asking } })))).toEqual([
      { notice: 'not-understood' },
    ]);
  });
  test('of an office that the sender left go unheard', () => {
    const subject = { case: caseOf(history([open()])), sop: SOP, office: other };
    for (const what of [TEXT, PHOTO, { kind: 'edited', text: 'a', message: '50', field: 'text' } as const]) {
      expect(converse(situation('sari', what, null, { subject })).saved).toBeNull();
    }
  });
  test('a file as the answer to a question for files goes into the draft; a text is asked about', () => {
    const asking: Question = { ask: 'media', case: CASE };
    const conversation = { focus: CASE, asking };
    const outcome = converse(situation('sari', TEXT, history([open(), title(), date()]), { conversation }));
    expect(notices(outcome)).toMatchObject([{ notice: 'question', question: { ask: 'what-is-it', text: 'Pasar murah' } }]);
  });
  test('a rejection for want of a role after the question is refused, and the question dropped', () => {
    for (const ask of ['reason', 'response'] as const) {
      const asking: Question = { ask, case: CASE, step: 'periksa', round: 1, revision: 1 };
      const outcome = converse(
        situation('budi', { kind: 'text', text: 'Foto kurang jelas sekali', message: '9' }, history(TO_CHECKER), {
          conversation: { focus: null, asking },
        }),
      );
      expect(refused(outcome)).toEqual(['not-your-role']);
      expect(outcome.conversation.asking).toBeNull();
    }
  });
  test('an edit of a message that became no part of the content changes nothing', () => {
    const outcome = converse(situation('sari', { kind: 'edited', text: 'a', message: '1', field: 'text' }, history(DRAFTING)));
    expect(outcome).toMatchObject({ saved: null, outgoing: [] });
  });
});

test('a narrative that was cut in the middle of a word is put together without a space, a shorter piece with one', () => {
  const rest: What = { kind: 'text', text: 'bb', message: '52' };
  const joined = (length: number) => {
    const first: What = { kind: 'text', text: 'a'.repeat(length), message: '51' };
    const asking: Question = { ask: 'narrative', case: CASE };
    const begun = converse(situation('sari', first, history([open(), title(), date()]), { conversation: { focus: CASE, asking } }));
    const { conversation, saved } = begun;
    const subject = saved && { case: saved.subject.case, sop: SOP, office };
    const [event] = converse(situation('sari', rest, null, { conversation, subject })).saved?.events ?? [];
    return event?.type === 'narrated' ? event.narrative.text.slice(length) : 'nothing';
  };
  expect(joined(4096)).toBe('bb');
  expect(joined(4000)).toBe(' bb');
  expect(joined(3499)).toBe('nothing');
});

test.each<[string, Piece['into'], string]>([
  ['narrative that was written anew', { part: 'narrative' }, CASE],
  ['text that is not in hand any more', { part: 'in-hand' }, CASE],
  ['correction that was corrected again', { part: 'repair', step: 'periksa', round: 1, revision: 9 }, CASE],
  ['case that is gone', { part: 'narrative' }, 'gone'],
])('what may be the rest of a %s is a text like any other', (_, into, of) => {
  const piece: Piece = { case: of, into, messages: ['8'], cut: false, at: FRIDAY_9 };
  const outcome = converse(situation('sari', TEXT, history(DRAFTING), { conversation: { focus: CASE, asking: null, piece } }));
  expect(outcome.saved).toBeNull();
  expect(outcome.conversation).toMatchObject({ asking: { ask: 'what-is-it', text: 'Pasar murah' } });
  expect(outcome.conversation).not.toHaveProperty('piece');
});

describe('opening a draft', () => {
  test('that the rules refuse is told', () => {
    const startable = [{ office, person: personOf('sari'), sop: { ...SOP, steps: SOP.steps.slice(1) } }];
    const outcome = converse(situation('sari', PHOTO, null, { startable }));
    expect(refused(outcome)).toEqual(['not-now']);
    expect(converse(situation('sari', { kind: 'text', text: '/kirim', message: '9' }, null, { startable })).saved).toBeNull();
  });
  test('a file’s name is kept on one line, whole characters only, or not at all', () => {
    const named = (name: string) => {
      const media = { ...PHOTO.media, name };
      const [event] = converse(situation('sari', { ...PHOTO, media }, history([open()]))).saved?.events ?? [];
      return event?.type === 'media-added' ? event.media.name : 'nothing';
    };
    expect(named(`${'a'.repeat(119)}😀.jpg`)).toBe('a'.repeat(119));
    expect(named(' foto\n1\u202E.jpg')).toBe('foto 1.jpg');
    expect(named('\u200B')).toBeUndefined();
  });
});

describe('lists', () => {
  const listed = [
    { case: caseOf(history(TO_RECEIVER)), sop: SOP, office: other },
    { case: caseOf(history(TO_END)), sop: SOP, office },
    { case: caseOf(history([open()])), sop: SOP, office },
  ];
  const say = (text: string, who = 'sari') => notices(converse(situation(who, { kind: 'text', text, message: '9' }, null, { listed })));

  test('leave out what belongs to an office of others, and show a case without a step or a deadline', () => {
    expect(say('/antrean')).toEqual([{ notice: 'queue', items: [] }]);
    expect(say('/status')).toMatchObject([
      {
        items: [
          { status: 'published', step: null, holders: [], dueAt: null, late: false },
          { status: 'draft', holders: ['Sari Dewi'], dueAt: null, late: false },
        ],
      },
    ]);
    expect(say('/antrean', 'rahmat')).toEqual([{ notice: 'queue', items: [] }]);
  });
  test('name a role that the SOP has lost by its id', () => {
    const sop = { ...SOP, roles: {} };
    const subject = { case: caseOf(history(TO_CHECKER)), sop, office };
    const [one] = notices(converse(situation('sari', { kind: 'text', text: '/status 1', message: '9' }, null, { subject })));
    expect(one).toMatchObject({ lines: [{ what: 'handed-in' }, { who: 'Budi Santoso (tim_pertimbangan)' }] });
  });
  test('help is for what is the sender’s to do', () => {
    const [help] = notices(
      converse(
        situation('sari', { kind: 'text', text: '/bantuan', message: '9' }, null, { roles: ['Tim Pelaksana'], duties: ['prepare'] }),
      ),
    );
    expect(help).toEqual({ notice: 'help', roles: ['Tim Pelaksana'], maker: true, decider: false, publisher: false });
  });
  test('the recap names the office where there are several, and tells how much was too much to be counted in', () => {
    const [person] = [personOf('rahmat')];
    const memberships = [
      { office, person },
      { office: other, person: { id: 'rahmat', name: 'Rahmat', roles: [] } },
    ];
    const made = caseOf(history(TO_END));
    const subjects = [{ case: made, sop: SOP, office }];
    const recap = {
      offices: [
        { office, month: '2026-11', subjects, total: 4 },
        { office: other, month: '2026-11', subjects: [], total: 0 },
      ],
    };
    const text: What = { kind: 'text', text: '/rekap', message: '9' };
    const [first, second] = notices(converse(situation('rahmat', text, null, { memberships, recap })));
    expect(first).toMatchObject({ notice: 'recap', office: office.name, own: false, uncounted: 3, entered: 1, published: 1 });
    expect(second).toMatchObject({ notice: 'recap', office: other.name, uncounted: 0, entered: 0 });
  });
  test('the status of one case says who was given its step, and by whom', () => {
    const c = caseOf(history(TO_RECEIVER));
    const reassigned = [{ step: 'terima-berkas', round: 1, person: 'maya', by: 'rahmat', at: FRIDAY_9 }];
    const talk = new Talk(situation('sari', TEXT, null));
    sayOne(talk, { case: { ...c, reassigned }, sop: SOP, office });
    const [said] = notices(talk.outcome('done'));
    expect((said as Notice & { notice: 'status-one' }).lines).toContainEqual({
      at: FRIDAY_9,
      what: 'reassigned',
      who: 'Rahmat',
      note: 'Maya',
    });
  });

  test('the register counts what it lists, newest first, where nobody counted more', () => {
    const later = { ...caseOf(history(TO_RECEIVER)) };
    const first = { ...later, revisions: later.revisions.map((one) => ({ ...one, at: one.at - 1 })) };
    const listed = [first, later].map((c) => ({ case: c, sop: SOP, office }));
    const talk = new Talk(situation('sari', TEXT, null, { listed }));
    sayRegister(talk);
    const [said] = notices(talk.outcome('done'));
    expect(said).toMatchObject({ notice: 'register', total: 2, month: '2026-11' });
    expect((said as Notice & { notice: 'register' }).rows.map(({ at }) => at)).toEqual([later, first].map((c) => c.revisions[0]?.at));
  });

  test('the register of nobody’s office is of no month', () => {
    const talk = new Talk(situation('sari', TEXT, null, { memberships: [], listed }));
    sayRegister(talk);
    expect(notices(talk.outcome('done'))).toMatchObject([{ notice: 'register', month: '' }]);
  });
});

describe('a talk without a case', () => {
  const bare = () => new Talk(situation('sari', TEXT));
  test('asks nothing, does nothing and says so', () => {
    const talk = bare();
    talk.ask({ ask: 'title', case: CASE });
    askFor(talk, 'title');
    askNextChannel(talk, LINK);
    hearEdit(talk, { kind: 'edited', message: '1', text: 'a', field: 'text' });
    hearMedia(talk, PHOTO);
    talk.sayOf((named) => ({ notice: 'ready', named }));
    expect(talk.act(title())).toEqual({ refused: 'nothing-open' });
    const outcome = talk.outcome('done');
    expect(outcome.saved).toBeNull();
    expect(refused(outcome)).toEqual(['not-your-role', 'nothing-open']);
    expect(talk.conversation.asking).toBeNull();
  });
  test('a person who is gone from the office is nobody in it', () => {
    const gone = { id: 'gone', name: 'Gone', roles: [] };
    const talk = new Talk(situation('sari', TEXT, null, { memberships: [{ office, person: gone }] }));
    expect(talk.person).toBeNull();
    hearAnswer(talk, { text: 'a', message: '1' });
    expect(talk.outcome('done').outgoing).toEqual([]);
  });
  test('a day cannot be read without the office’s calendar', () => {
    const asking: Question = { ask: 'date', case: CASE };
    const talk = new Talk(situation('sari', TEXT, history([open()]), { conversation: { focus: CASE, asking } }));
    talk.office = null;
    hearAnswer(talk, { text: 'hari ini', message: '9' });
    expect(refused(talk.outcome('done'))).toEqual(['date-unclear']);
  });
  test('a tap is answered once, whatever else is said', () => {
    const talk = new Talk(situation('sari', { kind: 'tap', data: 'x', tap: 't', message: null }));
    talk.answer({ notice: 'stranger' });
    talk.answer({ notice: 'not-understood' });
    expect(talk.outcome('done').outgoing).toMatchObject([{ out: 'answer', tap: 't', notice: { notice: 'stranger' } }]);
  });
});

describe('what is asked next', () => {
  test('is nothing for a case that is no longer open, and its question is dropped', () => {
    const closed = caseOf(history(TO_END));
    expect(missingIn(closed, SOP)).toEqual([]);
    expect(isReady(closed, SOP)).toBe(false);
    expect(draftIndex(closed, SOP)).toEqual({ round: 1, revision: 1, step: 0 });
    for (const [focus, left] of [
      [CASE, null],
      ['another', 'another'],
    ]) {
      const talk = new Talk(
        situation('sari', TEXT, history(TO_END), { conversation: { focus: focus ?? null, asking: { ask: 'title', case: CASE } } }),
      );
      askNext(talk, false);
      expect(talk.conversation).toEqual({ focus: left, asking: null });
    }
  });
  test('is not the same once more', () => {
    const talk = new Talk(
      situation('sari', TEXT, history([open()]), { conversation: { focus: CASE, asking: { ask: 'title', case: CASE } } }),
    );
    askNext(talk, false);
    expect(talk.outcome('done').outgoing).toEqual([]);
  });
  test('is a channel that no proof is on its way for', () => {
    const sop = withStep('unggah', { channels: ['website', 'media_sosial'] });
    const subject = {
      case: caseOf(history([add(9, { proofOf: 'website', sentBy: 'maya' }, 'maya')], undefined, history(TO_PUBLISHER))),
      sop,
      office,
    };
    const talk = new Talk(situation('maya', TEXT, null, { subject }));
    askNextChannel(talk, LINK);
    expect(talk.conversation.asking).toMatchObject({ ask: 'link', channel: 'media_sosial' });
  });
});
