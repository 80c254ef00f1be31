// A head of a chain that was written down outside of the database, where nobody who can change the database can change it too. Whoever
// rewrites the whole chain from some entry on, hashes and all, or cuts its end off, is found by it and by nothing else.
import type { ChainHead } from './chain.ts';

const ANCHOR = /^\s*([1-9][0-9]{0,14})\s*:\s*([0-9a-f]{64}|[0-9a-f]{16})\s*$/i;

/** `SEQ:HASH`, as it is written down, the hash whole or its first 16 digits; `null` for anything else. */
export function readAnchor(text: string): ChainHead | null {
  const [, seq, hash] = ANCHOR.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash: hash.toLowerCase() };
}

export function anchorText({ seq, hash }: ChainHead): string {
  return `${seq}:${hash}`;
}

/** Does what was written down still stand there? `reached`: the last entry of the part that was looked at. `null`: it lies farther on. */
export function holdsAnchor(part: readonly ChainHead[], anchor: ChainHead, reached: number): boolean | null {
  if (reached < anchor.seq) return null;
  return part.some(({ seq, hash }) => seq === anchor.seq && hash.startsWith(anchor.hash));
}
