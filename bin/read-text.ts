// Reads a file that somebody named on the command line: its text, or the reason in Indonesian why there is none.
import { readFileSync, statSync } from 'node:fs';

/** Far above any office or SOP file, far below what would hurt. */
const BYTES_MAX = 2_000_000;

export type TextFile = { ok: true; text: string } | { ok: false; reason: string };

export function readText(path: string): TextFile {
  try {
    const { size } = statSync(path);
    if (size > BYTES_MAX) return { ok: false, reason: `Berkas "${path}" terlalu besar (${size} bita, paling banyak ${BYTES_MAX}).` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return { ok: true, text };
  } catch (error) {
    return { ok: false, reason: reasonOf(error, path) };
  }
}

function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `Berkas "${path}" tidak ditemukan.`;
  if (code === 'EISDIR') return `"${path}" adalah folder, bukan berkas.`;
  if (code === 'EACCES') return `Berkas "${path}" tidak boleh dibaca oleh pengguna ini.`;
  if (error instanceof TypeError) return `Berkas "${path}" bukan teks UTF-8.`;
  return `Berkas "${path}" tidak dapat dibaca (${String(code ?? error)}).`;
}
