// What is handed in becomes a revision: immutable, with a hash over everything that is decided on.
import { createHash } from 'node:crypto';
import { countedMedia } from '../draft/missing.ts';
import type { PersonId } from '../office/office.ts';
import type { PrepareStep } from '../sop/sop.ts';
import type { Instant } from '../time.ts';
import { type Case, DETAIL_PARTS, type Revision } from './case.ts';

/** SHA-256 (hex) over the content in a fixed order; files go in by their own SHA-256. */
export function contentHash(
  content: Omit<Revision, 'hash' | 'by' | 'at' | 'declared' | 'materialOf' | 'repaired' | 'capacity' | 'onBehalfOf'>,
): string {
  const { revision, title, eventDate, caption, narrative, media, details } = content;
  const parts = [revision, title, eventDate, caption, narrative, media.map(({ kind, sha256, bytes }) => [kind, sha256, bytes])];
  const more = DETAIL_PARTS.flatMap((part) => (details?.[part] === undefined ? [] : [[part, details[part]]]));
  return createHash('sha256')
    .update(JSON.stringify(more.length > 0 ? [...parts, more] : parts))
    .digest('hex');
}

/** The revision that the draft would become now, at this step. The draft must be complete. */
export function revise(c: Case, step: PrepareStep, by: PersonId, at: Instant): Revision {
  const declared = step.requires.checklist;
  const { title, eventDate, caption, narrative, details } = c.content;
  const material = c.state.status === 'making' ? c.revisions.length : 0;
  const media = countedMedia(c.content, step).map(({ id, kind, sha256, bytes, mime, name, file }) => ({
    id,
    kind,
    sha256,
    bytes,
    mime,
    file,
    ...(name === undefined ? {} : { name }),
  }));
  const content = {
    revision: c.revisions.length + 1,
    title: title ?? '',
    eventDate: eventDate ?? '',
    caption: caption?.text ?? null,
    narrative: narrative?.text ?? null,
    media,
    ...(details === undefined ? {} : { details }),
  };
  return {
    ...content,
    hash: contentHash(content),
    ...(material > 0 ? { materialOf: material } : {}),
    ...(declared === undefined ? {} : { declared }),
    by,
    at,
  };
}

/** The last revision with another text, made by a decider. */
export function repair(last: Revision, part: 'caption' | 'narrative', text: string, by: PersonId, at: Instant): Revision {
  const next: Revision = { ...last, revision: last.revision + 1, [part]: text };
  // Of who made the one before, and how, nothing goes over.
  const { hash: _, by: __, at: ___, declared: ____, repaired: _____, capacity: ______, onBehalfOf: _______, ...content } = next;
  return { ...content, hash: contentHash(content), repaired: true, by, at };
}

export type Part = 'title' | 'date' | 'caption' | 'narrative' | 'media' | 'details';

/** What differs between two revisions. */
export function changes(before: Revision, after: Revision): Part[] {
  const files = (revision: Revision) => revision.media.map((media) => media.sha256).join();
  const parts: [Part, boolean][] = [
    ['title', before.title !== after.title],
    ['date', before.eventDate !== after.eventDate],
    ['caption', before.caption !== after.caption],
    ['narrative', before.narrative !== after.narrative],
    ['media', files(before) !== files(after)],
    ['details', DETAIL_PARTS.some((part) => before.details?.[part] !== after.details?.[part])],
  ];
  return parts.filter(([, differs]) => differs).map(([part]) => part);
}
