// Who acts for whom on which day, and what an office file may say of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOffice } from '../../src/office/check.ts';
import { actingAs, actingFor, collides, deputiesOn, holdersOf, rolesOf } from '../../src/office/deputies.ts';
import type { Deputy, Office } from '../../src/office/office.ts';
import { readOffice } from '../../src/office/read.ts';
import { sampleOffice } from '../support/sample-office.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const KETUA = 'ketua_ppid_pembantu';
const WEEK: Deputy = { kind: 'plh', by: 'maya', for: 'kartika', roles: [KETUA], from: '2026-11-23', to: '2026-11-27' };
const officeWith = (...deputies: Deputy[]): Office => ({ ...sampleOffice(), deputies });
const ids = (office: Office, role: string, when: string) => holdersOf(office, role, at(when)).map(({ id }) => id);

describe('a deputy', () => {
  test('acts on both days of his letter and on those between, by the clock of the office', () => {
    const office = officeWith(WEEK);
    expect(ids(office, KETUA, '2026-11-22T23:59:59')).toEqual(['kartika']);
    expect(ids(office, KETUA, '2026-11-23T00:00:00')).toEqual(['kartika', 'maya']);
    expect(ids(office, KETUA, '2026-11-27T23:59:59')).toEqual(['kartika', 'maya']);
    expect(ids(office, KETUA, '2026-11-28T00:00:00')).toEqual(['kartika']);
    const east = { ...office, timezone: 'Asia/Jayapura' };
    expect(ids(east, KETUA, '2026-11-22T22:00:00')).toEqual(['kartika', 'maya']);
  });

  test('acts until further notice when no end is set', () => {
    expect(ids(officeWith({ ...WEEK, to: null }), KETUA, '2031-01-01T09:00:00')).toEqual(['kartika', 'maya']);
  });

  test('acts for the roles he was given and for no other', () => {
    const office = officeWith(WEEK);
    expect(ids(office, 'atasan_ppid_pembantu', '2026-11-24T09:00:00')).toEqual(['rahmat']);
    expect(rolesOf(office, 'maya', at('2026-11-24T09:00:00'))).toEqual(['admin_medsos', KETUA]);
    expect(rolesOf(office, 'maya', at('2026-11-28T09:00:00'))).toEqual(['admin_medsos']);
    expect(rolesOf(office, 'nobody', at('2026-11-24T09:00:00'))).toEqual([]);
    expect(rolesOf(sampleOffice(), 'maya', at('2026-11-24T09:00:00'))).toEqual(['admin_medsos']);
  });

  test('has nothing once he, or the one he stands in for, is gone or has lost the role', () => {
    const office = officeWith(WEEK);
    const day = '2026-11-24T09:00:00';
    const without = (id: string) => ({ ...office, people: office.people.filter((one) => one.id !== id) });
    expect(ids(without('maya'), KETUA, day)).toEqual(['kartika']);
    expect(ids(without('kartika'), KETUA, day)).toEqual([]);
    const demoted = { ...office, people: office.people.map((one) => (one.id === 'kartika' ? { ...one, roles: [] } : one)) };
    expect(ids(demoted, KETUA, day)).toEqual([]);
    expect(deputiesOn(demoted, '2026-11-24')).toEqual([]);
    expect(deputiesOn(office, '2026-11-24')).toEqual([WEEK]);
    expect(deputiesOn(sampleOffice(), '2026-11-24')).toEqual([]);
  });

  test('acts in the name of his principal; whoever holds the role himself acts in his own', () => {
    const day = at('2026-11-24T09:00:00');
    const vacant: Deputy = { ...WEEK, kind: 'plt', for: null, by: 'budi', roles: ['atasan_ppid_pembantu'] };
    const office = officeWith(WEEK, vacant, { ...WEEK, by: 'rahmat', roles: ['atasan_ppid_pembantu'] });
    expect(actingFor(office, KETUA, 'maya', day)).toBe('kartika');
    expect(actingAs(office, KETUA, 'maya', day)).toEqual({ capacity: 'plh', onBehalfOf: 'kartika' });
    expect(actingAs(office, KETUA, 'kartika', day)).toBeNull();
    expect(actingAs(office, KETUA, 'sari', day)).toBeNull();
    expect(actingFor(office, 'atasan_ppid_pembantu', 'budi', day)).toBeNull();
    expect(actingAs(office, 'atasan_ppid_pembantu', 'budi', day)).toEqual({ capacity: 'plt', onBehalfOf: null });
    expect(actingAs(office, 'atasan_ppid_pembantu', 'rahmat', day)).toBeNull();
    expect(ids(office, 'atasan_ppid_pembantu', '2026-11-24T09:00:00')).toEqual(['rahmat', 'budi']);
  });

  test('of one person in one role there is one at a time', () => {
    expect(collides(WEEK, { ...WEEK, by: 'budi' })).toBe(true);
    expect(collides(WEEK, { ...WEEK, for: 'rahmat' })).toBe(true);
    expect(collides(WEEK, { ...WEEK, by: 'budi', for: 'rahmat' })).toBe(false);
    expect(collides(WEEK, { ...WEEK, roles: ['admin_medsos'] })).toBe(false);
    expect(collides(WEEK, { ...WEEK, from: '2026-11-27', to: null })).toBe(true);
    expect(collides(WEEK, { ...WEEK, from: '2026-11-28', to: null })).toBe(false);
    expect(collides({ ...WEEK, to: null }, { ...WEEK, from: '2030-01-01', to: '2030-01-02' })).toBe(true);
    expect(collides(WEEK, { ...WEEK, from: '2026-11-01', to: '2026-11-22' })).toBe(false);
  });
});

