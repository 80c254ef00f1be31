// The SOP's qualifications, ticked for whoever holds one of its roles: a list that is kept, never a gate.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkOffice } from '../../src/office/check.ts';
import { qualificationsOf } from '../../src/office/qualifications.ts';
import { readOffice } from '../../src/office/read.ts';
import { officeNamed } from '../support/other-phones.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const ID = 'gunungkidul-dpmptsp-upload-web-medsos';
const sop = sopNamed(ID);
const text = readFileSync(new URL('../../offices/dpmptsp-contoh.yaml', import.meta.url), 'utf8');
const ticking = (written: string) => text.replace(/qualifications: .*/, `qualifications: ${written}`);

function faults(written: string): string[] {
  const reading = readOffice(ticking(written), { sopIds: [ID] });
  if (!reading.ok) return reading.faults.map(({ path, message }) => `${path}: ${message}`);
  return checkOffice(reading.office, [sop], reading.locate).faults.map(({ line, message }) => `${line}: ${message}`);
}

describe('the qualifications of an SOP', () => {
  it('are listed for each holder of its roles, with what is ticked and what is open', () => {
    const [wening, joko, ...others] = qualificationsOf(officeNamed('dpmptsp-contoh', ID), [sop]);
    expect(wening).toMatchObject({ person: { id: 'wening' }, roles: ['Tim Pelaksana'], met: [1, 2, 3], noted: true });
    expect(wening?.open).toEqual([{ number: 4, text: 'Mengetahui aplikasi komputer penyusun RKA dan DPA' }]);
    expect(joko).toMatchObject({ met: [], noted: false });
    expect(joko?.open).toHaveLength(4);
    expect(others).toHaveLength(3);
  });

  it.each([
    ['kalbar-diskominfo-pengumuman', 'diskominfo-contoh', 3],
    ['kalbar-dishub-penayangan', 'dishub-contoh', 4],
  ])('of %s are all there to be ticked', (id, office, count) => {
    const all = qualificationsOf(officeNamed(office, id), [sopNamed(id)]);
    expect(all.length).toBeGreaterThanOrEqual(4);
    for (const { open } of all) expect(open).toHaveLength(count);
  });

  it('are none of whoever holds no role of it, and of an SOP that asks for none', () => {
    expect(qualificationsOf(sampleOffice(), [sopNamed(MEDSOS), sop])).toHaveLength(6);
    expect(qualificationsOf(sampleOffice(), [sopNamed(MEDSOS)])).toEqual([]);
    expect(qualificationsOf({ ...sampleOffice(), people: [{ id: 'x', name: 'X', roles: ['lain'] }] }, [sop])).toEqual([]);
    const unnamed = { ...sop, roles: {} };
    expect(qualificationsOf(officeNamed('dpmptsp-contoh', ID), [unnamed])[0]?.roles).toEqual(['tim_pelaksana']);
  });

  it.each([
    [`{ ${ID}: [1, 7] }`, /^15: kualifikasi nomor 7 tidak ada; SOP gunungkidul-dpmptsp-upload-web-medsos memuat 4 kualifikasi\.$/],
    [
      '{ gunungkidul-dpmptsp-upload-web-medos: [1] }',
      /^15: SOP "gunungkidul-dpmptsp-upload-web-medos" tidak dijalankan .*Mungkin maksud Anda/,
    ],
    ['[1, 2]', /qualifications: harus berupa id SOP dan nomor kualifikasinya/],
    [`{ ${ID}: [0] }`, /harus bilangan bulat 1 sampai 50/],
  ])('written as %s are a fault', (written, fault) => {
    expect(faults(written)).toEqual([expect.stringMatching(fault)]);
  });

  it('may all be ticked', () => {
    expect(faults(`{ ${ID}: [4, 3, 2, 1] }`)).toEqual([]);
  });
});
