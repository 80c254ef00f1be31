// A timer is due: a command like any other, judged again under the lock of its case.
import type { DecideFacts } from '../src/case/ruling.ts';
import { heldTimers } from '../src/case/timers.ts';
import { timersOf, turn } from '../src/case/turn.ts';
import { officeTimerOf } from '../src/office/clock.ts';
import type { Clock } from '../src/ports/ambient.ts';
import type { Store } from '../src/ports/store.ts';
import { wakeLater } from './catch-up.ts';
import { ring } from './office-clock.ts';

export interface WakeDeps {
  store: Store;
  clock: Clock;
}

/** Order of locks: case, then timer, as every turn that changes a case takes them. */
export async function wake({ store, clock }: WakeDeps, timerId: string): Promise<void> {
  const ofOffice = officeTimerOf(timerId);
  if (ofOffice) return ring({ store, clock }, ofOffice.office, ofOffice.what);
  await store.transaction(async (tx) => {
    const timer = await tx.lockTimer(timerId);
    if (!timer) return;
    const now = clock.now();
    if (timer.at > now) return;
    const c = await tx.lockCase(timer.case);
    const office = c && (await tx.office(c.office));
    const sop = c && (await tx.sop(c.sop.id, c.sop.version));
    if (!c || !office || !sop) return;
    const facts: DecideFacts = { now, office, sop, serial: 0 };
    const held = heldTimers(c, timer, facts);
    if (held) return tx.saveCase(c, c, [], held);
    const { step, round, rung, due } = timer;
    const turned = turn(c, { type: 'time-passed', step, round, rung, due }, facts);
    if (!turned.ok || !turned.after) return;
    await tx.saveCase(c, turned.after, turned.events, timersOf(turned.after, facts));
    await tx.send(office.id, turned.outgoing, now);
    await wakeLater(tx, { case: turned.after, sop }, turned.events, office, now);
  });
}
