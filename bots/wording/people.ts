// How people and their roles are called.

import type { Doer } from '../../src/case/doer.ts';
import { CAPACITY_TITLE } from '../../src/office/deputies.ts';
import { readable } from './terms.ts';
import { listed, type Piece, said } from './text.ts';

export function roleName(role: string): Piece {
  return said(readable(role), 100);
}

/** "Kartika (Ketua PPID Pembantu)", "Maya (Plh. Ketua PPID Pembantu, a.n. Kartika)" */
export function personInRole({ person, role, capacity, onBehalfOf = null }: Doer): Piece {
  const title = capacity === undefined ? null : `${CAPACITY_TITLE[capacity]} `;
  return [said(person, 80), ' (', title, roleName(role), onBehalfOf === null ? null : [', a.n. ', said(onBehalfOf, 80)], ')'];
}

/** The name alone; whoever acted as a deputy is named as one. */
export function doerName(doer: Doer): Piece {
  return doer.capacity === undefined ? said(doer.person, 80) : personInRole(doer);
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
