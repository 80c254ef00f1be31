// Buttons and answers of the steps that only some SOPs have, where they fit nothing any more: each is refused by name.
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/case/outgoing.ts';
import { answerSchedule } from '../../src/conversation/answers.ts';
import { candidates } from '../../src/conversation/asking.ts';
import { QUIET_CONVERSATION } from '../../src/conversation/conversation.ts';
import { converse } from '../../src/conversation/converse.ts';
import type { Heard, What } from '../../src/conversation/heard.ts';
import type { Action, Reference } from '../../src/conversation/reference.ts';
import type { Outcome, Situation } from '../../src/conversation/situation.ts';
import { Talk } from '../../src/conversation/talk.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { diskominfo, type OtherPhones } from '../support/other-phones.ts';
import { DARMA, making, material, NURDIN, REASON, TIKA, task, toHeadOfSection, toPublisher, toScheduler } from '../support/other-walks.ts';
import { withStep } from '../support/rules.ts';

function situation(p: OtherPhones, who: string, what: What, more: Partial<Situation> = {}): Situation {
  const person = p.office.people.find(({ id }) => id === who);
  if (!person) throw new Error(who);
  const chat = { channel: 'telegram', id: person.telegram ?? '' } as const;
  const heard: Heard = { account: '7000', chat, chatKind: 'private', from: { id: chat.id, name: 'U' }, at: p.now, what };
  return {
    now: p.now,
    heard,
    reference: null,
    memberships: [{ office: p.office, person }],
    conversation: QUIET_CONVERSATION,
    subject: { case: p.case, sop: p.sop, office: p.office },
    startable: [],
    roles: [],
    duties: [],
    deputable: [],
    roleLabels: {},
    redeemed: null,
    listed: [],
    fresh: { case: p.case.id, media: 'new' },
    serial: 0,
    ...more,
  };
}

const TEXT: What & { kind: 'text' } = { kind: 'text', text: 'Naskah lain yang lebih baik', message: '9' };

/** A tap on a button of the step (by its id) as it is now. */
function tap(p: OtherPhones, who: string, action: Action, step: string, more: Partial<Reference> = {}): Outcome {
  const { state, revisions } = p.case;
  const reference: Reference = {
    action,
    case: p.case.id,
    step: p.sop.steps.findIndex(({ id }) => id === step),
    round: 'round' in state ? state.round : 1,
    revision: revisions.length,
    item: 0,
    ...more,
  };
  return converse(situation(p, who, { kind: 'tap', data: 'x', tap: 't', message: '1' }, { reference }));
}

const refused = ({ refusals }: Outcome) => refusals.map((one) => one.refused);
const notices = ({ outgoing }: Outcome): Notice[] =>
  outgoing.flatMap((one) => ((one.out === 'say' || one.out === 'answer') && one.notice ? [one.notice] : []));

