// How a case is called in a sentence: by its register number and title, or as a draft before it has a number.
import type { Named } from '../../src/case/outgoing.ts';
import { type Line, line, type Piece, said } from './text.ts';

const TITLE_MAX_UNITS = 170;
const NUMBER_MAX_UNITS = 80;

/** "0042/REG-KONTEN/…" or "Draf ini". */
export function caseNumber(named: Named): Piece {
  return named.number === null ? 'Draf ini' : said(named.number, NUMBER_MAX_UNITS);
}

/** "0042/REG-KONTEN/… · Pasar Murah"; a draft without a title is "draf tanpa judul". */
export function caseName(named: Named): Line {
  const title = named.title === null ? null : said(named.title, TITLE_MAX_UNITS);
  if (named.number === null) return title === null ? line('draf tanpa judul') : line('draf "', title, '"');
  return line(said(named.number, NUMBER_MAX_UNITS), title === null ? null : [' · ', title]);
}

/** For what is said about a case that may not be known; ends in `: ` when it is. */
export function about(named: Named | null): Piece {
  return named === null || named.number === null ? null : [said(named.number, NUMBER_MAX_UNITS), ': '];
}
