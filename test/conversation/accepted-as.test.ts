// Where an SOP calls what has been accepted by a name of its own, people and /status do too.
import { expect, test } from 'vitest';
import { become } from '../../src/case/standing.ts';
import { AGUS, BAMBANG, INTAN, REASON, SOFIA, toDesigner } from '../support/other-walks.ts';
import { KARTIKA, Phones, SARI } from '../support/phones.ts';

async function toVerifier() {
  const p = await toDesigner();
  await p.must(INTAN, 'KERJAKAN');
  await p.photo(INTAN, 'desain');
  await p.must(INTAN, 'SERAHKAN');
  return p;
}

test('verified content is said to be verified, then approved, to its maker and in /status', async () => {
  const p = await toVerifier();
  expect(become(p.case, p.sop)).toEqual([]);
  await p.text(INTAN, '/status 1');
  expect(p.last(INTAN)).toMatch(/Keadaan: dalam pemeriksaan\./);
  await p.must(BAMBANG, 'YA');
  expect(p.said(INTAN, /Terverifikasi oleh Bambang Irawan \(Pejabat Pengawas\)/)).toBeDefined();
  await p.text(INTAN, '/status 1');
  expect(p.last(INTAN)).toMatch(/Keadaan: dalam pemeriksaan, terverifikasi\./);
  await p.must(SOFIA, 'YA');
  expect(p.said(INTAN, /Disetujui untuk diunggah oleh Sofia Anggraini/)).toBeDefined();
  expect(become(p.case, p.sop)).toEqual(['terverifikasi', 'disetujui untuk diunggah']);
  expect(p.said(AGUS, /Siap ditayangkan/)).toBeUndefined();
});

test('what is sent back is verified no more', async () => {
  const p = await toVerifier();
  await p.must(BAMBANG, 'YA');
  await p.must(SOFIA, 'TIDAK');
  await p.text(SOFIA, REASON);
  await p.must(INTAN, 'Perbaiki sekarang');
  await p.photo(INTAN, 'desain 2');
  await p.must(INTAN, 'SERAHKAN');
  expect(become(p.case, p.sop)).toEqual([]);
});

test('an SOP without such a name says what it said before', async () => {
  const p = new Phones();
  await p.toChecker();
  await p.must(KARTIKA, 'TERIMA');
  expect(p.said(SARI, /Disetujui oleh Kartika/)).toBeDefined();
});
