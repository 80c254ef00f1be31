// The shape of what is done when an office is woken.
import type { OfficeTimer } from '../src/office/clock.ts';
import type { Office } from '../src/office/office.ts';
import type { Tx } from '../src/ports/store.ts';
import type { Instant } from '../src/time.ts';

/**
 * The work of one ring, within its transaction. Cases are locked in the order of their ids.
 *
 * @returns when it wants to be woken again, `null`: never. `now`: at once, in another transaction, because there is more to do.
 * What it sets for its own matter meanwhile is overwritten by this.
 */
export type OfficeHandler = (tx: Tx, office: Office, timer: OfficeTimer, now: Instant) => Promise<Instant | null>;
