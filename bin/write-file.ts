// Writes a file as a whole or not at all: a reader never sees half of it.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

const WHY: Record<string, string> = {
  ENOENT: 'foldernya tidak ada',
  ENOTDIR: 'foldernya tidak ada',
  EACCES: 'tidak boleh ditulisi',
  EPERM: 'tidak boleh ditulisi',
  EROFS: 'tidak boleh ditulisi',
  EISDIR: 'itu folder',
  ENOSPC: 'ruang penyimpanan habis',
};

/** `mode`: who may read it. */
export async function writeWhole(
  path: string,
  content: AsyncIterable<string | Uint8Array>,
  mode = 0o644,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const target = resolve(path);
  // In the same folder: a rename across file systems would be a copy.
  const half = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    const file = await open(half, 'wx', mode);
    try {
      for await (const part of content) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, target);
    return { ok: true };
  } catch (error) {
    await rm(half, { force: true });
    const why = error instanceof Error && 'code' in error ? WHY[String(error.code)] : undefined;
    // Anything else went wrong with what was to be written.
    if (why === undefined) throw error;
    return { ok: false, reason: `Berkas "${path}" tidak dapat ditulis: ${why}.` };
  }
}
