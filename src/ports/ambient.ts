// Clock and chance, handed in everywhere: nothing else in Alur reads the time or makes a random value.
import type { Instant } from '../time.ts';

export interface Clock {
  now(): Instant;
}

export interface Chance {
  /** A random UUID, version 4. */
  uuid(): string;
  bytes(length: number): Uint8Array;
}
