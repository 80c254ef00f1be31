// How much is measured. `tiny` shows that everything runs and measures nothing; `usual` takes about ten minutes.
export interface Sizes {
  /** Offices served side by side, each with its makers and one holder for every other step. */
  offices: number;
  makersPerOffice: number;
  tapSeconds: number;
  /** Taps put into the queue at once. */
  tapBurst: number;
  handIns: number;
  insertSeconds: number;
  pendingTimers: number;
  trickle: { timers: number; seconds: number };
  dueAtOnce: number;
  idleSeconds: number;
}

export const SIZES = {
  tiny: {
    offices: 2,
    makersPerOffice: 5,
    tapSeconds: 2,
    tapBurst: 20,
    handIns: 10,
    insertSeconds: 0.3,
    pendingTimers: 2_000,
    trickle: { timers: 10, seconds: 2 },
    dueAtOnce: 50,
    idleSeconds: 1,
  },
  usual: {
    offices: 10,
    makersPerOffice: 30,
    tapSeconds: 10,
    tapBurst: 500,
    handIns: 300,
    insertSeconds: 2,
    pendingTimers: 1_000_000,
    trickle: { timers: 50, seconds: 15 },
    dueAtOnce: 10_000,
    idleSeconds: 5,
  },
} as const satisfies Record<string, Sizes>;
