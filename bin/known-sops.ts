// Every SOP that can be named on the command line: those beside the program, and those that offices have applied, whether the service
// runs or not. No database is made only to look.

import { didYouMean } from '../src/sop/fault.ts';
import type { Sop } from '../src/sop/sop.ts';
import { withStoreIfAny } from './database.ts';
import { type Context, type Exit, REFUSED } from './io.ts';
import { readSettings } from './settings.ts';
import { bundledSops } from './sops.ts';

export interface KnownSop {
  sop: Sop;
  /** Ids of the offices that use it. */
  offices: string[];
}

export async function knownSops(context: Context): Promise<KnownSop[]> {
  const known = new Map<string, KnownSop>(bundledSops().map((sop) => [sop.id, { sop, offices: [] }]));
  const read = readSettings(context.env);
  if (!read.ok) return [...known.values()];
  const used = await withStoreIfAny(read.settings, async (store) => {
    const offices = await store.offices();
    return Promise.all(offices.map(async (office) => ({ office: office.id, sops: await store.transaction((tx) => tx.sopsOf(office.id)) })));
  });
  for (const { office, sops } of used ?? []) {
    for (const sop of sops) {
      const entry = known.get(sop.id) ?? { sop, offices: [] };
      known.set(sop.id, { sop, offices: [...entry.offices, office] });
    }
  }
  return [...known.values()];
}

/** The SOP of this id, or the end of the command. */
export async function sopNamed(context: Context, id: string): Promise<Sop | Exit> {
  const bundled = bundledSops().find((sop) => sop.id === id);
  if (bundled) return bundled;
  const known = await knownSops(context);
  const found = known.find(({ sop }) => sop.id === id);
  if (found) return found.sop;
  const ids = known.map(({ sop }) => sop.id);
  context.err(`SOP "${id}" tidak dikenal.${didYouMean(id, ids)} Lihat \`sop list\`.\n`);
  return REFUSED;
}
