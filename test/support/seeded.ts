// Chance from a seed: the same seed gives the same run, to the byte.
import type { Chance } from '../../src/ports/ambient.ts';

export interface Seeded extends Chance {
  /** In [0, 1). */
  random(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

/** mulberry32: small, fast, good enough to choose faults. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(random() * n);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));
  return {
    random,
    below,
    bytes,
    chance: (probability) => random() < probability,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    uuid: () => {
      const hex = Buffer.from(bytes(16)).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
