// What a month's recap says, without words yet.

export interface RecapStep {
  /** Its title, where the month's cases follow several. */
  sop: string | null;
  step: string;
  /** Means in working minutes; `null` for a step without a deadline. */
  planned: number | null;
  actual: number;
  stays: number;
  late: number;
}

/** The numbers count cases. */
export interface Recap {
  /** `YYYY-MM`. */
  month: string;
  /** Handed in for the first time. */
  entered: number;
  /** Accepted or rejected by at least one decider. */
  decided: number;
  returned: number;
  published: number;
  /** A step ended late, or is late by now whose deadline was in this month. */
  late: number;
  /** In the SOP's order. */
  steps: RecapStep[];
  waived: RecapWaived[];
}

/** A channel that a case went without. `reason`: in the words of who waived it; `null` where the SOP lets one channel be enough. */
export interface RecapWaived {
  number: string | null;
  channel: string;
  reason: string | null;
  person: string | null;
}
