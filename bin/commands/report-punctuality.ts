// `alur report punctuality`: how well the SOP is kept: planned against actual working time per step, role and month.
import type { PgStore } from '../../db/store.ts';
import type { Case } from '../../src/case/case.ts';
import type { Cell, Column } from '../../src/register/column.ts';
import { toCsv } from '../../src/register/csv.ts';
import {
  type Followed,
  PUNCTUALITY_COLUMNS,
  type PunctualityRow,
  punctualityCells,
  punctualityOf,
} from '../../src/register/punctuality.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { withStore } from '../database.ts';
import { isMonth } from '../dates.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { settingsFor } from '../settings-for.ts';
import { writeWhole } from '../write-file.ts';

export interface PunctualityOptions {
  format: 'json' | 'csv';
  month?: string;
  out?: string;
  office?: string;
}

type Row = { office: string } & PunctualityRow;
const COLUMNS: Column<keyof Row>[] = [{ key: 'office', title: 'Instansi' }, ...PUNCTUALITY_COLUMNS];

/** Only what the figures need is held: stays and names, not the content. */
function lightened(c: Case): Case {
  const revisions = c.revisions.map((revision) => ({ ...revision, media: [], caption: null, narrative: null }));
  return { ...c, content: { ...c.content, caption: null, narrative: null, media: [] }, revisions };
}

async function sopOf(store: PgStore, { sop: { id, version } }: Case, known: Map<string, Sop>): Promise<Sop> {
  const key = `${id}@${version}`;
  const sop = known.get(key) ?? (await store.transaction((tx) => tx.sop(id, version)));
  if (!sop) throw new Error(`SOP ${key} tidak ada di database`);
  known.set(key, sop);
  return sop;
}

async function rowsOf(store: PgStore, options: PunctualityOptions): Promise<Row[] | null> {
  const offices = (await store.offices()).filter(({ id }) => options.office === undefined || id === options.office);
  if (options.office !== undefined && offices.length === 0) return null;
  const rows: Row[] = [];
  const sops = new Map<string, Sop>();
  for (const office of offices) {
    const followed: Followed[] = [];
    for await (const c of store.casesForExport(office.id)) followed.push({ case: lightened(c), sop: await sopOf(store, c, sops) });
    const all = punctualityOf(followed, office).filter(({ month }) => options.month === undefined || month === options.month);
    rows.push(...all.map((row) => ({ office: office.id, ...row })));
  }
  return rows;
}

export async function reportPunctuality(context: Context, options: PunctualityOptions): Promise<Exit> {
  if (options.month !== undefined && !isMonth(options.month)) {
    return wrongUsage(context, `--month: "${options.month}" bukan bulan; tulis seperti 2026-11.`);
  }
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const rows = await withStore(settings, (store) => rowsOf(store, options));
  if (!rows) return refused(context, `Instansi "${options.office}" tidak dikenal.`);
  const text =
    options.format === 'json'
      ? `${JSON.stringify(rows, null, 2)}\n`
      : toCsv(
          COLUMNS,
          rows.map((row): Record<keyof Row, Cell> => ({ office: row.office, ...punctualityCells(row) })),
        );
  if (options.out === undefined) {
    context.out(text);
    return DONE;
  }
  const written = await writeWhole(options.out, lines(text));
  if (!written.ok) return refused(context, written.reason);
  context.err(`Laporan ditulis ke ${options.out}.\n`);
  return DONE;
}

async function* lines(text: string): AsyncGenerator<string> {
  yield text;
}
