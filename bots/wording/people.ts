// How people and their roles are called.

import { readable } from './terms.ts';
import { listed, type Piece, said } from './text.ts';

export function roleName(role: string): Piece {
  return said(readable(role), 100);
}

/** "Kartika (Ketua PPID Pembantu)" */
export function personInRole(person: string, role: string, onBehalfOf: string | null = null): Piece {
  return [said(person, 80), ' (', roleName(role), onBehalfOf === null ? null : [', atas nama ', said(onBehalfOf, 80)], ')'];
}

const HOLDERS_SHOWN = 5;

/** "Budi, Sari dan Maya"; `null` when there is nobody. */
export function peopleList(names: readonly string[]): Piece {
  if (names.length === 0) return null;
  const shown = names.slice(0, HOLDERS_SHOWN).map((name): Piece => said(name, 60));
  const more = names.length - shown.length;
  return listed(more > 0 ? [...shown, `${more} lainnya`] : shown);
}

export function rolesList(roles: readonly string[]): Piece {
  return listed(roles.slice(0, 8).map((role) => roleName(role)));
}
