// `alur restore`: a back-up put back, all of it or nothing.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { restore, type Unrestored } from '../../db/backup/restore.ts';
import { openVault } from '../../db/vault.ts';
import { withDatabase } from '../database.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { settingsFor } from '../settings-for.ts';
import { summaryOf } from './backup.ts';

export async function restoreFrom(context: Context, path: string, { replace = false }: { replace?: boolean }): Promise<Exit> {
  if (!existsSync(path) || !statSync(path).isFile()) return wrongUsage(context, `Berkas "${path}" tidak ditemukan.`);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const restored = await withDatabase(settings, async (url) => {
    const vault = await openVault(join(settings.dataDir, 'vault'));
    return restore(path, { url, vault, replace });
  });
  if (!restored.ok) {
    if (context.json) printJson(context, restored);
    return refused(context, `Tidak dipulihkan: ${reasonOf(restored)} Tidak ada yang berubah di database.`);
  }
  const { manifest } = restored;
  const { rows, files, at, left_out } = summaryOf(manifest);
  if (context.json) printJson(context, { ok: true, ...summaryOf(manifest), missing: manifest.missing });
  else {
    context.out(`Dipulihkan, keadaan pada ${at}: ${rows} baris, ${files} berkas. Jumlah, rantai riwayat, dan berkas cocok.\n`);
    context.out('Yang diterima setelah saat itu tidak ada di sini. Mulai layanan, lalu periksa dengan `doctor`.\n');
    if (left_out.length > 0) context.out('Tautan WhatsApp tidak ikut dipulihkan: tautkan lagi dengan `whatsapp pair`.\n');
    if (manifest.missing.length > 0) context.out(`${manifest.missing.length} berkas sudah tidak ada saat cadangan dibuat.\n`);
  }
  return DONE;
}

function reasonOf(why: Unrestored): string {
  switch (why.refused) {
    case 'damaged':
      return `berkas cadangan rusak, terpotong, atau bukan cadangan Alur (${why.why}).`;
    case 'newer':
      return 'cadangan dibuat oleh Alur versi lain yang lebih baru. Pakai versi itu atau yang lebih baru.';
    case 'in-use':
      return 'layanan atau perintah lain sedang memakai database ini. Hentikan dahulu.';
    case 'not-empty':
      return 'database tidak kosong. Pakai database kosong, atau --replace untuk membuang isinya.';
    case 'different':
      return `isi yang dipulihkan tidak cocok dengan catatan cadangan (${why.what}).`;
  }
}