test('on any day, with any deputies, the holders are those whom a plain look at the list finds', () => {
  const people = ['a', 'b', 'c', 'd'];
  const roles = ['x', 'y'];
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
  const some = fc.subarray(roles);
  const deputy: fc.Arbitrary<Deputy> = fc.record({
    kind: fc.constantFrom('plh' as const, 'plt' as const),
    by: fc.constantFrom(...people, 'gone'),
    for: fc.constantFrom(...people, 'gone', null),
    roles: some,
    from: day,
    to: fc.option(day),
  });
  const office = fc.record({ own: fc.tuple(some, some, some, some), deputies: fc.array(deputy, { maxLength: 6 }) });
  fc.assert(
    fc.property(office, day, fc.integer({ min: 0, max: 86_399_999 }), ({ own, deputies }, date, ms) => {
      const made: Office = { ...sampleOffice(), people: people.map((id, i) => ({ id, name: id, roles: own[i] ?? [] })), deputies };
      const when = at(`${date}T00:00:00`) + ms;
      for (const role of roles) {
        const has = (id: string | null) => made.people.some((one) => one.id === id && one.roles.includes(role));
        const expected = people.filter((id) => {
          if (has(id)) return true;
          for (const d of deputies)
            if (
              d.by === id &&
              d.roles.includes(role) &&
              date >= d.from &&
              (d.to === null || date <= d.to) &&
              (d.for === null || has(d.for))
            )
              return true;
          return false;
        });
        expect(
          holdersOf(made, role, when)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(expected);
        for (const id of people) {
          const acting = actingAs(made, role, id, when);
          expect(acting !== null).toBe(expected.includes(id) && !has(id));
          expect(rolesOf(made, id, when).includes(role)).toBe(expected.includes(id));
          if (acting?.onBehalfOf) expect(has(acting.onBehalfOf)).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const TEXT = `office: { id: o, name: O, timezone: Asia/Jakarta }
sops: [alur]
people:
  - { id: sari, name: Sari, roles: [pembuat] }
  - { id: kartika, name: Kartika, roles: [pemeriksa, pemutus] }
  - { id: maya, name: Maya }
deputies:
`;
const reading = (...lines: string[]) => readOffice(`${TEXT}${lines.map((line) => `  - { ${line} }\n`).join('')}`, { sopIds: ['alur'] });
const faults = (...lines: string[]) => {
  const read = reading(...lines);
  return read.ok ? [] : read.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);
};

describe('an office file', () => {
  test('names deputies with their dates, scope and letter; without roles they stand in for all of them', () => {
    const read = reading(
      'kind: plh, for: kartika, by: maya, from: 2026-11-23, to: 2026-11-27, letter: "800/12/SPT/2026"',
      'kind: plt, by: sari, roles: [admin], from: 2026-11-23',
      'kind: plh, for: kartika, by: sari, from: 2026-12-01, to: 2026-12-02, roles: [pemutus]',
    );
    expect(read.ok && read.office.deputies).toEqual([
      {
        kind: 'plh',
        by: 'maya',
        for: 'kartika',
        roles: ['pemeriksa', 'pemutus'],
        from: '2026-11-23',
        to: '2026-11-27',
        letter: '800/12/SPT/2026',
      },
      { kind: 'plt', by: 'sari', for: null, roles: ['admin'], from: '2026-11-23', to: null },
      { kind: 'plh', by: 'sari', for: 'kartika', roles: ['pemutus'], from: '2026-12-01', to: '2026-12-02' },
    ]);
    const none = readOffice(TEXT.replace('deputies:\n', ''), { sopIds: ['alur'] });
    expect(none.ok && 'deputies' in none.office).toBe(false);
  });

  test.each([
    ['kind: pjs, for: kartika, by: maya, from: 2026-11-23', '8 deputies[0].kind: harus plh'],
    ['kind: plh, for: kartka, by: maya, from: 2026-11-23', '8 deputies[0].for: "kartka" tidak ada di people'],
    ['kind: plh, for: kartka, by: maya, from: 2026-11-23', 'Mungkin maksud Anda "kartika"?'],
    ['kind: plh, for: kartika, by: mya, from: 2026-11-23', '8 deputies[0].by: "mya" tidak ada di people'],
    ['kind: plh, for: kartika, by: kartika, from: 2026-11-23', '8 deputies[0].by: tidak dapat mewakili dirinya sendiri'],
    ['kind: plh, for: kartika, by: maya, from: 2026-11-23, to: 2026-11-20', '8 deputies[0].to: berakhir (2026-11-20) sebelum mulai'],
    [
      'kind: plh, for: kartika, by: maya, from: 2026-11-23, roles: [pembuat]',
      '8 deputies[0].roles[0]: peran "pembuat" tidak dipegang kartika',
    ],
    ['kind: plh, for: maya, by: sari, from: 2026-11-23', '8 deputies[0].for: "maya" tidak memegang peran apa pun'],
    ['kind: plh, by: maya, roles: [pemeriksa], from: 2026-11-23', '8 deputies[0].kind: plh memerlukan for'],
    ['kind: plt, by: maya, from: 2026-11-23', '8 deputies[0].kind: tanpa for, roles wajib diisi'],
    ['kind: plh, for: kartika, by: maya', '8 deputies[0].from: wajib ada'],
    ['kind: plh, for: kartika, from: 2026-11-23', '8 deputies[0].by: wajib ada'],
    ['kind: plh, for: 5, by: [], from: 2026-11-23, roles: 7', '8 deputies[0].for'],
  ])('%s is told: %s', (line, expected) => {
    expect(faults(line).join('\n')).toContain(expected);
  });

  test('tells of everything at once, and of two who cannot be told apart', () => {
    const week = 'kind: plh, for: kartika, by: maya, from: 2026-11-23, to: 2026-11-27';
    expect(faults(week, week.replace('maya', 'sari'), 'kind: plt, for: kartka, by: maya, from: 2026-11-23')).toEqual([
      '9 deputies[1].from: bertumpang tindih dengan wakil ke-1 untuk peran yang sama; pisahkan tanggal atau perannya.',
      '10 deputies[2].for: "kartka" tidak ada di people; tambahkan orangnya atau perbaiki id-nya. Mungkin maksud Anda "kartika"?',
    ]);
    expect(faults(week, week.replace('maya', 'sari').replace('23, to', '28, to').replace('27', '30'))).toEqual([]);
    expect(faults('kind: plh, for: kartika, from: 2026-11-23', week)[0]).toContain('8 deputies[0].by');
  });

  test('is asked for roles that its SOPs know, and a role with a Plt is not empty', () => {
    const office = officeWith({ ...WEEK, kind: 'plt', for: null, roles: ['admn'] });
    const sop = { id: 's', roles: { admin: 'Admin' }, steps: [{ role: 'admin' }] } as never;
    const faultsOf = (of: Office) => checkOffice(of, [sop]).faults.map(({ path, message }) => `${path}: ${message}`);
    expect(faultsOf(office)).toContain(
      'deputies[0].roles[0]: peran "admn" tidak ada di SOP mana pun milik kantor ini; perbaiki namanya. Mungkin maksud Anda "admin"?',
    );
    const empty = { ...office, people: [] };
    expect(checkOffice(empty, [sop]).warnings).toHaveLength(1);
    expect(checkOffice(officeWith({ ...WEEK, roles: ['admin'] }), [sop]).warnings).toEqual([]);
  });
});
