// Holds an office against the SOPs that it runs: roles that no SOP knows, and roles that nobody holds.
import { didYouMean, type Fault, type Finding } from '../sop/fault.ts';
import type { Sop } from '../sop/sop.ts';
import { inOrder, type Locate, placed } from '../sop/yaml-document.ts';
import type { Office } from './office.ts';

export interface OfficeCheck {
  faults: Fault[];
  /** Nothing is refused for these, but a case would wait for nobody. */
  warnings: Fault[];
}

/** Ticks for an SOP that the office does not run, or for a line that the SOP does not have. */
function unknownNumbers(id: string, numbers: number[], sops: Sop[], path: (string | number)[]): Finding[] {
  const sop = sops.find((one) => one.id === id);
  if (sop === undefined) {
    const known = sops.map((one) => one.id);
    return [{ path, message: `SOP "${id}" tidak dijalankan kantor ini; hapus, atau perbaiki namanya.${didYouMean(id, known)}` }];
  }
  const last = sop.qualifications.length;
  const beyond = numbers.find((number) => number > last);
  if (beyond === undefined) return [];
  return [{ path, message: `kualifikasi nomor ${beyond} tidak ada; SOP ${id} memuat ${last} kualifikasi.` }];
}

/** `locate` is the reading's own; without it everything stands on line 1. */
export function checkOffice(office: Office, sops: Sop[], locate: Locate = () => ({ line: 1, column: 1 })): OfficeCheck {
  const known = [...new Set(sops.flatMap(({ roles }) => Object.keys(roles)))];
  const unknown = (role: string, path: (string | number)[]): Finding[] => {
    if (known.includes(role)) return [];
    return [{ path, message: `peran "${role}" tidak ada di SOP mana pun milik kantor ini; perbaiki namanya.${didYouMean(role, known)}` }];
  };
  const faults = [
    ...office.people.flatMap(({ roles }, i) => roles.flatMap((role, j) => unknown(role, ['people', i, 'roles', j]))),
    ...(office.deputies ?? []).flatMap(({ roles }, i) => roles.flatMap((role, j) => unknown(role, ['deputies', i, 'roles', j]))),
    ...office.groups.flatMap(({ role }, i) => unknown(role, ['groups', i, 'role'])),
    ...office.people.flatMap(({ qualifications = {} }, i) =>
      Object.entries(qualifications).flatMap(([id, numbers]) => unknownNumbers(id, numbers, sops, ['people', i, 'qualifications', id])),
    ),
  ];
  const held = new Set([...office.people, ...(office.deputies ?? [])].flatMap(({ roles }) => roles));
  const warnings = sops.flatMap((sop) => {
    const needed = [...new Set(sop.steps.map(({ role }) => role))];
    return needed
      .filter((role) => !held.has(role))
      .map((role) => ({
        path: ['people'],
        message: `peran "${role}" (${sop.roles[role]}) dari SOP ${sop.id} belum dipegang siapa pun; beri kepada seseorang.`,
      }));
  });
  return { faults: inOrder(placed(faults, locate)), warnings: inOrder(placed(warnings, locate)) };
}
