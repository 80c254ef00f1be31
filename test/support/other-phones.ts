// The phones of the sample offices that run the other SOPs, and what the rules say of their newest case.
import { readFileSync } from 'node:fs';
import type { Command } from '../../src/case/command.ts';
import { decide } from '../../src/case/decide.ts';
import type { Office } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { Phones } from './phones.ts';
import { sopNamed } from './sample-office.ts';

export function officeNamed(file: string, sop: string): Office {
  const text = readFileSync(new URL(`../../offices/${file}.yaml`, import.meta.url), 'utf8');
  const reading = readOffice(text, { sopIds: [sop] });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.office;
}

export class OtherPhones extends Phones {
  readonly office: Office;
  readonly sop: Sop;

  constructor(file: string, sop: string, change: { office?: (office: Office) => Office; sop?: (sop: Sop) => Sop } = {}) {
    const office = (change.office ?? ((same) => same))(officeNamed(file, sop));
    const changed = (change.sop ?? ((same) => same))(sopNamed(sop));
    super(office, [changed]);
    this.office = office;
    this.sop = changed;
  }

  /** How the rules refuse it, or the types of the events it gives. */
  rule(command: Command): string | string[] {
    const ruling = decide(this.case, command, { now: this.now, office: this.office, sop: this.sop, serial: 1 });
    return ruling.ok ? ruling.events.map(({ type }) => type) : ruling.refusal.refused;
  }

  get seen(): { step: string; round: number; revision: number } {
    const { state, revisions } = this.case;
    if (!('step' in state)) throw new Error(state.status);
    return { step: state.step, round: state.round, revision: revisions.length };
  }
}

export function dishub(change: ConstructorParameters<typeof OtherPhones>[2] = {}): OtherPhones {
  return new OtherPhones('dishub-contoh', 'kalbar-dishub-penayangan', change);
}

export function diskominfo(change: ConstructorParameters<typeof OtherPhones>[2] = {}): OtherPhones {
  return new OtherPhones('diskominfo-contoh', 'kalbar-diskominfo-pengumuman', change);
}

export function ppid(): OtherPhones {
  return new OtherPhones('ppid-contoh', 'kalteng-disdagperin-pengumuman');
}
