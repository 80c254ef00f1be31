// The hash chain of an office's history: every entry's hash covers the one before, so that nothing can be changed, left out or slipped in unseen.
import { createHash } from 'node:crypto';
import type { CaseId } from '../case/case.ts';
import type { Instant } from '../time.ts';

/** What an entry says, beside the hashes. `body` is the event without its type, time and author. */
export interface Entry {
  office: string;
  /** 1, 2, 3 … within the office. */
  seq: number;
  case: CaseId;
  type: string;
  at: Instant;
  by: string;
  body: unknown;
}

export interface ChainedEntry extends Entry {
  prevHash: string;
  /** SHA-256, hex. */
  hash: string;
}

/** The last entry of a chain, or of the part that was looked at. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** Before the first entry. */
export const GENESIS: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** JSON with sorted keys and no blanks: the same value gives the same text, whatever order a database keeps it in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item === undefined ? null : item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

export function entryHash(prevHash: string, entry: Entry): string {
  const { office, seq, type, by, body } = entry;
  const said = canonical({ office, seq, case: entry.case, type, at: new Date(entry.at).toISOString(), by, body });
  return createHash('sha256').update(prevHash).update(said).digest('hex');
}

/** `gap`: an entry is missing. `link`: it does not follow the one before. `content`: it does not say what was hashed. */
export type Break = { ok: false; seq: number; why: 'gap' | 'link' | 'content' };

/** Checks entries in order, from after `from` on; a long chain is checked part by part, each from the head of the part before. */
export function verifyChain(entries: Iterable<ChainedEntry>, from: ChainHead = GENESIS): { ok: true; head: ChainHead } | Break {
  let head = from;
  for (const entry of entries) {
    if (entry.seq !== head.seq + 1) return { ok: false, seq: head.seq + 1, why: 'gap' };
    if (entry.prevHash !== head.hash) return { ok: false, seq: entry.seq, why: 'link' };
    if (entryHash(entry.prevHash, entry) !== entry.hash) return { ok: false, seq: entry.seq, why: 'content' };
    head = { seq: entry.seq, hash: entry.hash };
  }
  return { ok: true, head };
}
