// Somebody who did something, as he is named to others.
import type { Capacity } from '../office/office.ts';

/** By their names: the person, his role as the SOP calls it, and for a deputy in whose stead he acted (`null`: nobody holds the role). */
export interface Doer {
  role: string;
  person: string;
  capacity?: Capacity;
  onBehalfOf?: string | null;
}
