// An office's own timer is due: judged again under its lock, so that two processes ring it once.
import type { OfficeMatter } from '../src/office/clock.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import type { OfficeHandler } from './office-handler.ts';
import { officeHandlers } from './office-matters.ts';

export interface OfficeClockDeps {
  store: Pick<Store, 'transaction'>;
  clock: Clock;
  /** What is done for each matter. All of the program's when absent. */
  handlers?: Partial<Record<OfficeMatter, OfficeHandler>>;
}

/** One transaction: the matter's work, and when it wants to be woken again. */
export async function ring(deps: OfficeClockDeps, officeId: string, what: OfficeMatter): Promise<void> {
  const { store, clock, handlers = officeHandlers } = deps;
  const handler = handlers[what];
  // Another version of the program wants it, and will ring it.
  if (!handler) return;
  await store.transaction(async (tx) => {
    const timer = await tx.lockOfficeTimer(officeId, what);
    const now = clock.now();
    if (!timer || timer.at > now) return;
    const office = await tx.office(officeId);
    const next = office && (await handler(tx, office, timer, now));
    if (next === null) await tx.clearOfficeTimer(officeId, what);
    else await tx.setOfficeTimer(officeId, what, next, { since: now, replace: true });
  });
}
