// What somebody with every right over the database might do to a history, each time something else.
import { type ChainedEntry, type Entry, entryHash } from '../../src/audit/chain.ts';
import type { Seeded } from './seeded.ts';

export interface Tampered {
  /** What was done, for the report. */
  kind: string;
  entries: ChainedEntry[];
}

/** A history of this office that nobody has touched. */
export function honestChain(chance: Seeded, office: string, length: number): ChainedEntry[] {
  const types = ['opened', 'titled', 'handed-in', 'decided', 'told', 'announced'];
  const bare = Array.from(
    { length },
    (_, index): Entry => ({
      office,
      seq: index + 1,
      case: chance.uuid(),
      type: chance.pick(types),
      at: 1_795_000_000_000 + index * 1000 + chance.below(1000),
      by: chance.pick(['sari', 'budi', 'kartika']),
      body: { note: `catatan ${chance.below(1000)}`, round: chance.below(4), list: [chance.below(9), null, { deep: chance.chance(0.5) }] },
    }),
  );
  return hashed(bare, '0'.repeat(64));
}

/** As if it had always been so: each entry hashed anew from `prevHash` on. */
export function hashed(entries: readonly Entry[], prevHash: string): ChainedEntry[] {
  let before = prevHash;
  return entries.map(({ office, seq, case: of, type, at, by, body }) => {
    const entry = { office, seq, case: of, type, at, by, body };
    const chained = { ...entry, prevHash: before, hash: entryHash(before, entry) };
    before = chained.hash;
    return chained;
  });
}

function changedBody(chance: Seeded, body: unknown): unknown {
  const text = JSON.stringify(body);
  const places = [...text.matchAll(/[0-9a-z]/g)].map(({ index }) => index);
  for (;;) {
    const place = chance.pick(places);
    const changed = text.slice(0, place) + chance.pick([...'0123456789abcxyz']) + text.slice(place + 1);
    try {
      const value: unknown = JSON.parse(changed);
      if (JSON.stringify(value) !== text) return value;
    } catch {
      // No longer JSON: a database would not hold it.
    }
  }
}

const FIELDS = ['office', 'seq', 'case', 'type', 'at', 'by', 'body', 'prevHash', 'hash'] as const;

function edited(chance: Seeded, entry: ChainedEntry, field: (typeof FIELDS)[number]): ChainedEntry {
  switch (field) {
    case 'office':
      return { ...entry, office: `${entry.office}-lain` };
    case 'seq':
      return { ...entry, seq: entry.seq + chance.pick([-1000, -2, -1, 1, 2, 1000]) };
    case 'case':
      return { ...entry, case: chance.uuid() };
    case 'type':
      return { ...entry, type: `${entry.type}x` };
    case 'at':
      return { ...entry, at: entry.at + chance.pick([-86_400_000, -1, 1, 3_600_000]) };
    case 'by':
      return { ...entry, by: `${entry.by}a` };
    case 'body':
      return { ...entry, body: changedBody(chance, entry.body) };
    case 'prevHash':
    case 'hash': {
      const place = chance.below(64);
      const digit = (Number.parseInt(entry[field].charAt(place), 16) + 1 + chance.below(15)) % 16;
      return { ...entry, [field]: entry[field].slice(0, place) + digit.toString(16) + entry[field].slice(place + 1) };
    }
  }
}

const bySeq = (entries: ChainedEntry[]): ChainedEntry[] => [...entries].sort((a, b) => a.seq - b.seq);

/** One tampering with `chain`; `other` is the untouched history of another office. Entries come in the order of their numbers, as a database gives them. */
export function tamper(chance: Seeded, chain: readonly ChainedEntry[], other: readonly ChainedEntry[]): Tampered {
  const at = chance.below(chain.length);
  const entry = chain[at];
  const foreign = other[at % other.length];
  if (!entry || !foreign) throw new Error('nothing to tamper with');
  const before = chain.slice(0, at);
  const after = chain.slice(at + 1);
  const prevHash = before.at(-1)?.hash ?? '0'.repeat(64);
  const field = chance.pick(FIELDS);
  const renumbered = (entries: readonly ChainedEntry[], from: number) => entries.map((one, index) => ({ ...one, seq: from + index }));
  const [forged] = hashed([{ ...entry, by: 'penyusup', body: changedBody(chance, entry.body) }], prevHash);
  if (!forged) throw new Error('nothing was forged');
  const ways: (() => Tampered)[] = [
    () => ({ kind: `edit ${field}`, entries: bySeq([...before, edited(chance, entry, field), ...after]) }),
    () => ({ kind: 'edit and hash anew', entries: [...before, forged, ...after] }),
    () => ({ kind: 'edit and hash everything anew', entries: [...before, ...hashed([forged, ...after], prevHash)] }),
    () => ({ kind: 'delete', entries: [...before, ...after] }),
    () => ({ kind: 'delete and close the gap', entries: [...before, ...renumbered(after, at + 1)] }),
    () => ({ kind: 'delete, close the gap and hash anew', entries: [...before, ...hashed(renumbered(after, at + 1), prevHash)] }),
    () => ({ kind: 'insert', entries: [...before, forged, ...renumbered([entry, ...after], at + 2)] }),
    () => ({ kind: 'insert and hash anew', entries: [...before, ...hashed([forged, ...renumbered([entry, ...after], at + 2)], prevHash)] }),
    () => ({ kind: 'double', entries: [...before, entry, entry, ...after] }),
    () => ({
      kind: 'append',
      entries: [...chain, ...hashed([{ ...entry, seq: chain.length + 1 }], chain.at(-1)?.hash ?? '')],
    }),
    () => ({ kind: 'cut the tail', entries: before }),
    () => {
      const second = chain[(at + 1 + chance.below(chain.length - 1)) % chain.length] ?? entry;
      const swapped = chain.map((one) =>
        one === entry ? { ...second, seq: entry.seq } : one === second ? { ...entry, seq: second.seq } : one,
      );
      return { kind: 'reorder', entries: swapped };
    },
    () => ({ kind: 'another office’s entry', entries: [...before, { ...foreign, office: entry.office, seq: entry.seq }, ...after] }),
    () => ({ kind: 'another office’s history', entries: other.map((one) => ({ ...one, office: entry.office })) }),
    () => ({
      kind: 'another office’s history, hashed anew',
      entries: hashed(
        other.map((one) => ({ ...one, office: entry.office })),
        '0'.repeat(64),
      ),
    }),
  ];
  const done = chance.pick(ways)();
  // Cutting nothing off, or writing down what stood there, is no tampering.
  return JSON.stringify(done.entries) === JSON.stringify(chain) ? tamper(chance, chain, other) : done;
}
