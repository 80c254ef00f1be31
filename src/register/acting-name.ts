// How somebody is named who acted for another.
import { personName } from '../case/facts.ts';
import { type Acting, CAPACITY_TITLE } from '../office/deputies.ts';
import type { Office, PersonId } from '../office/office.ts';

/** "Budi", "Budi (Plh., a.n. Kartika)", "Budi (Plt.)"; who is gone from the office file is named by his id. */
export function actingName(office: Office, person: PersonId, { capacity, onBehalfOf }: Partial<Acting>): string {
  const how = [
    ...(capacity === undefined ? [] : [CAPACITY_TITLE[capacity]]),
    ...(onBehalfOf ? [`a.n. ${personName(office, onBehalfOf)}`] : []),
  ];
  return how.length === 0 ? personName(office, person) : `${personName(office, person)} (${how.join(', ')})`;
}
