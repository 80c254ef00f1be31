// What was handed in, once more: for whoever wants to look at it before he decides.
import type { Case } from './case.ts';
import { albumsOf, textOf } from './notices.ts';
import type { Outgoing, Recipient } from './outgoing.ts';
import type { CardPlace } from './viewing.ts';

/** The files, the narrative and the caption of the newest revision, in that order; nothing before the first hand-in. */
export function materialFor(c: Case, { step, round }: CardPlace, to: Recipient): Outgoing[] {
  const key = { card: 'step', case: c.id, step, round } as const;
  return c.revisions
    .slice(-1)
    .flatMap((revision) => [
      ...albumsOf(revision.media).map((media): Outgoing => ({ out: 'album', to, key, case: c.id, media })),
      ...textOf(revision, 'narrative', to, c),
      ...textOf(revision, 'caption', to, c),
    ]);
}
