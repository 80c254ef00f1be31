// `alur register export`: the register of every office, or of one, as JSON for programs, CSV or XLSX for spreadsheets, PDF for the file.
import type { PgStore } from '../../db/store.ts';
import { paperPdf } from '../../documents/pdf.ts';
import { workbook } from '../../documents/workbook.ts';
import type { Office } from '../../src/office/office.ts';
import { toCsv } from '../../src/register/csv.ts';
import { REGISTER_COLUMNS, registerRow } from '../../src/register/row.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { type CaseFacts, caseJson, eventsJson } from '../case-json.ts';
import { officeNow, withStore } from '../database.ts';
import { isMonth } from '../dates.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { registerPaper } from '../papers/register-paper.ts';
import { registerTable } from '../papers/register-table.ts';
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
  if (options.format === 'xlsx' || options.format === 'pdf') {
    if (options.out === undefined && !context.outBytes) {
      return refused(
        context,
        `Format ${options.format} tidak untuk layar; tambahkan --out BERKAS.${options.format}, atau alirkan ke berkas.`,
      );
    }
  }
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  return withStore(settings, async (store) => {
    const offices = (await store.offices()).filter(({ id }) => options.office === undefined || id === options.office);
    if (options.office !== undefined && offices.length === 0) return refused(context, `Instansi "${options.office}" tidak dikenal.`);
    const now = await officeNow(store, settings, context.now());
    const content = contentOf(store, options, offices, casesOf(store, offices, options.month, now), now);
    if (options.out !== undefined) return intoFile(context, options.out, content);
    for await (const part of content) {
      if (typeof part === 'string') context.out(part);
      else context.outBytes?.(part);
    }
    return DONE;
  });
}

function contentOf(
  store: PgStore,
  { format, month }: ExportOptions,
  offices: Office[],
  cases: AsyncIterable<CaseFacts>,
  now: number,
): AsyncIterable<string | Uint8Array> {
  if (format === 'json') return asJson(store, cases);
  if (format === 'csv') return asCsv(cases);
  return asBytes(async () => {
    // A table that is laid out as a whole is held as a whole.
    const byOffice = new Map(offices.map((office): [string, CaseFacts[]] => [office.id, []]));
    for await (const facts of cases) byOffice.get(facts.office.id)?.push(facts);
    const registers = offices.map((office) => ({ office, cases: byOffice.get(office.id) ?? [] }));
    return format === 'xlsx' ? workbook(registers.map(registerTable)) : paperPdf(registerPaper(registers, month ?? null, now));
  });
}

async function* asBytes(make: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await make();
}

async function intoFile(context: Context, path: string, text: AsyncIterable<string | Uint8Array>): Promise<Exit> {
  const written = await writeWhole(path, text);
  if (!written.ok) return refused(context, written.reason);
  context.err(`Register ditulis ke ${path}.\n`);
  return DONE;
}

/** Case by case: a register of years does not have to fit into memory. */
async function* casesOf(store: PgStore, offices: Office[], month: string | undefined, now: number): AsyncGenerator<CaseFacts> {
  const sops = new Map<string, Sop | null>();
  for (const office of offices) {
    for await (const one of store.casesForExport(office.id, month === undefined ? {} : { month })) {
      const { id, version } = one.sop;
      const key = `${id}@${version}`;
      if (!sops.has(key)) sops.set(key, await store.transaction((tx) => tx.sop(id, version)));
      const sop = sops.get(key);
      if (!sop) throw new Error(`SOP ${key} tidak ada di database`);
      yield { case: one, sop, office, now };
    }
  }
}

/** The fields of a case, and beside them the register's own columns. One case a line. */
async function* asJson(store: PgStore, cases: AsyncIterable<CaseFacts>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const facts of cases) {
    const { case: c, sop, office, now } = facts;
    const events = eventsJson(await store.eventsOf(c.id), office);
    yield `${before}${JSON.stringify({ ...registerRow(c, sop, office, now), ...caseJson(facts), events })}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* asCsv(cases: AsyncIterable<CaseFacts>): AsyncGenerator<string> {
  const head = toCsv(REGISTER_COLUMNS, []);
  yield head;
  for await (const { case: c, sop, office, now } of cases)
    yield toCsv(REGISTER_COLUMNS, [registerRow(c, sop, office, now)]).slice(head.length);
}
