// `alur register export`: the register of every office, or of one, as JSON for programs or CSV for spreadsheets.
import type { PgStore } from '../../db/store.ts';
import { toCsv } from '../../src/register/csv.ts';
import { REGISTER_COLUMNS, registerRow } from '../../src/register/row.ts';
import { type CaseFacts, caseJson } from '../case-json.ts';
import { withStore } from '../database.ts';
import { isMonth } from '../dates.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { settingsFor } from '../settings-for.ts';
import { writeWhole } from '../write-file.ts';

export interface ExportOptions {
  format: 'json' | 'csv' | 'xlsx' | 'pdf';
  month?: string;
  out?: string;
  office?: string;
}

export async function registerExport(context: Context, options: ExportOptions): Promise<Exit> {
  if (options.month !== undefined && !isMonth(options.month)) {
    return wrongUsage(context, `--month: "${options.month}" bukan bulan; tulis seperti 2026-11.`);
  }
  if (options.format !== 'json' && options.format !== 'csv') {
    return refused(context, `Format ${options.format} belum tersedia pada versi ini; pakai json atau csv.`);
  }
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const found = await withStore(settings, (store) => gather(store, options, context.now()));
  if (!found) return refused(context, `Instansi "${options.office}" tidak dikenal.`);
  const text = options.format === 'json' ? asJson(found) : asCsv(found);
  if (options.out === undefined) {
    context.out(text);
    return DONE;
  }
  const written = await writeWhole(options.out, text);
  if (!written.ok) return refused(context, written.reason);
  context.err(`${found.length} konten ditulis ke ${options.out}.\n`);
  return DONE;
}

/** `null`: no such office. */
async function gather(store: PgStore, options: ExportOptions, now: number): Promise<CaseFacts[] | null> {
  const offices = (await store.offices()).filter(({ id }) => options.office === undefined || id === options.office);
  if (options.office !== undefined && offices.length === 0) return null;
  const found: CaseFacts[] = [];
  for (const office of offices) {
    const cases = await store.casesForExport(office.id, options.month === undefined ? {} : { month: options.month });
    found.push(...cases.map((one) => ({ case: one.case, sop: one.sop, office, now })));
  }
  return found;
}

/** The fields of a case, and beside them the register's own columns. One case a line. */
function asJson(found: CaseFacts[]): string {
  const rows = found.map((facts) => JSON.stringify({ ...registerRow(facts.case, facts.sop, facts.office), ...caseJson(facts) }));
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}

function asCsv(found: CaseFacts[]): string {
  return toCsv(
    REGISTER_COLUMNS,
    found.map(({ case: c, sop, office }) => registerRow(c, sop, office)),
  );
}
