// What a run leaves behind, for those who judge it.
import type { Office } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import type { Corridor } from '../support/corridor.ts';

export interface Ran {
  corridor: Corridor;
  sops: Sop[];
  /** The office as it was when this row of the history was written. */
  officeAt(row: number): Office;
}

/** What does not hold, in sentences; none when all is well. */
export type Check = (ran: Ran) => string[];
