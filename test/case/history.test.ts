import { describe, expect, test } from 'vitest';
import { type CaseEvent, revisionOf, stepOf } from '../../src/case/case.ts';
import { REASON_MAX, REASON_MIN } from '../../src/case/command.ts';
import { evolve } from '../../src/case/evolve.ts';
import { assignedStep, contentStep, draftStep, indexOf, prepareStep, stepAt } from '../../src/case/facts.ts';
import { READY_REASONS } from '../../src/case/reasons.ts';
import { contentHash, revise } from '../../src/case/revision.ts';
import { turn } from '../../src/case/turn.ts';
import type { AssignStep } from '../../src/sop/sop.ts';
import { add, caseOf, DRAFTING, factsAt, history, keep, open, SOP, TO_END, TO_RECEIVER, title } from '../support/rules.ts';
import { FRIDAY_9 } from '../support/sample-office.ts';

describe('a history', () => {
  test('begins with the opening and with nothing else', () => {
    expect(() => evolve(null, { type: 'titled', at: 0, by: 'sari', title: 'a' })).toThrow("begins with 'opened', not with 'titled'");
  });

  test('tells every stay in a step, one after the other, without gaps', () => {
    const c = caseOf(history(TO_END));
    expect(c.stays.map(({ step }) => step)).toEqual(['serahkan', 'terima-berkas', 'periksa', 'putuskan', 'unggah']);
    for (const [i, stay] of c.stays.entries()) expect(stay.leftAt).toBe(c.stays[i + 1]?.enteredAt ?? ('at' in c.state ? c.state.at : null));
  });

  test('may move a deadline while the case waits, and never after', () => {
    const moved: CaseEvent = { type: 'due-moved', at: FRIDAY_9, by: 'system', step: 'terima-berkas', round: 1, dueAt: 5 };
    expect(evolve(caseOf(history(TO_RECEIVER)), moved).state).toMatchObject({ dueAt: 5 });
    const end = caseOf(history(TO_END));
    expect(evolve(end, moved)).toEqual(end);
    expect(evolve(end, { type: 'closed', at: FRIDAY_9, by: 'system' }).stays).toEqual(end.stays);
  });

  test('says where the case is and what was handed in last', () => {
    expect(stepOf(caseOf(history(TO_RECEIVER)))).toBe('terima-berkas');
    expect(stepOf(caseOf(history(TO_END)))).toBeNull();
    expect(revisionOf(caseOf(history([open()])))).toBeUndefined();
    expect(revisionOf(caseOf(history(TO_RECEIVER)))?.revision).toBe(1);
  });
});

describe('one command’s whole way', () => {
  test('ends with the case after it and what goes out, or with the refusal', () => {
    const facts = factsAt();
    expect(turn(null, open(), facts)).toMatchObject({
      ok: true,
      after: { maker: 'sari' },
      events: [{ type: 'opened' }],
      outgoing: [{ out: 'show' }],
    });
    expect(turn(null, title(), facts)).toEqual({ ok: false, refusal: { refused: 'nothing-open' } });
  });
});

describe('a revision', () => {
  const handedIn = caseOf(history(TO_RECEIVER)).revisions[0];
  if (!handedIn) throw new Error('nothing was handed in');

  test('holds the files that are kept, with their names, and no others', () => {
    const c = caseOf(history([...DRAFTING, add(5, { name: 'foto.jpg' }), keep(5), add(6)]));
    const { media } = revise(c, contentStep(SOP), 'sari', FRIDAY_9);
    expect(media.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(media[4]).toMatchObject({ name: 'foto.jpg' });
    expect(media[0]).not.toHaveProperty('name');
  });

  test('has a hash that changes with everything that is decided on, and with nothing else', () => {
    const { hash } = handedIn;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(contentHash(handedIn)).toBe(hash);
    const [first, ...others] = handedIn.media;
    if (!first) throw new Error('no file');
    const changed = [
      { revision: 2 },
      { title: 'Lain' },
      { eventDate: '2026-11-19' },
      { caption: 'Lain' },
      { caption: null },
      { narrative: 'Lain' },
      { media: others },
      { media: [...others, first] },
      { media: [{ ...first, sha256: 'f'.repeat(64) }, ...others] },
      { media: [{ ...first, bytes: 1 }, ...others] },
      { media: [{ ...first, kind: 'video' as const }, ...others] },
    ].map((change) => contentHash({ ...handedIn, ...change }));
    expect(new Set([hash, ...changed]).size).toBe(changed.length + 1);
    expect(contentHash({ ...handedIn, media: [{ ...first, id: 'anders', mime: 'image/png' }, ...others] })).toBe(hash);
  });

  test('of a draft without a name or a day is not made by the rules, and is empty where they are missing', () => {
    expect(revise(caseOf(history([open()])), contentStep(SOP), 'sari', FRIDAY_9)).toMatchObject({
      title: '',
      eventDate: '',
      caption: null,
      narrative: null,
      media: [],
    });
  });
});

describe('the steps of an SOP', () => {
  test('are found by their ids; one that is not there is a fault of the program', () => {
    expect(stepAt(SOP, 'periksa').kind).toBe('decide');
    expect(indexOf(SOP, 'unggah')).toBe(4);
    expect(contentStep(SOP).id).toBe('serahkan');
    expect(draftStep(SOP, 'serahkan').id).toBe('serahkan');
    expect(() => stepAt(SOP, 'hilang')).toThrow("has no step 'hilang'");
    expect(() => prepareStep(SOP, 'periksa')).toThrow('is not a prepare step');
    expect(() => contentStep({ ...SOP, steps: [] })).toThrow('has no step to prepare');
    expect(() => draftStep(SOP, 'periksa')).toThrow('Nothing is collected');
    const task = { ...stepAt(SOP, 'serahkan'), kind: 'assign', assignTo: 'hilang' } as AssignStep;
    expect(() => assignedStep(SOP, task)).toThrow('assigns nothing');
  });
});

test('every ready reason is a whole reason by itself', () => {
  for (const reason of READY_REASONS) {
    expect(reason.length).toBeGreaterThanOrEqual(REASON_MIN);
    expect(reason.length).toBeLessThanOrEqual(REASON_MAX);
  }
});
