// The real clock and real chance: the only place where Alur reads the time or makes random values for its rules.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Chance, Clock } from '../../src/ports/ambient.ts';

export interface ShiftedClock extends Clock {
  /** How far this clock is ahead of the real one, in milliseconds. Only the simulator moves it. */
  offset(): number;
  shift(offsetMs: number): void;
}

export function realClock(offsetMs = 0): ShiftedClock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    shift: (to) => {
      offset = to;
    },
  };
}

export const realChance: Chance = { uuid: randomUUID, bytes: (length) => randomBytes(length) };
