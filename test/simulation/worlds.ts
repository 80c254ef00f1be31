// The five SOPs that come with Alur, each in its sample office with more people: somebody who does two things, a second holder, a group, who
// may come, go and stand in. The seed chooses: every other run is the SOP of five steps, the rest take turns.
import type { Chat, Deputy, Office, Person, PersonId } from '../../src/office/office.ts';
import type { DecideStep, Sop } from '../../src/sop/sop.ts';
import { officeNamed } from '../support/other-phones.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

export interface World {
  office: Office;
  sop: Sop;
  group: Chat;
  /** Who may come to stay. */
  newcomer: Person;
  /** Once the newcomer is there, this one may lose his roles. */
  replaced: PersonId;
  /** Loses his roles, or leaves; then `losing` may have lost his as well. */
  leaving: PersonId;
  losing: PersonId;
  standingIn: Pick<Deputy, 'kind' | 'by' | 'for' | 'roles'>;
  /** Of twenty things that people do, so many are a first maker's, so many more are done by whoever's turn it is. */
  pace: { makers: number; onward: number };
  /** One of its cases is on its way when the faults begin: a long way is gone to its end as well. */
  ahead: boolean;
}

export type SopId = (typeof OTHERS)[number] | typeof MEDSOS;

const OTHERS = [
  'kalbar-dishub-penayangan',
  'kalbar-diskominfo-pengumuman',
  'gunungkidul-dpmptsp-upload-web-medsos',
  'kalteng-disdagperin-pengumuman',
] as const;
export const SOPS: readonly SopId[] = [MEDSOS, ...OTHERS];

const GROUP: Chat = { channel: 'telegram', id: '-100200' };

/** Longer ways want more of those whose turn it is. */
const STEADY = { makers: 5, onward: 9 };

/** The office with more people and a group of this role's holders. */
function busy(office: Office, groupOf: string, more: Person[]): Office {
  return { ...office, people: [...office.people, ...more], groups: [{ role: groupOf, chat: GROUP }] };
}

function person(id: PersonId, telegram: string, ...roles: string[]): Person {
  return { id, name: `${id.charAt(0).toUpperCase()}${id.slice(1)} Contoh`, roles, telegram };
}

/** The SOP with more than one decision wanted at a step. */
function needing(sop: Sop, step: string, needs: DecideStep['needs']): Sop {
  return { ...sop, steps: sop.steps.map((one) => (one.id === step && one.kind === 'decide' ? { ...one, needs } : one)) };
}

/** Andi writes as well as he checks: his own content must wait for somebody else. */
function medsos(): World {
  const office = sampleOffice();
  const people = office.people.map((one) => (one.id === 'andi' ? { ...one, roles: [...one.roles, 'tim_pertimbangan'] } : one));
  return {
    office: busy({ ...office, people }, 'tim_pertimbangan', []),
    sop: sopNamed(MEDSOS),
    group: GROUP,
    newcomer: { id: 'dina', name: 'Dina', roles: ['ketua_ppid_pembantu'], telegram: '1008' },
    replaced: 'kartika',
    leaving: 'citra',
    losing: 'budi',
    standingIn: { kind: 'plh', by: 'maya', for: 'kartika', roles: ['ketua_ppid_pembantu'] },
    pace: { makers: 8, onward: 6 },
    ahead: false,
  };
}

/** Two makers one after the other, a schedule, two channels; tasks are taken in the group of designers. */
function dishub(several: boolean): World {
  const sop = sopNamed('kalbar-dishub-penayangan');
  return {
    office: busy(officeNamed('dishub-contoh', sop.id), 'pembuat_konten', [
      person('laras', '1406', 'petugas', 'pembuat_konten'),
      person('bayu', '1407', 'pembuat_konten'),
      person('wulan', '1409', 'pejabat_pengawas'),
    ]),
    sop: several ? needing(sop, 'verifikasi', { count: 2 }) : sop,
    group: GROUP,
    newcomer: person('dina', '1408', 'pejabat_administrator'),
    replaced: 'sofia',
    leaving: 'bayu',
    losing: 'intan',
    standingIn: { kind: 'plh', by: 'agus', for: 'bambang', roles: ['pejabat_pengawas'] },
    pace: STEADY,
    ahead: true,
  };
}

