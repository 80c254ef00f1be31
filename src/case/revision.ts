// What is handed in becomes a revision: immutable, with a hash over everything that is decided on.
import { createHash } from 'node:crypto';
import { keptMedia } from '../draft/missing.ts';
import type { PersonId } from '../office/office.ts';
import type { Instant } from '../time.ts';
import type { Case, Revision } from './case.ts';

/** SHA-256 (hex) over the content in a fixed order; files go in by their own SHA-256. */
export function contentHash(content: Omit<Revision, 'hash' | 'by' | 'at'>): string {
  const { revision, title, eventDate, caption, narrative, media } = content;
  const parts = [revision, title, eventDate, caption, narrative, media.map(({ kind, sha256, bytes }) => [kind, sha256, bytes])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The revision that the draft would become now. The draft must be complete. */
export function revise(c: Case, by: PersonId, at: Instant): Revision {
  const { title, eventDate, caption, narrative } = c.content;
  const media = keptMedia(c.content).map(({ id, kind, sha256, bytes, mime, name, file }) => ({
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
  };
  return { ...content, hash: contentHash(content), by, at };
}

export type Part = 'title' | 'date' | 'caption' | 'narrative' | 'media';

/** What differs between two revisions. */
export function changes(before: Revision, after: Revision): Part[] {
  const files = (revision: Revision) => revision.media.map((media) => media.sha256).join();
  const parts: [Part, boolean][] = [
    ['title', before.title !== after.title],
    ['date', before.eventDate !== after.eventDate],
    ['caption', before.caption !== after.caption],
    ['narrative', before.narrative !== after.narrative],
    ['media', files(before) !== files(after)],
  ];
  return parts.filter(([, differs]) => differs).map(([part]) => part);
}
