// Tables as a workbook (XLSX): heads that stay in sight, dates as dates, and people's words as text whatever they begin with.
import writeExcelFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import type { Cell } from '../src/register/column.ts';

export type CellKind = 'text' | 'number' | 'date' | 'date-time';

export interface WorkColumn {
  title: string;
  kind: CellKind;
  /** Characters. */
  width: number;
}

export interface WorkTable {
  /** Of the sheet: its first 31 characters count, and no two may be equal. */
  name: string;
  columns: readonly WorkColumn[];
  rows: readonly (readonly Cell[])[];
}

/** More than this a cell does not hold. UTF-16 units. */
const CELL_MAX = 32_767;
const NAME_MAX = 31;
const FORMATS: Partial<Record<CellKind, string>> = { date: 'dd-mm-yyyy', 'date-time': 'dd-mm-yyyy hh:mm' };
/** RFC 3339, of which the office's own clock is wanted: a workbook knows no zones. */
const LOCAL = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?/;

export async function workbook(tables: readonly WorkTable[]): Promise<Buffer> {
  return writeExcelFile(tables.map(sheet)).toBuffer();
}

function sheet({ name, columns, rows }: WorkTable): Sheet<never> {
  const head: Row = columns.map(({ title }) => ({
    value: title,
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#e8e8e8',
    wrap: true,
    alignVertical: 'top',
  }));
  return {
    sheet: name.replace(/[[\]/\\:*?]/g, '-').slice(0, NAME_MAX),
    data: [head, ...rows.map((row) => columns.map(({ kind }, i) => cell(row[i] ?? null, kind)))],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  };
}

function cell(value: Cell, kind: CellKind): CellObject | null {
  if (value === null || value === '') return null;
  const top = { alignVertical: 'top' } as const;
  if (typeof value === 'number') return { value, type: Number, ...top };
  if (typeof value === 'boolean') return { value: value ? 'ya' : 'tidak', type: String, ...top };
  const format = FORMATS[kind];
  const local = LOCAL.exec(value)?.[0];
  if (format !== undefined && local !== undefined) {
    return { value: new Date(local.includes('T') ? `${local}Z` : local), type: Date, format, ...top };
  }
  return { value: value.length > CELL_MAX ? `${value.slice(0, CELL_MAX - 1)}…` : value, type: String, wrap: true, ...top };
}
