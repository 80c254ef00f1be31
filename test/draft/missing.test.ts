import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content, Media } from '../../src/case/case.ts';
import {
  allowedKinds,
  classesAllowed,
  countedMedia,
  detailsAsked,
  keptMedia,
  missingOf,
  nextToAsk,
  pendingMedia,
  unfitMedia,
} from '../../src/draft/missing.ts';
import type { AssignStep, PrepareStep, Requirements } from '../../src/sop/sop.ts';
import { add, SOP } from '../support/rules.ts';

function asking(requires: Requirements): PrepareStep {
  return { ...(SOP.steps[0] as PrepareStep), requires };
}

const REQUIRES = asking({ media: { min: 4, kinds: ['photo', 'video'] }, narrative: true, caption: { max: 200 } });

function media(kept: number, pending = 0): Media[] {
  return Array.from({ length: kept + pending }, (_, n) => {
    const one = add(n).media;
    return n < kept ? { ...one, state: 'kept', sha256: `${n}`, bytes: 1, mime: 'image/jpeg' } : one;
  });
}

function content(more: Partial<Content> = {}): Content {
  const full = { title: 'Pasar murah', eventDate: '2026-11-20', caption: { text: 'a' }, narrative: { text: 'b' }, media: media(4) };
  return { ...full, ...more };
}

const EMPTY = content({ title: null, eventDate: null, caption: null, narrative: null, media: [] });

describe('what is missing from a draft', () => {
  test('is asked for in one order: name, date, files, caption, narrative', () => {
    expect(missingOf(EMPTY, REQUIRES)).toEqual([
      { part: 'title' },
      { part: 'date' },
      { part: 'media', have: 0, min: 4, pending: 0 },
      { part: 'caption', max: 200 },
      { part: 'narrative' },
    ]);
  });

  test('is nothing once everything is there', () => {
    expect(missingOf(content(), REQUIRES)).toEqual([]);
  });

  test('three files are one too few, and a file on its way does not count yet', () => {
    expect(missingOf(content({ media: media(3, 1) }), REQUIRES)).toEqual([{ part: 'media', have: 3, min: 4, pending: 1 }]);
  });

  test('files of a kind that the SOP does not take do not count', () => {
    const papers = media(3).map((one) => ({ ...one, kind: 'document' as const }));
    const mixed = content({ media: [...papers, ...media(4).slice(3)] });
    expect(missingOf(mixed, REQUIRES)).toEqual([{ part: 'media', have: 1, min: 4, pending: 0 }]);
    expect(countedMedia(mixed, REQUIRES)).toHaveLength(1);
    expect(unfitMedia(mixed, REQUIRES)).toEqual(papers);
    expect(keptMedia(mixed)).toHaveLength(4);
  });

  test('a caption that is longer than the SOP takes is still to be written', () => {
    const long = content({ caption: { text: 'a'.repeat(201) } });
    expect(missingOf(long, REQUIRES)).toEqual([{ part: 'caption', max: 200, length: 201 }]);
    expect(missingOf(content({ caption: { text: 'a'.repeat(200) } }), REQUIRES)).toEqual([]);
  });

  test('what the SOP does not ask for is never missing', () => {
    expect(missingOf(content({ caption: null, narrative: null, media: [] }), asking({ narrative: false }))).toEqual([]);
  });

  test('whatever is there, the order stays and nothing there is asked for', () => {
    const some = fc.record({
      title: fc.constantFrom(null, 'Pasar murah'),
      eventDate: fc.constantFrom(null, '2026-11-20'),
      caption: fc.constantFrom(null, { text: 'a' }),
      narrative: fc.constantFrom(null, { text: 'b' }),
      media: fc.tuple(fc.nat(6), fc.nat(3)).map(([kept, pending]) => media(kept, pending)),
    });
    const order = ['title', 'date', 'media', 'caption', 'narrative'];
    fc.assert(
      fc.property(some, (draft) => {
        const parts = missingOf(draft, REQUIRES).map(({ part }) => part);
        expect(parts).toEqual(order.filter((part) => parts.some((one) => one === part)));
        expect(parts.includes('title')).toBe(draft.title === null);
        expect(parts.includes('date')).toBe(draft.eventDate === null);
        expect(parts.includes('media')).toBe(keptMedia(draft).length < 4);
        expect(parts.includes('caption')).toBe(draft.caption === null);
        expect(parts.includes('narrative')).toBe(draft.narrative === null);
        expect(keptMedia(draft).length + pendingMedia(draft).length).toBe(draft.media.length);
      }),
    );
  });
});

describe('what is asked for now', () => {
  test('files on their way are waited for, not asked for', () => {
    expect(nextToAsk(missingOf(content({ media: media(3, 1), caption: null }), REQUIRES))).toMatchObject({ part: 'caption' });
    expect(nextToAsk(missingOf(content({ media: media(2, 1), caption: null }), REQUIRES))).toMatchObject({ part: 'media' });
    expect(nextToAsk(missingOf(content({ media: media(3, 1) }), REQUIRES))).toBeNull();
    expect(nextToAsk([])).toBeNull();
  });
});

test('a step that asks for no files takes pictures, videos and documents all the same', () => {
  expect(allowedKinds(REQUIRES)).toEqual(['photo', 'video']);
  expect(allowedKinds(asking({ narrative: false }))).toEqual(['photo', 'video', 'document']);
});

test('a task asks for its disposition only where its SOP does, and takes no class; a step to prepare takes those it lists', () => {
  const { kind: _, requires: __, ...step } = REQUIRES;
  const task: AssignStep = { ...step, kind: 'assign' };
  expect(detailsAsked(task)).toEqual(['assignee']);
  expect(detailsAsked({ ...task, disposition: true })).toEqual(['disposition', 'assignee']);
  expect(classesAllowed(task)).toEqual([]);
  expect(classesAllowed(REQUIRES)).toEqual([]);
  expect(classesAllowed(asking({ narrative: false, informationClass: ['berkala'] }))).toEqual(['berkala']);
});
