// Somebody who did something in a case, as he is named on paper.
import type { Acting } from '../office/deputies.ts';
import { type Capacity, type Office, type PersonId, personOf } from '../office/office.ts';

export interface Signatory {
  /** By his id when he is gone from the office file. */
  name: string;
  nip: string | null;
  position: string | null;
  /** The role he acted in, as the SOP calls it; `null` where it is not known. */
  role: string | null;
  capacity: Capacity | null;
  /** The name of the one in whose stead he acted; `null` for a role that nobody holds as well. */
  onBehalfOf: string | null;
}

export function nameOf(office: Office, id: PersonId): string {
  return personOf(office, id)?.name ?? id;
}

export function signatory(office: Office, id: PersonId, role: string | null, acting: Partial<Acting> = {}): Signatory {
  const person = personOf(office, id);
  return {
    name: nameOf(office, id),
    nip: person?.nip ?? null,
    position: person?.position ?? null,
    role,
    capacity: acting.capacity ?? null,
    onBehalfOf: acting.onBehalfOf ? nameOf(office, acting.onBehalfOf) : null,
  };
}
