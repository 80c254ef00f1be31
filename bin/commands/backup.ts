// `alur backup`: everything that is remembered, in one file.
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Manifest } from '../../db/backup/manifest.ts';
import { CannotSave, snapshot } from '../../db/backup/snapshot.ts';
import { openVault } from '../../db/vault.ts';
import { withDatabase } from '../database.ts';
import { type Context, DONE, type Exit, printJson, REFUSED, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { settingsFor } from '../settings-for.ts';
import { writeWhole } from '../write-file.ts';

/** Personal data and the key of the buttons are in it. */
const OWNER_ONLY = 0o600;
/** Photos and videos do not get smaller; the tables do at any level. */
const GZIP_LEVEL = 1;

export async function backup(context: Context, { out }: { out: string }): Promise<Exit> {
  const compressed = out.endsWith('.gz');
  if (!/\.tar(?:\.gz)?$/.test(out)) return wrongUsage(context, `--out "${out}": isi nama berkas yang berakhir .tar atau .tar.gz`);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  let manifest: Manifest | null = null;
  try {
    const written = await withDatabase(settings, async (url) => {
      const vault = await openVault(join(settings.dataDir, 'vault'));
      const done = (made: Manifest): void => {
        manifest = made;
      };
      const plain = snapshot({ url, vault, done });
      const stream = compressed ? pipeline(Readable.from(plain), createGzip({ level: GZIP_LEVEL }), () => undefined) : plain;
      return writeWhole(out, stream as AsyncIterable<Uint8Array>, OWNER_ONLY);
    });
    if (!written.ok) return refused(context, written.reason);
  } catch (error) {
    if (error instanceof CannotSave) return refused(context, error.message);
    throw error;
  }
  return manifest === null ? refused(context, 'Cadangan tidak selesai.') : told(context, out, manifest);
}

function told(context: Context, out: string, manifest: Manifest): Exit {
  const whole = manifest.missing.length === 0;
  if (context.json) printJson(context, { ok: whole, file: out, ...summaryOf(manifest), missing: manifest.missing });
  else {
    const { rows, files, left_out } = summaryOf(manifest);
    context.out(`Cadangan ditulis ke ${out}: ${rows} baris dari ${manifest.tables.length} tabel, ${files} berkas.\n`);
    context.out('Berisi data pribadi dan kunci tombol: simpan di tempat yang tidak dapat dibaca orang lain.\n');
    if (left_out.length > 0)
      context.out('Tautan WhatsApp tidak ikut dicadangkan; setelah pemulihan, tautkan lagi dengan `whatsapp pair`.\n');
  }
  if (whole) return DONE;
  context.err(
    `${manifest.missing.length} berkas yang disebut database tidak ada atau rusak di folder vault:\n${manifest.missing.join('\n')}\n`,
  );
  return REFUSED;
}

/** What a program wants to know of a back-up, whether it was made or put back. */
export function summaryOf({ at, migrations, tables, chains, files, leftOut }: Manifest) {
  return {
    at,
    schema: migrations.length,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    tables: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
    chains,
    files: files.length,
    left_out: leftOut,
  };
}
