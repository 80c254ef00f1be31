// The SOPs that come with Alur: the files in sops/ beside the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSop } from '../src/sop/read.ts';
import type { Sop } from '../src/sop/sop.ts';

const FOLDER = fileURLToPath(new URL('../sops', import.meta.url));

/** In order of their ids. Throws when one of them is broken: they are part of the program. */
export function bundledSops(): Sop[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const sops = files.map((name) => {
    const reading = readSop(readFileSync(join(FOLDER, name), 'utf8'));
    if (!reading.ok) throw new Error(`sops/${name}: ${reading.faults.map((fault) => `${fault.line}: ${fault.message}`).join(' ')}`);
    return reading.sop;
  });
  return sops.sort((a, b) => (a.id < b.id ? -1 : 1));
}
