// The register as one sheet of a workbook: the same columns as everywhere.
import type { CellKind, WorkColumn, WorkTable } from '../../documents/workbook.ts';
import type { Cell } from '../../src/register/column.ts';
import { REGISTER_COLUMNS, type RegisterRow, registerRow } from '../../src/register/row.ts';
import type { CaseFacts } from '../case-json.ts';

type Key = (typeof REGISTER_COLUMNS)[number]['key'];

const KINDS: Partial<Record<Key, CellKind>> = {
  submitted_at: 'date-time',
  event_date: 'date',
  published_at: 'date-time',
  scheduled_at: 'date-time',
  photos: 'number',
  videos: 'number',
  documents: 'number',
  audio: 'number',
  revision: 'number',
  proof_links: 'number',
  proof_files: 'number',
};

/** Characters; what is not named has room for a date. */
const WIDTHS: Partial<Record<Key, number>> = {
  number: 34,
  title: 32,
  caption: 40,
  narrative: 60,
  responses: 40,
  review: 40,
  approval: 40,
  publications: 36,
};
const WIDTH = 18;
const NUMBER_WIDTH = 9;

const COLUMNS: readonly WorkColumn[] = REGISTER_COLUMNS.map(({ key, title }) => {
  const kind = KINDS[key] ?? 'text';
  return { title, kind, width: WIDTHS[key] ?? (kind === 'number' ? NUMBER_WIDTH : WIDTH) };
});

export function registerTable({ office, cases }: { office: { id: string }; cases: readonly CaseFacts[] }, index: number): WorkTable {
  const rows = cases.map(({ case: c, sop, office: of, now }) => cells(registerRow(c, sop, of, now)));
  // A number of its own, for ids that are alike in all that a sheet's name has room for.
  return { name: index === 0 ? office.id : `${index + 1} ${office.id}`, columns: COLUMNS, rows };
}

function cells(row: RegisterRow): Cell[] {
  return REGISTER_COLUMNS.map(({ key }) => row[key]);
}
