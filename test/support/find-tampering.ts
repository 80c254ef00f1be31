// Random histories, tampered with at random, looked at as `audit verify` looks at them.
import { holdsAnchor } from '../../src/audit/anchor.ts';
import { type ChainedEntry, type ChainHead, verifyChain } from '../../src/audit/chain.ts';
import { seeded } from './seeded.ts';
import { honestChain, tamper } from './tamper.ts';

export function headOf(entries: readonly ChainedEntry[]): ChainHead {
  const last = entries.at(-1);
  return { seq: last?.seq ?? 0, hash: last?.hash ?? '0'.repeat(64) };
}

/** The entries hold together and, if one was written down, contain the head; whatever followed it was added since. */
function holds(entries: readonly ChainedEntry[], outside: ChainHead | null): boolean {
  const verified = verifyChain(entries);
  if (!verified.ok) return false;
  return outside === null || holdsAnchor(entries, outside, Math.max(verified.head.seq, outside.seq)) === true;
}

/** The first tampering that nobody noticed, or honest history that was called false, in words; `null` when there is none. Of the chains that
 * differ only by an entry added after the head, the database's own head tells: it is compared here as there. */
export function firstMissed(
  seed: number,
  tamperings: number,
  { outside = true }: { outside?: boolean } = {},
): { missed: string | null; kinds: Set<string> } {
  const chance = seeded(seed);
  const kinds = new Set<string>();
  for (let n = 0; n < tamperings; n += 1) {
    const chain = honestChain(chance, 'dinas-a', 2 + chance.below(30));
    const other = honestChain(chance, 'dinas-b', 2 + chance.below(30));
    const head = headOf(chain);
    if (!holds(chain, head)) return { missed: `the honest history ${n} was called false`, kinds };
    const { kind, entries } = tamper(chance, chain, other);
    kinds.add(kind);
    const found = outside ? !holds(entries, head) || headOf(entries).seq !== head.seq : !holds(entries, null);
    if (!found) return { missed: `${n}: ${kind}`, kinds };
  }
  return { missed: null, kinds };
}
