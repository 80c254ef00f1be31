// Lays bytes into a folder and has them looked into, as the vault does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileKind } from '../../queues/file-kind.ts';
import { type Looker, type LookerOptions, openLooker } from '../../queues/look/looker.ts';
import type { HostileFile } from './hostile-files.ts';

export interface Looking {
  looker: Looker;
  /** Why a process that looked was ended, in order. */
  deaths: string[];
  /** Writes the bytes under this name and gives the place. */
  lay(name: string, bytes: Buffer | string): string;
  kindOf(bytes: Buffer): Promise<FileKind | 'damaged' | null>;
  close(): Promise<void>;
}

export function startLooking(options: Omit<LookerOptions, 'log'> = {}): Looking {
  const folder = mkdtempSync(join(tmpdir(), 'alur-look-'));
  const deaths: string[] = [];
  const warn = (fields: object): void => void deaths.push('died' in fields ? String(fields.died) : '?');
  const looker = openLooker({ ...options, log: { warn } });
  const lay = (name: string, bytes: Buffer | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  return {
    looker,
    deaths,
    lay,
    kindOf: (bytes) => looker.kind(lay('foto.jpg', bytes)),
    async close() {
      await looker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How it ended, or what is wrong with that. */
export async function ending(looking: Looking, file: HostileFile): Promise<{ ended: string } | { wrong: string }> {
  const kind = await looking.kindOf(file.bytes);
  const ended = kind === null ? 'refused' : kind === 'damaged' ? kind : kind.kind;
  const right = file.ends === null || file.ends === ended;
  return right ? { ended } : { wrong: `${file.trick}: ${ended} instead of ${file.ends}` };
}
