// How well the SOP was kept in a month, asked for in a chat.
import { expect, test } from 'vitest';
import { ANDI, BUDI, GROUP, KARTIKA, MAYA, Phones, RAHMAT, SARI } from '../support/phones.ts';
import { sampleOffice } from '../support/sample-office.ts';

test('/rekap tells whoever acts on others’ content how the month went, step by step', async () => {
  const phones = new Phones();
  await phones.toChecker();
  phones.now = Date.parse('2026-11-24T09:00:00+07:00');
  await phones.must(KARTIKA, 'TOLAK');
  await phones.text(KARTIKA, 'Foto kedua buram, mohon diganti.');
  await phones.must(SARI, 'Perbaiki sekarang');
  await phones.must(SARI, 'SERAHKAN');
  for (const user of [BUDI, KARTIKA, RAHMAT, MAYA]) {
    await phones.text(user, '/rekap');
    const lines = phones.last(user).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '📊 Rekap November 2026',
      'Masuk 1, diputuskan 1, dikembalikan 1, tayang 0, terlambat 1.',
      'Langkah yang selesai, dalam jam kerja:',
    ]);
    // From Friday 09.00 until Monday 16.00 was planned; it lasted until Tuesday 09.00.
    expect(lines).toContain('• Periksa — rencana 13,5 jam, rata-rata 15 jam, 1 dari 1 terlambat');
    expect(lines.map((one) => one.split(' — ')[0])).toEqual([...lines.slice(0, 3), '• Serahkan', '• Terima Berkas', '• Periksa']);
  }
});

test('a maker sees his own content in it and nobody else’s', async () => {
  const phones = new Phones();
  await phones.handIn();
  await phones.text(SARI, '/rekap');
  expect(phones.last(SARI)).toMatch(/^📊 Rekap November 2026, konten Anda\nMasuk 1,/);
  await phones.text(ANDI, '/rekap');
  expect(phones.last(ANDI)).toBe('📊 Rekap November 2026, konten Anda: belum ada konten.');
});

test('a supervisor sees everything, whatever his roles', async () => {
  const office = sampleOffice();
  const people = [...office.people, { id: 'dewi', name: 'Dewi', roles: ['tim_pelaksana'], telegram: '1010' }];
  const phones = new Phones({ ...office, people, supervisors: [['dewi']] });
  await phones.handIn();
  await phones.text('1010', '/rekap');
  expect(phones.last('1010')).toMatch(/^📊 Rekap November 2026\nMasuk 1,/);
});

test('another month may be asked for, and what is none is said clearly', async () => {
  const phones = new Phones();
  await phones.handIn();
  phones.now = Date.parse('2026-12-01T09:00:00+07:00');
  await phones.text(RAHMAT, '/rekap 2026-11');
  expect(phones.last(RAHMAT)).toMatch(/^📊 Rekap November 2026\nMasuk 1,/);
  await phones.text(RAHMAT, '/rekap 2026-10');
  expect(phones.last(RAHMAT)).toBe('📊 Rekap Oktober 2026: belum ada konten.');
  for (const argument of ['kapan', '2026-13', '11-2026']) {
    await phones.text(RAHMAT, `/rekap ${argument}`);
    expect(phones.last(RAHMAT)).toBe('⚠️ Bulan belum dapat dibaca. Tulis tahun dan bulan, misalnya /rekap 2026-11.');
  }
});

test('the word alone is enough in a private chat, and is a word like any other in a group', async () => {
  const phones = new Phones();
  await phones.text(RAHMAT, 'Rekap');
  expect(phones.last(RAHMAT)).toMatch(/^📊 Rekap November 2026/);
  await phones.text(RAHMAT, 'rekap 2026-10');
  expect(phones.last(RAHMAT)).toMatch(/^📊 Rekap Oktober 2026/);
  await phones.text(RAHMAT, 'rekap 2026-13');
  expect(phones.last(RAHMAT)).toMatch(/Bulan belum dapat dibaca/);
  const before = phones.chat(GROUP).length;
  await phones.sends(BUDI, { text: 'rekap' }, GROUP);
  expect(phones.chat(GROUP)).toHaveLength(before);
  await phones.sends(BUDI, { text: '/rekap' }, GROUP);
  expect(phones.chat(GROUP)).toHaveLength(before + 1);
});

test('/bantuan names it', async () => {
  const phones = new Phones();
  await phones.text(BUDI, '/bantuan');
  expect(phones.last(BUDI)).toContain('/rekap – Rekap ketepatan waktu bulan ini');
});
