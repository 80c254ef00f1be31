// `alur report punctuality`: how well the SOP is kept: planned against actual working time per step, role and month.
import type { PgStore } from '../../db/store.ts';
import type { Case } from '../../src/case/case.ts';
import type { Column } from '../../src/register/column.ts';
import { toCsv } from '../../src/register/csv.ts';
import { PUNCTUALITY_COLUMNS, type PunctualityRow, punctualityOf } from '../../src/register/punctuality.ts';
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

async function rowsOf(store: PgStore, options: PunctualityOptions): Promise<Row[] | null> {
  const offices = (await store.offices()).filter(({ id }) => options.office === undefined || id === options.office);
  if (options.office !== undefined && offices.length === 0) return null;
  const rows: Row[] = [];
  for (const office of offices) {
    // Only what the figures need is held: the stays, not the content.
    const cases: Case[] = [];
    for await (const c of store.casesForExport(office.id)) cases.push({ ...c, content: { ...c.content, media: [] }, revisions: [] });
    const all = punctualityOf(cases, office).filter(({ month }) => options.month === undefined || month === options.month);
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
  const text = options.format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : toCsv(COLUMNS, rows);
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
