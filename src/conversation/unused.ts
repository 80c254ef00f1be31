// After another SOP was chosen for a draft: what it held that is of no use there. Nothing is left out in silence.
import { type Case, DETAIL_PARTS } from '../case/case.ts';
import { unfitOf } from '../case/counts.ts';
import type { Sop } from '../sop/sop.ts';
import type { Talk } from './talk.ts';

/** `before`: the draft under its old SOP; its files are as they were. */
export function sayUnused(talk: Talk, { content }: Case, sop: Sop): void {
  const unfit = unfitOf(content, sop.steps[0]);
  const details = talk.case?.content.details;
  const dropped = DETAIL_PARTS.filter((part) => content.details?.[part] !== details?.[part]);
  if (unfit.unfit || dropped.length > 0) talk.sayOf((named) => ({ notice: 'sop-chosen', named, sop: sop.title, ...unfit, dropped }));
}
