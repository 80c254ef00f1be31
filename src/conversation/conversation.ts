// Where a chat stands: which draft its files and texts belong to, and what was asked last.
import type { CaseId } from '../case/case.ts';
import type { Question } from '../case/outgoing.ts';
import type { DeputyDraft } from './deputy-draft.ts';
import type { Piece } from './piece.ts';

export interface Conversation {
  focus: CaseId | null;
  asking: Question | null;
  /** A deputy is being named: the next text answers that, whatever else was asked before. */
  deputy?: DeputyDraft;
  /** The last message may have been cut by the platform: the next one may be its rest. */
  piece?: Piece;
}

export const QUIET_CONVERSATION: Conversation = { focus: null, asking: null };
