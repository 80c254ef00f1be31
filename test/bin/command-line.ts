// Runs one command line inside the test, with an environment of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runCommandLine } from '../../bin/program.ts';
import type { Environment } from '../../bin/settings.ts';

export interface Ran {
  exit: number;
  out: string;
  err: string;
}

/** `env` replaces the whole environment. */
export async function alur(args: string[], env: Environment = {}, now = Date.parse('2026-11-20T02:00:00Z')): Promise<Ran> {
  const ran: Ran = { exit: -1, out: '', err: '' };
  const out = (text: string) => {
    ran.out += text;
  };
  const err = (text: string) => {
    ran.err += text;
  };
  ran.exit = await runCommandLine(args, { env, out, err, now: () => now });
  return ran;
}

/** A folder for the files of one test file. */
export function scratchFolder(): { path: string; file(name: string, text: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'alur-bin-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    file: (name, text) => {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
  };
}

export const OFFICE = `office:
  id: dinas-contoh
  name: Dinas Contoh
  timezone: Asia/Makassar
  register: "{number:4}/REG-KONTEN/CONTOH/{roman_month}/{year}"
sops: [kalteng-disdagperin-upload-medsos]
supervisors: [rahmat]
people:
  - { id: sari, name: Sari Dewi, roles: [tim_pelaksana], telegram: 1001 }
  - { id: budi, name: Budi Santoso, roles: [tim_pertimbangan] }
  - { id: kartika, name: Kartika, roles: [ketua_ppid_pembantu], telegram: 1003 }
  - { id: rahmat, name: Rahmat, roles: [atasan_ppid_pembantu, tim_pertimbangan] }
  - { id: maya, name: Maya, roles: [admin_medsos], telegram: 1005 }
`;
