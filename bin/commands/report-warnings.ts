// `alur report warnings`: what each SOP warns of, how often it came to that, and how long ago each channel was last fed.
import type { PgStore } from '../../db/store.ts';
import type { Case } from '../../src/case/case.ts';
import type { Column } from '../../src/register/column.ts';
import { toCsv } from '../../src/register/csv.ts';
import { WARNED_COLUMNS, type WarnedRow, warnedOf } from '../../src/register/warned.ts';
import type { Instant } from '../../src/time.ts';
import { officeNow, withStore } from '../database.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export interface WarningsOptions {
  format: 'json' | 'csv';
  office?: string;
}

type Row = { office: string } & WarnedRow;
const COLUMNS: Column<keyof Row>[] = [{ key: 'office', title: 'Instansi' }, ...WARNED_COLUMNS];

/** Only what the figures need is held: times and channels, not the content. */
function lightened(c: Case): Case {
  return { ...c, content: { ...c.content, caption: null, narrative: null, media: [] }, revisions: [], decisions: [], told: [] };
}

async function rowsOf(store: PgStore, only: string | undefined, now: Instant): Promise<Row[] | null> {
  const offices = (await store.offices()).filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && offices.length === 0) return null;
  const rows: Row[] = [];
  for (const office of offices) {
    const cases: Case[] = [];
    for await (const c of store.casesForExport(office.id)) cases.push(lightened(c));
    const sops = await store.transaction((tx) => tx.sopsOf(office.id));
    rows.push(...warnedOf(cases, sops, office, now).map((row) => ({ office: office.id, ...row })));
  }
  return rows;
}

export async function reportWarnings(context: Context, options: WarningsOptions): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const rows = await withStore(settings, async (store) => rowsOf(store, options.office, await officeNow(store, settings, context.now())));
  if (!rows) return refused(context, `Instansi "${options.office}" tidak dikenal.`);
  context.out(options.format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : toCsv(COLUMNS, rows));
  return DONE;
}
