// An office held against its SOPs, and the sample offices that come with Alur.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkOffice } from '../../src/office/check.ts';
import { holdersOf } from '../../src/office/deputies.ts';
import { isSupervisor, type Office, personOf } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';
import type { Locate } from '../../src/sop/yaml-document.ts';
import { SAMPLE, sopOf } from '../sop/sample.ts';

const sop = sopOf(SAMPLE);

const TEXT = `office: { id: o, name: O, timezone: Asia/Jakarta }
sops: [contoh]
supervisors: [b]
people:
  - { id: a, name: A, roles: [pembuat, pemriksa] }
  - { id: b, name: B, roles: [pemeriksa] }
groups:
  - { role: admni, telegram: -5 }
`;

function read(text: string): { office: Office; locate: Locate } {
  const reading = readOffice(text, { sopIds: ['contoh'] });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading;
}

describe('An office held against its SOPs', () => {
  const { office, locate } = read(TEXT);

  it('may name no role that its SOPs do not know', () => {
    const { faults } = checkOffice(office, [sop], locate);
    expect(faults.map(({ line, path, message }) => `${line} ${path}: ${message}`)).toEqual([
      '5 people[0].roles[1]: peran "pemriksa" tidak ada di SOP mana pun milik kantor ini; perbaiki namanya. Mungkin maksud Anda "pemeriksa"?',
      '8 groups[0].role: peran "admni" tidak ada di SOP mana pun milik kantor ini; perbaiki namanya. Mungkin maksud Anda "admin"?',
    ]);
  });

  it('is warned of a role that nobody holds, once for each SOP', () => {
    const { warnings } = checkOffice(office, [sop], locate);
    expect(warnings).toEqual([
      {
        line: 4,
        column: 1,
        path: 'people',
        message: 'peran "admin" (Admin) dari SOP contoh belum dipegang siapa pun; beri kepada seseorang.',
      },
    ]);
  });

  it('stands on line 1 when the text is not at hand', () => {
    expect(checkOffice(office, [sop]).faults.map(({ line }) => line)).toEqual([1, 1]);
  });

  it('knows its people, their roles and its supervisors', () => {
    expect(holdersOf(office, 'pembuat', 0).map(({ id }) => id)).toEqual(['a']);
    expect(personOf(office, 'b')?.name).toBe('B');
    expect([isSupervisor(office, 'b'), isSupervisor(office, 'a')]).toEqual([true, false]);
  });
});

describe('The sample offices', () => {
  const folder = new URL('../../offices/', import.meta.url);
  const names = readdirSync(folder);
  const sopFolder = new URL('../../sops/', import.meta.url);
  const sops = readdirSync(sopFolder).map((name) => sopOf(readFileSync(new URL(name, sopFolder), 'utf8')));

  const offices = names.map((name) => {
    const reading = readOffice(readFileSync(new URL(name, folder), 'utf8'), { sopIds: sops.map(({ id }) => id) });
    if (!reading.ok) throw new Error(`${name}: ${JSON.stringify(reading.faults)}`);
    return reading.office;
  });

  it('have a holder for every role of their SOPs and none beside', () => {
    for (const office of offices) {
      const own = sops.filter(({ id }) => office.sops.includes(id));
      expect(checkOffice(office, own)).toEqual({ faults: [], warnings: [] });
    }
    expect(offices.flatMap((office) => office.sops).toSorted()).toEqual(sops.map(({ id }) => id).toSorted());
  });

  it('share no account, so that all of them can run in one service', () => {
    const accounts = offices.flatMap(({ people }) => people.map(({ telegram }) => telegram));
    expect(new Set(accounts).size).toBe(accounts.length);
    expect(names.map((name) => name.replace('.yaml', '')).toSorted()).toEqual(offices.map(({ id }) => id).toSorted());
  });

  it('include the one that a visitor plays', () => {
    const visited = offices.find(({ id }) => id === 'disdagperin-contoh');
    expect(visited?.people.map(({ id, telegram, roles }) => `${id} ${telegram} ${roles}`)).toEqual([
      'sari 1001 tim_pelaksana',
      'andi 1006 tim_pelaksana',
      'budi 1002 tim_pertimbangan',
      'kartika 1003 ketua_ppid_pembantu',
      'rahmat 1004 atasan_ppid_pembantu',
      'maya 1005 admin_medsos',
    ]);
    expect(visited?.supervisors).toEqual([['rahmat']]);
    expect(visited?.register).toBe('{number:4}/REG-KONTEN/DISDAGPERIN/{roman_month}/{year}');
  });
});
