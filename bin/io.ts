// What a command needs of the world around it, handed in so that it can be run inside a test.
import type { Environment } from './settings.ts';

export interface Io {
  /** Answers. */
  out(text: string): void;
  /** Answers that are no text. Left out where they would go to a terminal. */
  outBytes?(bytes: Uint8Array): void;
  /** Reasons, warnings and everything else a person reads beside the answer. */
  err(text: string): void;
}

export interface Context extends Io {
  env: Environment;
  /** The answer is wanted as JSON. */
  json: boolean;
  now(): number;
}

/** How a command ended. */
export const DONE = 0;
export const REFUSED = 1;
export const WRONG_USAGE = 2;
export type Exit = typeof DONE | typeof REFUSED | typeof WRONG_USAGE;

/** Tells the reason and ends refused. */
export function refused(context: Io, reason: string): Exit {
  context.err(`${reason}\n`);
  return REFUSED;
}

export function wrongUsage(context: Io, reason: string): Exit {
  context.err(`${reason}\n`);
  return WRONG_USAGE;
}

export function printJson(context: Io, value: unknown): void {
  context.out(`${JSON.stringify(value, null, 2)}\n`);
}
