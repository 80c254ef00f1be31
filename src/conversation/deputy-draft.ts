// A deputy who is being named in a chat, question by question.
import type { PersonId } from '../office/office.ts';
import type { LocalDate } from '../time.ts';

export type DeputyDraft = {
  /** UUID: what its buttons name, and the id of the deputy that comes of it. */
  id: string;
  office: string;
  /** What he is to stand in for: the person's own roles when the dialog began. */
  roles: string[];
} & Asked;

/** What is asked for now, with what has been answered. */
export type Asked =
  | { ask: 'whom' }
  | { ask: 'from'; by: PersonId }
  | { ask: 'to'; by: PersonId; from: LocalDate }
  | { ask: 'confirm'; by: PersonId; from: LocalDate; to: LocalDate };
