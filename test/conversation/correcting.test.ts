// Control and correction: whoever checks corrects a text himself instead of sending the whole back for a word.
import { describe, expect, test } from 'vitest';
import { registerPaper } from '../../bin/papers/register-paper.ts';
import { mayRepair } from '../../src/case/decide-task.ts';
import { standingOn } from '../../src/case/standing.ts';
import { viewCard } from '../../src/case/view.ts';
import { registerRow } from '../../src/register/row.ts';
import { actsOf } from '../../src/sheet/acts.ts';
import { DARMA, NURDIN, toHeadOfSection } from '../support/other-walks.ts';
import { ANDI, BUDI, CITRA, KARTIKA, NARRATIVE, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { withStep } from '../support/rules.ts';
import { MEDSOS, sampleOffice, sopNamed } from '../support/sample-office.ts';

const CORRECTED = 'Pasar murah di Langkai, terbuka untuk umum';
const SOP = sopNamed(MEDSOS);

async function toChecker(phones = new Phones()): Promise<Phones> {
  await phones.toChecker();
  return phones;
}

async function corrected(phones?: Phones): Promise<Phones> {
  const p = await toChecker(phones);
  p.now += 60_000;
  await p.must(KARTIKA, 'PERBAIKI CAPTION');
  await p.text(KARTIKA, CORRECTED);
  return p;
}

describe('whoever checks and corrects', () => {
  test('writes the caption anew: the next revision, of which its maker hears, and the decision is still to come', async () => {
    const p = await toChecker();
    expect(p.labels(KARTIKA)).toEqual(['TERIMA', 'TOLAK', 'TANGGAPAN', 'PERBAIKI NARASI', 'PERBAIKI CAPTION', 'Lihat berkas']);
    await p.must(KARTIKA, 'PERBAIKI CAPTION');
    expect(p.last(KARTIKA)).toMatch(/kirim caption yang sudah diperbaiki/);
    await p.text(KARTIKA, CORRECTED);
    expect(p.case.revisions).toHaveLength(2);
    expect(p.case.revisions[1]).toMatchObject({ caption: CORRECTED, narrative: NARRATIVE, by: 'kartika', repaired: true });
    expect(p.case.revisions[0]).toMatchObject({ caption: 'Pasar murah hari ini foto', by: 'sari' });
    expect(p.case.state).toMatchObject({ status: 'running', step: 'periksa', round: 1 });
    expect(p.said(SARI, /Diperbaiki oleh Kartika .*revisi ke-2/)).toBeDefined();
  });

  test('passes it on by one tap; the next card says who corrected what, and what was said before still stands on it', async () => {
    const p = await corrected();
    await p.must(KARTIKA, 'TERIMA');
    const card = p.said(RAHMAT, /Perlu keputusan/)?.text;
    expect(card).toMatch(/revisi ke-2/);
    expect(card).toMatch(/Diperbaiki oleh Kartika/);
    expect(card).toMatch(/Yang berubah: caption/);
    expect(card).toMatch(/Budi Santoso .*diterima/);
    expect(card).toMatch(/Kartika .*disetujui/);
    await p.must(RAHMAT, 'TERIMA');
    expect(mayRepair(p.case, { now: p.now, office: sampleOffice(), sop: SOP })).toBe(false);
    const office = sampleOffice();
    const row = registerRow(p.case, SOP, office, 0);
    expect(row.responses).toMatch(/Budi Santoso/);
    expect(row).toMatchObject({ caption: CORRECTED, revision: 2 });
    const printed = JSON.stringify(registerPaper([{ office, cases: [{ case: p.case, sop: SOP, office, now: p.now }] }], null, p.now));
    for (const said of ['DITERIMA – Budi Santoso', 'TERIMA – Kartika', 'TERIMA – Rahmat']) expect(printed).toContain(said);
    expect(actsOf(p.case, SOP, office, null).map(({ act }) => act)).toEqual(['handed-in', 'decided', 'repaired', 'decided', 'decided']);
  });

  test('hears what is wrong with a text, and a caption that is too long is not taken', async () => {
    const p = await toChecker();
    await p.must(KARTIKA, 'PERBAIKI CAPTION');
    await p.text(KARTIKA, 'a'.repeat(215));
    expect(p.last(KARTIKA)).toMatch(/215\/200 karakter. Kurangi 15/);
    await p.text(KARTIKA, CORRECTED);
    expect(p.case.revisions[1]?.caption).toBe(CORRECTED);
    await p.must(KARTIKA, 'PERBAIKI NARASI');
    await p.text(KARTIKA, `${NARRATIVE} Kegiatan berlangsung tertib.`);
    expect(p.case.revisions[2]).toMatchObject({ caption: CORRECTED, narrative: `${NARRATIVE} Kegiatan berlangsung tertib.` });
    await p.must(KARTIKA, 'TERIMA');
    expect(registerRow(p.case, SOP, sampleOffice(), 0).responses).toMatch(/Budi Santoso/);
  });

  test('is one who holds the role: an old card of before the correction decides nothing', async () => {
    const p = await toChecker();
    const old = p.platform.button(KARTIKA, 'TERIMA');
    await p.must(KARTIKA, 'PERBAIKI CAPTION');
    await p.text(KARTIKA, CORRECTED);
    await p.tap(KARTIKA, old?.data ?? '', old?.message ?? '');
    await p.settle();
    expect(p.lastAnswer.text).toMatch(/tidak berlaku/);
    expect(p.case.state).toMatchObject({ step: 'periksa' });
    expect(p.labels(RAHMAT)).toEqual([]);
  });

  test('may still reject it: the maker goes on from the corrected text, and what was said of it before holds no more', async () => {
    const p = await corrected();
    await p.must(KARTIKA, 'TERIMA');
    await p.must(RAHMAT, 'TOLAK');
    await p.text(RAHMAT, 'Foto ketiga buram, mohon diganti');
    expect(p.case.content.caption?.text).toBe(CORRECTED);
    await p.must(SARI, 'Perbaiki sekarang');
    await p.photo(SARI, 'foto baru');
    await p.must(SARI, 'SERAHKAN');
    expect(p.case.revisions).toHaveLength(3);
    expect(registerRow(p.case, SOP, sampleOffice(), 0).responses).toBeNull();
  });

  test('tells those who had agreed to what he corrected, when it is sent back', async () => {
    const p = await corrected();
    await p.must(KARTIKA, 'TERIMA');
    await p.must(RAHMAT, 'TOLAK');
    await p.text(RAHMAT, 'Foto ketiga buram, mohon diganti');
    for (const user of [BUDI, KARTIKA]) expect(p.said(user, /Dikembalikan untuk diperbaiki oleh/)).toBeDefined();
  });
});

describe('a correction is no hand-in', () => {
  const [monday, wednesday] = ['2026-11-23T09:00:00+07:00', '2026-11-25T08:00:00+07:00'].map((at) => Date.parse(at));

  async function correctedLate(): Promise<Phones> {
    const p = await toChecker(new Phones(undefined, undefined, monday));
    p.now = wednesday ?? 0;
    await p.must(KARTIKA, 'PERBAIKI CAPTION');
    await p.text(KARTIKA, CORRECTED);
    return p;
  }

  test('the steps after it are due as before, counted from what its maker handed in', async () => {
    const p = await correctedLate();
    await p.must(KARTIKA, 'TERIMA');
    expect(p.case.state).toMatchObject({ step: 'putuskan', dueAt: Date.parse('2026-11-24T16:00:00+07:00') });
  });

  test('the card still says when the maker handed it in, and the history who corrected it', async () => {
    const p = await correctedLate();
    await p.must(KARTIKA, 'TERIMA');
    expect(p.said(RAHMAT, /Perlu keputusan/)?.text).toMatch(/Dari: Sari Dewi, diserahkan Senin, 23 November 2026, pukul 09.00 WIB/);
    await p.text(RAHMAT, '/status 1');
    expect(p.last(RAHMAT)).toMatch(/Diperbaiki pemutus – Kartika/);
    expect(p.last(RAHMAT)).not.toMatch(/Diserahkan ulang/);
  });
});

test('the head who decides corrects nothing: his SOP does not say so', async () => {
  const p = await toChecker();
  await p.must(KARTIKA, 'TERIMA');
  expect(p.labels(RAHMAT)).toEqual(['TERIMA', 'TOLAK', 'TANGGAPAN', 'Lihat berkas']);
});

test('where several decide, what one has agreed to is corrected by none', async () => {
  const office = sampleOffice();
  const people = office.people.map((one) => (['andi', 'citra'].includes(one.id) ? { ...one, roles: ['ketua_ppid_pembantu'] } : one));
  const p = await toChecker(new Phones({ ...office, people }, [withStep('periksa', { needs: 'all' })]));
  const both = p.case.state;
  const place = { card: 'step', case: p.case.id, step: 'periksa', round: 1 } as const;
  const facts = { now: p.now, office: { ...office, people }, sop: withStep('periksa', { needs: 'all' }) };
  const actions = () => (viewCard(p.case, place, facts, null, 1) as { buttons: { action: string }[] }).buttons.map(({ action }) => action);
  expect(actions()).toContain('repair');
  await p.must(KARTIKA, 'TERIMA');
  expect(p.case.state).toEqual(both);
  expect(actions()).not.toContain('repair');
  expect(p.labels(ANDI).concat(p.labels(CITRA))).not.toContain('PERBAIKI CAPTION');
});

test('what was said of content that was sent back does not hold of its repair', async () => {
  const p = await toHeadOfSection();
  await p.must(NURDIN, 'YA');
  await p.must(DARMA, 'TIDAK');
  await p.text(DARMA, 'Alamat belum ditulis lengkap');
  await p.must(NURDIN, 'PERBAIKI');
  await p.text(NURDIN, 'Layanan aduan dibuka setiap hari kerja di Jalan Contoh 1.');
  await p.must(NURDIN, 'YA');
  expect(p.case.decisions).toHaveLength(3);
  expect(standingOn(p.case, 2)).toMatchObject([{ person: 'nurdin', revision: 2 }]);
  expect(registerRow(p.case, p.sop, p.office, p.now).review).not.toMatch(/TIDAK/);
});