describe('repairing', () => {
  test('is offered to nobody but the holder of the step, and only of what has come back', async () => {
    const p = await toHeadOfSection();
    expect(refused(tap(p, 'tika', 'repair', 'periksa-kabid'))).toEqual(['not-your-role']);
    expect(refused(tap(p, 'nurdin', 'repair', 'periksa-kabid'))).toEqual(['unknown-button']);
  });

  test('takes the caption where the content has only that', async () => {
    const sop = (same: Sop): Sop =>
      withStep(
        'susun',
        { kind: 'prepare', requires: { media: { min: 1, kinds: ['photo'] }, caption: { max: 200 }, narrative: false } },
        same,
      );
    const p = await making(diskominfo({ sop }));
    await p.photo(TIKA, 'bahan', { caption: 'Layanan aduan dibuka' });
    await p.must(TIKA, 'SERAHKAN');
    await p.must(NURDIN, 'YA');
    await p.must(DARMA, 'TIDAK');
    await p.text(DARMA, REASON);
    const asked = tap(p, 'nurdin', 'repair', 'periksa-kabid', { item: 1 });
    expect(asked.conversation.asking).toMatchObject({ ask: 'repair', part: 'caption' });
    await p.must(NURDIN, 'PERBAIKI CAPTION');
    await p.text(NURDIN, 'Layanan aduan dibuka mulai pukul sembilan');
    expect(p.case.revisions[1]).toMatchObject({ caption: 'Layanan aduan dibuka mulai pukul sembilan', narrative: null, repaired: true });
  });

  test('a decision that stands on no message is kept without one', async () => {
    const p = await toHeadOfSection();
    const talk = new Talk(situation(p, 'nurdin', { kind: 'nothing' }));
    expect(talk.act({ type: 'accept', seen: p.seen, note: null, by: 'nurdin' })).toBeNull();
    expect(talk.case?.decisions.at(-1)).toMatchObject({ person: 'nurdin', via: { channel: 'telegram', message: null } });
  });

  test('an answer that comes too late ends the question', async () => {
    const p = await toHeadOfSection();
    const asking = { ask: 'repair', case: p.case.id, step: 'periksa-kabid', round: 1, revision: 9, part: 'narrative' } as const;
    const heard = converse(situation(p, 'nurdin', TEXT, { conversation: { focus: null, asking } }));
    expect(refused(heard)).toEqual(['outdated']);
    expect(heard.conversation.asking).toBeNull();
    expect(notices(heard)).toMatchObject([{ notice: 'refusal', refusal: { refused: 'outdated' } }]);
  });
});

describe('a schedule', () => {
  test('is asked of the holder of the step alone', async () => {
    const p = await toScheduler();
    expect(refused(tap(p, 'agus', 'schedule', 'jadwalkan'))).toEqual(['not-your-role']);
  });

  test('without a case there is nothing to schedule and nobody to give it to', async () => {
    const p = await toScheduler();
    const talk = new Talk(situation(p, 'bambang', TEXT, { subject: null }));
    const said = { text: 'besok 09.00', message: '9' };
    answerSchedule(talk, { ask: 'schedule', case: 'x', step: 'jadwalkan', round: 1, revision: 1, proposed: null }, said, 'bambang');
    expect(talk.outcome('done')).toMatchObject({ outgoing: [], saved: null });
    expect(candidates(talk)).toEqual([]);
  });
});

describe('publishing', () => {
  test('happens at no other step', async () => {
    const p = await toHeadOfSection();
    expect(refused(tap(p, 'nurdin', 'published', 'periksa-kabid'))).toEqual(['unknown-button']);
  });

  test('knows only the forms and channels of its step', async () => {
    const p = await toPublisher();
    expect(refused(tap(p, 'fitri', 'form', 'sebarluaskan', { item: 9 }))).toEqual(['unknown-button']);
    expect(refused(tap(p, 'fitri', 'waive', 'sebarluaskan', { item: 9 }))).toEqual(['unknown-button']);
  });
});

describe('a draft', () => {
  test('is not changed by the button of another step', async () => {
    const p = await material();
    expect(refused(tap(p, 'rizal', 'editTitle', 'desain'))).toEqual(['outdated']);
  });

  test('knows only the details, classes and people that it is asked for', async () => {
    const p = await making();
    expect(refused(tap(p, 'tika', 'editDetail', 'susun', { item: 99 }))).toEqual(['unknown-button']);
    expect(refused(tap(p, 'tika', 'informationClass', 'susun', { item: 99 }))).toEqual(['class-forbidden']);
    expect(refused(tap(p, 'tika', 'assignee', 'susun'))).toEqual(['not-now']);
  });

  test('is asked for its class with those that the SOP publishes, also to change it', async () => {
    const p = await making();
    expect(notices(tap(p, 'tika', 'editDetail', 'susun'))).toMatchObject([
      { notice: 'question', question: { ask: 'class' }, missing: { part: 'class', allowed: ['berkala', 'serta_merta'] } },
      { notice: 'tap-taken' },
    ]);
  });

  test('of a task that is not whole is given to nobody', async () => {
    const p = await task();
    const tapped = tap(p, 'nurdin', 'assign', 'tugaskan');
    expect(refused(tapped)).toEqual(['incomplete']);
    expect(tapped.saved).toBeNull();
  });
});
