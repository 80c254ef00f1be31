// What people read in the SOPs that are not the first one: true, and in their own words.
import { expect, test } from 'vitest';
import { viewCard } from '../../src/case/view.ts';
import {
  AGUS,
  BAMBANG,
  DARMA,
  INTAN,
  NURDIN,
  REASON,
  TIKA,
  task,
  toDesigner,
  toHeadOfSection,
  toMaker,
  toPublisher,
  toScheduler,
} from '../support/other-walks.ts';
import { KARTIKA, MAYA, Phones, RAHMAT } from '../support/phones.ts';

const [LESTARI, RATNA] = ['1103', '1305'] as const;

test('a task that is complete is given with TUGASKAN, and asks for its person in good words', async () => {
  const p = await task();
  await p.text(NURDIN, '045/2026: siapkan pengumuman');
  expect(p.last(NURDIN)).toMatch(/^📝 Siapa pelaksana tugas ini\?/);
  await p.text(NURDIN, 'tika');
  expect(p.last(NURDIN)).toBe('✅ Semua sudah lengkap. Periksa kartu draf, lalu tekan TUGASKAN.');
});

test('the card of a task says who gave it, also once it is taken, and that it has no number yet', async () => {
  const p = await toMaker();
  expect(p.said(TIKA, /Perlu dikerjakan/)?.text).toMatch(/Belum bernomor register\n[\s\S]*Dari: Nurdin Hakim/);
  const { makers: _, ...bare } = p.case;
  const key = { card: 'step', case: bare.id, step: 'susun', round: 1 } as const;
  expect(viewCard(bare, key, { now: p.now, office: p.office, sop: p.sop }, null, 1)).toMatchObject({ maker: 'Nurdin Hakim' });
  await p.must(TIKA, 'KERJAKAN');
  expect(p.said(TIKA, /Dikerjakan oleh Tika Maharani/)?.text).toMatch(/Dari: Nurdin Hakim/);
});

test('a draft of an announcement is not handed in before its material is there', async () => {
  const p = await toMaker();
  await p.must(TIKA, 'KERJAKAN');
  await p.must(TIKA, 'Hari ini');
  expect(p.last(TIKA)).toMatch(/Kirim dokumentasi kegiatan \(dokumen, foto, video, atau audio\), minimal 1 berkas/);
  expect(p.rule({ type: 'narrate', narrative: { text: 'Layanan aduan dibuka setiap hari kerja.' }, by: 'tika' })).toEqual(['narrated']);
  expect(p.rule({ type: 'hand-in', seen: { round: 1 }, by: 'tika' })).toBe('incomplete');
  expect(p.labels(TIKA)).not.toContain('SERAHKAN');
});

test('whoever has it back himself is not told to wait for another card', async () => {
  const p = await toHeadOfSection();
  for (const user of [NURDIN, DARMA]) await p.must(user, 'YA');
  await p.must(RATNA, 'TIDAK');
  await p.text(RATNA, REASON);
  expect(p.said(NURDIN, /↩️ Dikembalikan oleh Ratna Sari/)).toBeDefined();
  expect(p.said(NURDIN, /akan menerima kartu baru/)).toBeUndefined();
  expect(p.said(DARMA, /akan menerima kartu baru/)).toBeDefined();
});

test('where documents are taken, the question for files says so', async () => {
  const p = await toDesigner();
  await p.must(INTAN, 'KERJAKAN');
  expect(p.last(INTAN)).toMatch(/Kirim dokumentasi kegiatan \(foto, video, atau dokumen\), minimal 1 berkas/);
});

test('the question for a link has an example of that channel, and the one for a schedule reads well', async () => {
  const p = await toScheduler();
  await p.must(BAMBANG, 'ATUR JADWAL');
  expect(p.last(BAMBANG)).toMatch(/kapan jadwal tayang konten ini\? Tulis tanggal dan jam\./);
  await p.text(BAMBANG, 'sekarang');
  await p.must(AGUS, 'SUDAH TAYANG');
  expect(p.last(AGUS)).toMatch(/Website.*\nContoh: https:\/\/ppid\.contoh\.go\.id\/berita/);
  await p.text(AGUS, 'https://dishub.example.org/1');
  expect(p.last(AGUS)).toMatch(/Contoh: https:\/\/www\.instagram\.com/);
});

test('what has no deadline ends neither late nor in time, and its declarations keep their capitals', async () => {
  const p = await toPublisher();
  expect(p.said('1101', /Sudah diserahkan/)).toBeDefined();
  await p.must(LESTARI, 'Serahkan audio');
  expect(p.last(LESTARI)).toMatch(/paling banyak 20\.000 karakter/);
  await p.text(LESTARI, 'Naskah suara');
  expect(p.last(LESTARI)).toMatch(/sudah dapat ditayangkan\. Setelah tayang, tekan SUDAH TAYANG pada kartu\./);
  await p.must(LESTARI, 'SUDAH TAYANG');
  await p.text(LESTARI, 'https://ppid.example.org/1');
  await p.must(LESTARI, 'SELESAI');
  expect(p.said('1101', /SELESAI\. Tayang/)?.text).toMatch(/WIB\.\n/);
});

test('the card of what has been published shows what the deciders have made of it', async () => {
  const p = new Phones();
  await p.toChecker();
  await p.must(KARTIKA, 'PERBAIKI CAPTION');
  await p.text(KARTIKA, 'Pasar murah di Langkai');
  for (const user of [KARTIKA, RAHMAT]) await p.must(user, 'TERIMA');
  await p.must(MAYA, 'SUDAH TAYANG');
  await p.text(MAYA, 'https://www.instagram.com/p/abc');
  expect(p.said(MAYA, /SELESAI\. Ditayangkan/)?.text).toMatch(/revisi ke-2[\s\S]*Pasar murah di Langkai/);
  const c = p.case;
  const last = c.revisions.at(-1);
  if (!last) throw new Error('nothing was handed in');
  const { repaired: _, ...again } = last;
  const office = p.store.tables.offices.get(c.office);
  const [sop] = [...p.store.tables.sops.values()];
  if (!office || !sop) throw new Error('no office');
  const key = { card: 'step', case: c.id, step: 'unggah', round: 1 } as const;
  const later = { ...c, revisions: [...c.revisions, { ...again, revision: 3, caption: 'Lain' }] };
  expect(viewCard(later, key, { now: p.now, office, sop }, null, 1)).toMatchObject({ revision: 2 });
});
