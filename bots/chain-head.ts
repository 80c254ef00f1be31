// The day's end of the history, told to people outside the database: who cuts off the chain's tail and mends its head cannot mend their phones.
import { nextClosing } from '../src/calendar/closing.ts';
import type { Outgoing } from '../src/case/outgoing.ts';
import type { Office } from '../src/office/office.ts';
import type { Store } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';
import type { OfficeHandler } from './office-handler.ts';

/** Of 64: enough that nobody makes another history that ends so, short enough to be read out. */
const HASH_SHOWN = 16;

/** At each closing, when something has happened since the last time. */
export const ringChainHead: OfficeHandler = async (tx, office, _timer, now) => {
  const head = await tx.takeChainHead(office.id);
  if (head) {
    const { id, name, timezone, supervisors } = office;
    const notice = { notice: 'chain-head', office: name, seq: head.seq, hash: head.hash.slice(0, HASH_SHOWN), at: now, timezone } as const;
    const told = [...new Set(supervisors.flat())].map((person): Outgoing => ({ out: 'say', to: { person }, notice }));
    await tx.send(id, told, now);
  }
  return nextClosing(office, now);
};

/** It is rung from now on, each working day. */
export async function armChainHead(store: Pick<Store, 'transaction'>, office: Office, now: Instant): Promise<void> {
  await store.transaction((tx) => tx.setOfficeTimer(office.id, 'chain-head', nextClosing(office, now), { since: now }));
}
