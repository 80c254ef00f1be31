import { describe, expect, test } from 'vitest';
import { openChannels } from '../../src/case/decide-announce.ts';
import { add, caseOf, factsAt, given, HOUR, history, keep, publish, TO_END, TO_HEAD, TO_PUBLISHER, withStep } from '../support/rules.ts';
import { FRIDAY_9 } from '../support/sample-office.ts';

const approved = history(TO_PUBLISHER);
const sop = withStep('unggah', { channels: ['website', 'instagram'] });
const facts = factsAt(FRIDAY_9 + HOUR, { sop });
const proof = (n: number, channel = 'media_sosial', by = 'maya') => add(n, { proofOf: channel, sentBy: by }, by);

describe('publishing with a link', () => {
  test('closes the case', () => {
    const c = given(...approved)
      .when(publish())
      .gives(
        {
          type: 'announced',
          by: 'maya',
          step: 'unggah',
          publication: { channel: 'media_sosial', link: 'https://example.org/p/1', proof: null },
        },
        'closed',
      );
    expect(c.state).toEqual({ status: 'published', at: FRIDAY_9 + HOUR });
    expect(c.publications).toMatchObject([{ channel: 'media_sosial', person: 'maya' }]);
    expect(c.stays.at(-1)).toMatchObject({ step: 'unggah', leftAt: FRIDAY_9 + HOUR });
  });

  test('on several channels closes it with the last one', () => {
    expect(openChannels(caseOf(approved), facts)).toEqual(['website', 'instagram']);
    given(...approved)
      .when(publish('instagram'), facts)
      .gives('announced');
    const one = history([publish('instagram')], facts, approved);
    expect(openChannels(caseOf(one), facts)).toEqual(['website']);
    given(...one)
      .when(publish('instagram'), facts)
      .givesNothing();
    given(...one)
      .when(publish('website'), facts)
      .gives('announced', 'closed');
  });

  test('on a channel that the SOP does not know is nothing', () => {
    given(...approved)
      .when(publish('radio'))
      .givesNothing();
  });

  test('is refused to others, before its time and after the end', () => {
    given(...approved)
      .when(publish('media_sosial', 'budi'))
      .refuses({ refused: 'not-your-role', needed: 'admin_medsos' });
    given(...history(TO_HEAD))
      .when(publish())
      .refuses({ refused: 'outdated', now: 'running' });
    given(...history(TO_END))
      .when(publish())
      .refuses({ refused: 'outdated', now: 'published' });
    expect(openChannels(caseOf(history(TO_END)), factsAt())).toEqual([]);
  });

  test('is not possible on an approved case whose step became another kind in the SOP', () => {
    const other = withStep('unggah', { kind: 'receive' });
    expect(openChannels(caseOf(approved), factsAt(FRIDAY_9, { sop: other }))).toEqual([]);
  });
});

describe('publishing with a picture as proof', () => {
  const waiting = history([proof(9)], factsAt(), approved);

  test('counts once its bytes are kept, and is no part of the content', () => {
    const c = caseOf(waiting);
    expect(c.proofs.map(({ id }) => id)).toEqual(['m9']);
    expect(c.content.media.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4']);
    const after = given(...waiting)
      .when(keep(9))
      .gives(
        'media-kept',
        {
          type: 'announced',
          by: 'maya',
          publication: { channel: 'media_sosial', link: null, proof: { sha256: keep(9).sha256, bytes: 1000 } },
        },
        'closed',
      );
    expect(after.proofs[0]).toMatchObject({ state: 'kept' });
  });

  test('may be a picture sent as a document, but no video: that is said when it is sent, or when it turns out to be one', () => {
    for (const kind of ['video', 'audio'] as const) {
      const sent = add(9, { proofOf: 'media_sosial', sentBy: 'maya', kind }, 'maya');
      given(...approved)
        .when(sent)
        .refuses({ refused: 'proof-kind', kind, allowed: ['photo', 'document'] });
    }
    given(...approved)
      .when(add(9, { proofOf: 'media_sosial', sentBy: 'maya', kind: 'document' }, 'maya'))
      .gives('media-added');
    given(...waiting)
      .when(keep(9, { kind: 'document', mime: 'application/pdf' }))
      .gives('media-kept', 'announced', 'closed');
    const c = given(...waiting)
      .when(keep(9, { kind: 'video', mime: 'video/mp4' }))
      .gives({ type: 'media-refused', why: { fault: 'wrong-type', found: 'video/mp4' } });
    expect(c.proofs).toEqual([]);
  });

  test('of one channel is not the proof of another', () => {
    const two = history([proof(9, 'website'), proof(10, 'instagram')], facts, approved);
    const c = given(...two)
      .when(keep(9), facts)
      .gives('media-kept', { type: 'announced', publication: { channel: 'website' } as never });
    expect(c.proofs.map(({ state }) => state)).toEqual(['kept', 'pending']);
  });

  test('that comes after the channel was done by a link is kept and changes nothing', () => {
    const linked = history([publish()], factsAt(), waiting);
    given(...linked)
      .when(keep(9))
      .gives('media-kept');
  });

  test('is taken only from a publisher, while the case waits for him', () => {
    given(...approved)
      .when(proof(9, 'media_sosial', 'sari'))
      .refuses({ refused: 'not-your-role' });
    given(...history(TO_HEAD))
      .when(proof(9))
      .refuses({ refused: 'outdated', now: 'running' });
    given(...history(TO_END))
      .when(proof(9))
      .refuses({ refused: 'outdated', now: 'published' });
  });
});
