// How many files of which sort, and which of a draft's do not count at its step.
import { allowedKinds, unfitMedia } from '../draft/missing.ts';
import type { MediaKind, Step } from '../sop/sop.ts';
import type { Content } from './case.ts';

export interface Counts {
  photos: number;
  videos: number;
  documents: number;
}

/** Files from before another SOP was chosen, which takes only `takes`: neither counted nor handed in. */
export type Unfit = Counts & { takes: MediaKind[] };

export function counts(media: { kind: string }[]): Counts {
  const of = (...kinds: string[]) => media.filter(({ kind }) => kinds.includes(kind)).length;
  return { photos: of('photo'), videos: of('video'), documents: of('document', 'audio') };
}

export function unfitOf(content: Content, step: Step | undefined): { unfit?: Unfit } {
  const files = unfitMedia(content, step);
  return files.length > 0 ? { unfit: { ...counts(files), takes: allowedKinds(step) } } : {};
}
