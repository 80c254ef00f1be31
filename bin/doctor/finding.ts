// What the doctor says of one thing he looked at.

export interface Finding {
  /** What was looked at, in one or two words. */
  what: string;
  /** `note`: worth a look, but nothing is broken. */
  state: 'ok' | 'note' | 'wrong';
  /** Indonesian, with the repair when something is wrong. */
  detail: string;
}

export const ok = (what: string, detail: string): Finding => ({ what, state: 'ok', detail });
export const note = (what: string, detail: string): Finding => ({ what, state: 'note', detail });
export const wrong = (what: string, detail: string): Finding => ({ what, state: 'wrong', detail });