/** A task that is given to somebody, two ways back, a repair, what must be announced at once; one of the heads makes as well as he checks. */
function diskominfo(several: boolean): World {
  const sop = sopNamed('kalbar-diskominfo-pengumuman');
  return {
    office: busy(officeNamed('diskominfo-contoh', sop.id), 'fungsional_pelaksana', [
      person('laras', '1306', 'kabid_kasubag', 'fungsional_pelaksana'),
      person('bayu', '1307', 'sekretaris'),
    ]),
    sop: several ? needing(sop, 'periksa-sekretaris', 'all') : sop,
    group: GROUP,
    newcomer: person('dina', '1308', 'kepala_dinas'),
    replaced: 'ratna',
    leaving: 'yusuf',
    losing: 'tika',
    standingIn: { kind: 'plh', by: 'laras', for: 'darma', roles: ['sekretaris'] },
    pace: STEADY,
    ahead: true,
  };
}

/** Everything on the same day, two channels of which one may be left out, two heads. */
function dpmptsp(several: boolean): World {
  const sop = sopNamed('gunungkidul-dpmptsp-upload-web-medsos');
  return {
    office: busy(officeNamed('dpmptsp-contoh', sop.id), 'tim_pertimbangan', [
      person('laras', '1206', 'tim_pelaksana', 'tim_pertimbangan'),
      person('bayu', '1207', 'tim_pertimbangan'),
      person('wulan', '1209', 'atasan_ppid_pembantu'),
    ]),
    sop: several ? needing(sop, 'putuskan', 'all') : sop,
    group: GROUP,
    newcomer: person('dina', '1208', 'sekretaris_ppid_pembantu'),
    replaced: 'endah',
    leaving: 'bayu',
    losing: 'joko',
    standingIn: { kind: 'plh', by: 'galih', for: 'endah', roles: ['sekretaris_ppid_pembantu'] },
    pace: STEADY,
    ahead: true,
  };
}

/** Only what stands in the list of public information, in accessible forms, on one channel of five; nothing is ever due. */
function ppid(): World {
  const sop = sopNamed('kalteng-disdagperin-pengumuman');
  return {
    office: busy(officeNamed('ppid-contoh', sop.id), 'petugas_ppid', [
      person('laras', '1106', 'ppid_pelaksana', 'petugas_ppid'),
      person('bayu', '1107', 'petugas_ppid'),
    ]),
    sop,
    group: GROUP,
    newcomer: person('dina', '1108', 'ppid_pelaksana'),
    replaced: 'lestari',
    leaving: 'bayu',
    losing: 'fitri',
    standingIn: { kind: 'plh', by: 'doni', for: 'fitri', roles: ['petugas_ppid'] },
    pace: STEADY,
    ahead: true,
  };
}

/** `several`: more than one decision is wanted at one of its steps, where it has such steps. */
export function worldWith(sop: SopId, several: boolean): World {
  switch (sop) {
    case MEDSOS:
      return medsos();
    case 'kalbar-dishub-penayangan':
      return dishub(several);
    case 'kalbar-diskominfo-pengumuman':
      return diskominfo(several);
    case 'gunungkidul-dpmptsp-upload-web-medsos':
      return dpmptsp(several);
    case 'kalteng-disdagperin-pengumuman':
      return ppid();
  }
}

export function sopOfSeed(seed: number): SopId {
  const turn = OTHERS[Math.floor(seed / 2) % OTHERS.length];
  return seed % 2 === 1 || turn === undefined ? MEDSOS : turn;
}

const worlds = new Map<string, World>();

export function worldOf(seed: number, sop: SopId = sopOfSeed(seed)): World {
  const several = Math.floor(seed / (2 * OTHERS.length)) % 2 === 1;
  // Nothing ever changes a world, and reading its files takes longer than many a step.
  const key = `${sop} ${several}`;
  const world = worlds.get(key) ?? worldWith(sop, several);
  worlds.set(key, world);
  return world;
}
