// `alur case sheet NUMBER --out FILE.pdf`: the approval sheet of one case.
import { join } from 'node:path';
import type { PgStore } from '../../db/store.ts';
import { openVault } from '../../db/vault.ts';
import { paperPdf } from '../../documents/pdf.ts';
import { type Sheet, sheetOf } from '../../src/sheet/sheet.ts';
import { withStore } from '../database.ts';
import { findCase } from '../find-case.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE } from '../io.ts';
import { sheetPaper } from '../papers/sheet-paper.ts';
import { thumbnails } from '../papers/thumbnails.ts';
import { settingsFor } from '../settings-for.ts';
import { writeWhole } from '../write-file.ts';

export interface SheetOptions {
  out: string;
  office?: string;
}

const NOT_YET = 'Lembar persetujuan baru ada setelah konten diserahkan dan mendapat nomor register.';

export async function caseSheet(context: Context, number: string, options: SheetOptions): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const read = await withStore(settings, (store) => readSheet(store, number, options.office));
  if (!read.ok) return refused(context, read.reason);
  const { sheet } = read;
  const vault = await openVault(join(settings.dataDir, 'vault'));
  const pdf = await paperPdf(sheetPaper(sheet, await thumbnails(vault, sheet.files)));
  const written = await writeWhole(options.out, parts(pdf));
  if (!written.ok) return refused(context, written.reason);
  if (context.json)
    printJson(context, { number: sheet.number, revision: sheet.revision, hash: sheet.hash, bytes: pdf.length, out: options.out });
  else context.err(`Lembar persetujuan ${sheet.number} ditulis ke ${options.out}.\n`);
  return DONE;
}

type Read = { ok: true; sheet: Sheet } | { ok: false; reason: string };

async function readSheet(store: PgStore, number: string, office: string | undefined): Promise<Read> {
  const found = await findCase(store, number, office);
  if (!found.ok) return { ok: false, reason: `${found.reason}\n${NOT_YET}` };
  const { case: c, sop, office: of } = found.read;
  const sheet = sheetOf(c, sop, of, await store.eventsOf(c.id));
  return sheet ? { ok: true, sheet } : { ok: false, reason: NOT_YET };
}

async function* parts(...bytes: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bytes;
}
