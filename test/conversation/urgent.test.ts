// Serta merta: all who will decide hear of it with the hand-in, and their cards say what it is.
import { expect, test } from 'vitest';
import { diskominfo } from '../support/other-phones.ts';
import { DARMA, NURDIN, REASON, TIKA, toMaker, YUSUF } from '../support/other-walks.ts';

const RATNA = '1305';

async function handedIn(what: string, p = diskominfo()) {
  await toMaker(p);
  await p.must(TIKA, 'KERJAKAN');
  await p.must(TIKA, 'Hari ini');
  await p.photo(TIKA, 'bahan');
  await p.text(TIKA, 'Jembatan Sungai Raya ditutup mulai malam ini.');
  await p.must(TIKA, what);
  await p.must(TIKA, 'SERAHKAN');
  return p;
}

const alarms = (p: ReturnType<typeof diskominfo>, user: string) => p.chat(user).filter(({ text }) => /^🚨 SERTA MERTA: 0001/.test(text));

test('what must be announced at once is told to all who will decide, whose turn comes later', async () => {
  const p = await handedIn('Serta merta');
  for (const user of [DARMA, RATNA]) expect(alarms(p, user)).toHaveLength(1);
  expect(alarms(p, RATNA)[0]?.text).toMatch(
    /Pengumuman layanan aduan\nDiserahkan oleh Tika Maharani\. Sekarang pada Kabid\/Kasubag\.\nGiliran Bapak\/Ibu \(Kepala Dinas\) menyusul/,
  );
  // Whoever has it now has the card, and who publishes gets his task in its time.
  for (const user of [NURDIN, TIKA, YUSUF]) expect(alarms(p, user)).toEqual([]);
  expect(p.said(NURDIN, /Perlu keputusan.*\n🚨 SERTA MERTA: mohon segera/)).toBeDefined();
});

test('once more when it is handed in again after it was sent back', async () => {
  const p = await handedIn('Serta merta');
  await p.must(NURDIN, 'TIDAK');
  await p.text(NURDIN, REASON);
  await p.must(TIKA, 'Perbaiki sekarang');
  await p.photo(TIKA, 'bahan 2');
  await p.must(TIKA, 'SERAHKAN');
  expect(alarms(p, DARMA)).toHaveLength(2);
});

test('who holds two of the desks is told once, and what is published regularly alarms nobody', async () => {
  const both = (office: ReturnType<typeof diskominfo>['office']) => ({
    ...office,
    people: office.people.map((one) => (one.id === 'darma' ? { ...one, roles: [...one.roles, 'kepala_dinas'] } : one)),
  });
  expect(alarms(await handedIn('Serta merta', diskominfo({ office: both })), DARMA)).toHaveLength(1);
  const regular = await handedIn('Berkala');
  for (const user of [NURDIN, DARMA, RATNA]) expect(regular.said(user, /SERTA MERTA/)).toBeUndefined();
});
