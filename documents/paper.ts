// A printed paper before it is laid out: its words in order, in blocks. Whoever writes a paper makes one of these; `pdf.ts` sets it on pages.

export interface Field {
  label: string;
  value: string;
  /** For hashes: letters of one width. */
  mono?: boolean;
}

export interface Column {
  title: string;
  /** Part of the width; the parts of a table are taken together. */
  width: number;
}

export interface Picture {
  /** A JPEG, or `null` where there is none to show. */
  jpeg: Buffer | null;
  /** In its place, and read aloud. */
  alt: string;
  lines: string[];
  /** Small print below, in letters of one width. */
  small: string;
}

export interface SignatureBlock {
  above: string[];
  /** `null`: an empty line to write on. */
  name: string | null;
  below: string[];
}

export type Block =
  /** The office's name over a double rule, and below it what the paper is called. */
  | { block: 'letterhead'; name: string; below: string[]; heading: string[] }
  | { block: 'heading'; text: string }
  | { block: 'text'; text: string; small?: boolean }
  /** People's own words, set apart by a rule at their side. */
  | { block: 'quote'; text: string }
  | { block: 'fields'; fields: Field[] }
  /** What must not be overlooked, in a frame. */
  | { block: 'notice'; text: string }
  | { block: 'table'; columns: Column[]; rows: string[][]; empty: string }
  | { block: 'pictures'; pictures: Picture[] }
  | { block: 'signatures'; places: SignatureBlock[] }
  /** A QR code with fields beside it. */
  | { block: 'seal'; code: string; alt: string; fields: Field[] }
  | { block: 'new-page' };

export interface Paper {
  orientation: 'portrait' | 'landscape';
  /** Of the file: what a reader's window shows. */
  title: string;
  /** The moment that the file says it was made at: the same content gives the same bytes. */
  at: Date;
  blocks: Block[];
  /** At the foot of each page, beside its number. */
  foot: string;
  /** "Halaman 1 dari 3" */
  page(number: number, of: number): string;
  /** Stands at the end when something could not be drawn; it may name `UNPRINTABLE`. */
  unprintable: string;
}
