// Writes a file as a whole or not at all: a reader never sees half of it.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

export async function writeWhole(path: string, text: string): Promise<{ ok: true } | { ok: false; reason: string }> {
  const target = resolve(path);
  // In the same folder: a rename across file systems would be a copy.
  const half = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    const file = await open(half, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, target);
    return { ok: true };
  } catch (error) {
    await rm(half, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why =
      code === 'ENOENT' ? 'foldernya tidak ada' : code === 'EACCES' ? 'tidak boleh ditulisi' : code === 'EISDIR' ? 'itu folder' : code;
    return { ok: false, reason: `Berkas "${path}" tidak dapat ditulis: ${why}.` };
  }
}
