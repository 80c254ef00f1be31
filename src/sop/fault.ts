// A fault in a file that somebody wrote: where it is, what is wrong and how to repair it.

export interface Fault {
  /** Counted from 1. */
  line: number;
  column: number;
  /** Such as `steps[2].due.days`; empty for the file as a whole. */
  path: string;
  /** Bahasa Indonesia, with the repair. */
  message: string;
}

export type Path = readonly (string | number)[];

/** A fault before its place in the text is known. */
export interface Finding {
  path: Path;
  message: string;
}

export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`)).join('');
}

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(Number(row[j - 1]) + 1, Number(last[j]) + 1, Number(last[j - 1]) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, Number(before[j - 2]) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return Number(last.at(-1));
}

/** The known word that `word` was probably meant to be. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const asked = word.toLowerCase().slice(0, 100);
  let best: string | null = null;
  // A third of the word may be wrong, but never so much that any short word matches any other.
  let limit = Math.max(1, Math.floor(asked.length / 3));
  for (const candidate of known) {
    const edits = distance(asked, candidate.toLowerCase());
    if (edits > limit || (best !== null && edits === limit)) continue;
    best = candidate;
    limit = edits;
  }
  return best;
}

/** ` Mungkin maksud Anda "x"?`, else the list of what is known, else nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const best = nearest(word, words);
  if (best !== null) return ` Mungkin maksud Anda "${best}"?`;
  return words.length === 0 ? '' : ` Yang dikenal: ${words.join(', ')}.`;
}
