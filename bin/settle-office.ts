// What a changed office asks for after its commit: who has become a deputy, or is one no longer, hears of it, and every open case is looked at
// again. Begun anew after a kill: then somebody may be told twice, but nobody never.
import { settleDeputies } from '../bots/deputies.ts';
import { reseat } from '../bots/reseat.ts';
import type { PgStore } from '../db/store.ts';
import type { Instant } from '../src/time.ts';

/** Every office that still asks for it; of the cases of each, how many deadlines have moved. */
export async function settleOffices(store: PgStore, now: Instant): Promise<Map<string, number>> {
  const moved = new Map<string, number>();
  for (const unsettled of await store.unsettled()) {
    const { office, before } = unsettled;
    await settleDeputies(store, before, office, now);
    moved.set(office, (await reseat({ store, clock: { now: () => now } }, office, true)).moved);
    await store.settled(unsettled);
  }
  return moved;
}
