// What a card shows, without words: made from the case at the moment of delivery, so that a card can never show a state that is not.
import type { Action } from '../conversation/reference.ts';
import type { AccessibleForm } from '../sop/sop.ts';
import type { Hint } from '../text/hints.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Details, Verdict } from './case.ts';
import type { Missing } from './command.ts';
import type { Counts, Unfit } from './counts.ts';
import type { Doer } from './doer.ts';
import type { Named } from './outgoing.ts';

/** Where the card's buttons point: the wording layer adds the action and makes the bound reference. */
export interface Index {
  step: number;
  round: number;
  revision: number;
}

/** A button the card carries now, in order. What a label says is the wording's business; `label` is the SOP's own word, if it has one. */
export interface CardButton {
  action: Action;
  item?: number;
  label?: string;
}

export type CardView = DraftView | StepView;

export interface DraftView {
  view: 'draft';
  named: Named;
  index: Index;
  sopTitle: string;
  /** 0 for the first hand-in; n: this will be revision n. */
  revision: number;
  eventDate: LocalDate | null;
  dueAt: Instant | null;
  /** Past its deadline when shown. */
  late: boolean;
  media: Counts & { have: number; pending: number; min: number | null };
  caption: { text: string; length: number; max: number } | null;
  captionMax: number | null;
  narrative: { text: string; words: number } | null;
  narrativeNeeded: boolean;
  unfit?: Unfit;
  /** What was said beside the content; the assignee by name. */
  details?: Details;
  /** A task that is given to somebody, not content. */
  task?: true;
  /** Made from what others collected, or from a task. */
  making?: { person: string; revision: number };
  /** What its maker declares with the hand-in. */
  declares?: string[];
  /** On the language of what is there, while it can be changed; only when there are any. */
  hints?: Hint[];
  missing: Missing[];
  returned: (Doer & { reason: string }) | null;
  /** `open`: it still collects. Otherwise what became of it. */
  ended: 'open' | 'handed-in' | 'withdrawn' | 'reassigned';
  buttons: CardButton[];
}

export interface Remark extends Doer {
  onBehalfOf: string | null;
  verdict: Verdict;
  note: string;
  at: Instant;
}

export interface StepView {
  view: 'step';
  kind: 'receive' | 'decide' | 'publish' | 'assign' | 'schedule' | 'prepare';
  named: Named;
  index: Index;
  sopTitle: string;
  /** "Langkah 3 dari 5". */
  position: { step: number; of: number };
  roleLabel: string;
  activity: string;
  maker: string;
  /** `null`: nothing has been handed in yet. */
  eventDate: LocalDate | null;
  handedInAt: Instant | null;
  handedInLate: boolean;
  counts: Counts;
  /** 1: the first hand-in. */
  revision: number;
  /** What changed since the revision before, empty for the first. */
  changed: ('title' | 'date' | 'caption' | 'narrative' | 'media' | 'details')[];
  caption: { text: string; length: number; max: number | null } | null;
  narrative: string | null;
  /** What earlier steps of this revision said. */
  earlier: Remark[];
  /** The response that will go with the viewer's tap, when he has written one. */
  response: string | null;
  dueAt: Instant | null;
  late: boolean;
  labels: { accept: string; reject: string };
  details?: Details;
  /** A later step sent it back here, and why. */
  back?: Doer & { reason: string };
  /** Who repaired this revision instead of its maker. */
  repairedBy?: string;
  /** What the decider declares with his tap. */
  declares?: string[];
  schedule?: Instant;
  forms?: { min: number; given: AccessibleForm[]; forms: AccessibleForm[] };
  /** The SOP gives this step no time of its own. */
  tentative?: true;
  channels: { channel: string; link: string | null; done: boolean; waived?: string }[];
  outcome:
    | { is: 'open' }
    /** The step is over. */
    | { is: 'decided'; by: Remark }
    | ({ is: 'published'; at: Instant } & Doer)
    /** Somebody makes it, or has made it. */
    | { is: 'taken'; person: string }
    | { is: 'scheduled'; schedule: Instant }
    /** The case went elsewhere before this step was done: returned, withdrawn. */
    | { is: 'overtaken'; why: 'returned' | 'withdrawn' | 'moved-on' };
  buttons: CardButton[];
}
