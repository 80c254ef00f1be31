// Rows as CSV (RFC 4180) that a spreadsheet opens without running any of it as a formula.
import type { Cell, Column } from './column.ts';

// A spreadsheet takes a cell that begins so for a formula; what people typed into a chat must stay text.
const BLANK = /^[\t\r\n\0]/;
// Where the separator is another one (`;` with Indonesian settings, a tab), a quote in the middle of a line is a sign like any other: every
// `;`, tab and line end begins a cell there. Blanks and quotes before the sign may be skipped.
const FORMULA = /(?<=(?:^|[;\t\r\n])["\s\0]*)[=+\-@]/g;

/** Header line of titles, then one line per row; lines end in CRLF. */
export function toCsv<K extends string>(columns: readonly Column<K>[], rows: readonly Record<K, Cell>[]): string {
  const lines = [columns.map(({ title }) => field(title)), ...rows.map((row) => columns.map(({ key }) => field(row[key])))];
  return lines.map((fields) => `${fields.join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'ya' : 'tidak';
  if (typeof cell === 'number') return String(cell);
  const text = cell.replace(FORMULA, "'$&");
  const safe = BLANK.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
