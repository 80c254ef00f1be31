import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/case/command.ts';
import {
  add,
  caption,
  caseOf,
  date,
  factsAt,
  given,
  HOUR,
  handIn,
  history,
  keep,
  narrate,
  open,
  photos,
  SENT_BACK,
  SOP,
  TO_END,
  TO_RECEIVER,
  title,
  withStep,
} from '../support/rules.ts';
import { FRIDAY_9 } from '../support/sample-office.ts';

const sent = history([open(), add(1)]);
const refuse = (n: number): Command => ({ type: 'refuse-media', media: `m${n}`, why: { fault: 'gone' } });

describe('a file that reaches the vault', () => {
  test('counts from then on', () => {
    const c = given(...sent)
      .when(keep(1))
      .gives({ type: 'media-kept', by: 'system', media: 'm1', bytes: 1000 });
    expect(c.content.media).toMatchObject([{ id: 'm1', state: 'kept', mime: 'image/jpeg' }]);
  });

  test('is what its bytes say: a picture sent as a document is a picture', () => {
    const document = history([open(), add(1, { kind: 'document' })]);
    expect(
      given(...document)
        .when(keep(1))
        .gives('media-kept').content.media,
    ).toMatchObject([{ kind: 'photo' }]);
  });

  test('is refused when it is another kind than its name promised', () => {
    const c = given(...sent)
      .when(keep(1, { kind: 'document', mime: 'application/pdf' }))
      .gives({ type: 'media-refused', why: { fault: 'wrong-type', found: 'application/pdf' } });
    expect(c.content.media).toEqual([]);
  });

  test('is refused when it is empty', () => {
    given(...sent)
      .when(keep(1, { bytes: 0 }))
      .gives({ type: 'media-refused', why: { fault: 'empty' } });
  });

  test('stands twice: the second one is taken out', () => {
    const c = given(...history([open(), ...photos(1), add(2)]))
      .when(keep(2, { sha256: keep(1).sha256 }))
      .gives({ type: 'media-doubled', media: 'm2', of: 'm1' });
    expect(c.content.media.map(({ id }) => id)).toEqual(['m1']);
  });

  test('is told once; told again, or taken out in the meantime, it is nothing', () => {
    given(...history([open(), ...photos(1)]))
      .when(keep(1))
      .givesNothing();
    given(...history([open(), add(1), { type: 'drop-media', media: 'm1', by: 'sari' }]))
      .when(keep(1))
      .givesNothing();
    given(...history([open(), ...photos(1)]))
      .when(refuse(1))
      .givesNothing();
    given(...sent)
      .when(keep(7))
      .givesNothing();
  });
});

describe('a file that never will', () => {
  test('is taken out with the reason', () => {
    expect(
      given(...sent)
        .when(refuse(1))
        .gives({ type: 'media-refused', why: { fault: 'gone' } }).content.media,
    ).toEqual([]);
  });
});

describe('a file that comes when the draft is no longer open', () => {
  const album = { album: 'g1' };
  const late = history([
    open(),
    title(),
    date(),
    caption(),
    narrate(),
    ...[1, 2, 3, 4].flatMap((n) => [add(n, album), keep(n)]),
    handIn(),
    add(5, album),
  ]);

  test('is kept by the rules of the step that the case began with', () => {
    given(...late)
      .when(keep(5))
      .gives('media-kept');
    given(...late)
      .when(keep(5, { kind: 'audio', mime: 'audio/mpeg' }))
      .gives({ type: 'media-refused', why: { fault: 'wrong-type', found: 'audio/mpeg' } });
    expect(caseOf(late).revisions[0]?.media).toHaveLength(4);
  });

  test('is kept even after the end', () => {
    const end = history(TO_END.slice(TO_RECEIVER.length), factsAt(FRIDAY_9 + HOUR), late);
    given(...end)
      .when(keep(5))
      .gives('media-kept');
  });

  test('an SOP without a step to prepare has no rule for it, which is a fault of the program', () => {
    const sop = { ...SOP, steps: SOP.steps.slice(1) };
    expect(() =>
      given(...late)
        .when(keep(5), factsAt(FRIDAY_9, { sop }))
        .givesNothing(),
    ).toThrow(/has no step to prepare/);
  });

  test('a step that asks for other files judges them by its own rule', () => {
    const sop = withStep('serahkan', { requires: { media: { min: 1, kinds: ['audio'] }, narrative: false } });
    const back = history([add(6)], factsAt(), history(SENT_BACK));
    given(...back)
      .when(keep(6, { kind: 'audio' }), factsAt(FRIDAY_9 + HOUR, { sop }))
      .gives('media-kept');
  });
});
