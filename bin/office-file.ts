// Loads an office file with everything it names: its own SOP files stand beside it.
import { dirname, resolve } from 'node:path';
import { checkOffice } from '../src/office/check.ts';
import type { Office } from '../src/office/office.ts';
import { readOffice } from '../src/office/read.ts';
import type { Fault } from '../src/sop/fault.ts';
import { readSop } from '../src/sop/read.ts';
import type { Sop } from '../src/sop/sop.ts';
import { readText } from './read-text.ts';
import { bundledSops } from './sops.ts';

/** A fault with the file it stands in: the office file or one of its SOP files. */
export interface FileFault extends Fault {
  file: string;
}

export type LoadedOffice =
  | { ok: true; office: Office; sops: Sop[]; warnings: FileFault[] }
  /** The file itself cannot be read. */
  | { ok: false; reason: string }
  | { ok: false; faults: FileFault[] };

/** The office with the SOPs that it runs, in the order of `office.sops`; or every fault of every file at once. */
export function loadOffice(path: string): LoadedOffice {
  const file = readText(path);
  if (!file.ok) return file;
  const bundled = bundledSops();
  const reading = readOffice(file.text, { sopIds: bundled.map(({ id }) => id) });
  const within = (name: string) => (fault: Fault) => ({ ...fault, file: name });
  if (!reading.ok) return { ok: false, faults: reading.faults.map(within(path)) };
  const own = ownSops(path, file.text, reading.sopFiles, reading.office.sops);
  if (own.faults.length > 0) return { ok: false, faults: own.faults };
  const office: Office = { ...reading.office, sops: [...reading.office.sops, ...own.sops.map(({ id }) => id)] };
  const sops = [...reading.office.sops.flatMap((id) => bundled.find((sop) => sop.id === id) ?? []), ...own.sops];
  const check = checkOffice(office, sops, reading.locate);
  if (check.faults.length > 0) return { ok: false, faults: check.faults.map(within(path)) };
  return { ok: true, office, sops, warnings: check.warnings.map(within(path)) };
}

/** The office's own SOP files, relative to the office file. */
function ownSops(officePath: string, officeText: string, names: string[], taken: string[]): { sops: Sop[]; faults: FileFault[] } {
  const sops: Sop[] = [];
  const faults: FileFault[] = [];
  for (const name of names) {
    const fault = (message: string) => faults.push({ ...placeOf(officeText, name), path: 'sops', message, file: officePath });
    const path = resolve(dirname(officePath), name);
    const file = readText(path);
    if (!file.ok) {
      fault(file.reason);
      continue;
    }
    const reading = readSop(file.text);
    if (!reading.ok) faults.push(...reading.faults.map((one) => ({ ...one, file: name })));
    else if ([...taken, ...sops.map(({ id }) => id)].includes(reading.sop.id))
      fault(`SOP "${reading.sop.id}" disebut dua kali; hapus salah satu.`);
    else sops.push(reading.sop);
  }
  return { sops, faults };
}

/** Where the file names the SOP file. */
function placeOf(text: string, name: string): { line: number; column: number } {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.includes(name));
  return index < 0 ? { line: 1, column: 1 } : { line: index + 1, column: (lines[index] ?? '').indexOf(name) + 1 };
}
