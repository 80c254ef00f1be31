// Which of the SOP's qualifications have been ticked for whoever holds one of its roles: a list that is kept, never a gate.
import type { Sop } from '../sop/sop.ts';
import type { Office, Person } from './office.ts';

export interface Qualified {
  sop: string;
  person: Person;
  /** Labels of his roles in this SOP, in its order. */
  roles: string[];
  /** As the SOP numbers them, from 1. */
  met: number[];
  open: { number: number; text: string }[];
  /** Nothing has been ticked or left open on purpose: the list was never gone through. */
  noted: boolean;
}

/** In the order of the SOPs, then of the people; SOPs that ask for none are left out. */
export function qualificationsOf(office: Office, sops: Sop[]): Qualified[] {
  return sops
    .filter(({ qualifications }) => qualifications.length > 0)
    .flatMap((sop) => {
      const needed = [...new Set(sop.steps.map(({ role }) => role))];
      return office.people.flatMap((person): Qualified[] => {
        const roles = needed.filter((role) => person.roles.includes(role)).map((role) => sop.roles[role] ?? role);
        if (roles.length === 0) return [];
        const ticked = person.qualifications?.[sop.id];
        const met = (ticked ?? []).toSorted((a, b) => a - b);
        const open = sop.qualifications.map((text, i) => ({ number: i + 1, text })).filter(({ number }) => !met.includes(number));
        return [{ sop: sop.id, person, roles, met, open, noted: ticked !== undefined }];
      });
    });
}
