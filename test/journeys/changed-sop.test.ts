// An SOP is changed while cases are on their way, one in each state: every one goes on as it began, by buttons that were shown before.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { officeNamed } from '../support/other-phones.ts';
import { type FarPhone, type Simulated, startSimulated } from '../support/simulated-service.ts';

const HEAD = `
id: alur-kantor
title: Alur Kantor
agency: Kantor Contoh
roles: { petugas: Petugas, penyusun: Penyusun, pemeriksa: Pemeriksa, kepala: Kepala, admin: Admin }
`;

const BEFORE = `${HEAD}
steps:
  - id: kumpulkan
    kind: prepare
    role: petugas
    activity: Mengumpulkan bahan
    requires: { media: { min: 1, kinds: [photo] } }
    due: { days: 5, from: event }
  - { id: susun, kind: prepare, role: penyusun, activity: Menyusun konten, requires: { media: { min: 1, kinds: [photo] } }, due: { days: 5, from: step } }
  - { id: periksa, kind: decide, role: pemeriksa, activity: Memeriksa konten, due: { days: 5, from: step }, reject_to: susun }
  - { id: sahkan, kind: decide, role: kepala, activity: Mengesahkan konten, due: { days: 5, from: step }, reject_to: susun }
  - { id: unggah, kind: publish, role: admin, activity: Mengunggah konten, due: { days: 5, from: step }, channels: [website] }
`;

/** The drafter and the checker are gone, the head's step has another name and another way back, more is asked for, and it is shown elsewhere. */
const AFTER = `${HEAD}
steps:
  - id: kumpulkan
    kind: prepare
    role: petugas
    activity: Mengumpulkan bahan
    requires: { media: { min: 2, kinds: [photo] }, source: true }
    due: { days: 1, from: event }
  - { id: putuskan, kind: decide, role: kepala, activity: Memutuskan konten, due: { days: 1, from: step }, reject_to: kumpulkan, labels: { accept: "YA", reject: TIDAK } }
  - { id: umumkan, kind: publish, role: admin, activity: Mengumumkan konten, due: { days: 1, from: step }, channels: [media_sosial] }
`;

const OFFICE = `
office:
  id: kantor-contoh
  name: Kantor Contoh
  timezone: Asia/Jakarta
  register: "{number:4}/CONTOH/{year}"
sops: [./alur.yaml]
people:
  - { id: ayu, name: Ayu, roles: [petugas], telegram: 2101 }
  - { id: bima, name: Bima, roles: [petugas], telegram: 2102 }
  - { id: dedi, name: Dedi, roles: [penyusun], telegram: 2103 }
  - { id: eka, name: Eka, roles: [pemeriksa], telegram: 2104 }
  - { id: gita, name: Gita, roles: [kepala], telegram: 2105 }
  - { id: fani, name: Fani, roles: [admin], telegram: 2106 }
`;

interface Row {
  number: string | null;
  title: string | null;
  status: string;
  step: string | null;
  round: number;
  revision: number;
  sop_version: string;
  due_at: string | null;
  decisions: { step: string; person: string; verdict: string }[];
  publications: { channel: string }[];
}

let service: Simulated;
let [ayu, bima, dedi, eka, gita, fani]: FarPhone[] = [];

beforeAll(async () => {
  service = await startSimulated(['kantor.yaml'], { 'kantor.yaml': OFFICE, 'alur.yaml': BEFORE });
  [ayu, bima, dedi, eka, gita, fani] = [2101, 2102, 2103, 2104, 2105, 2106].map((id) => service.phone(id));
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
  service.hurry();
});
afterAll(() => service?.stop());

async function collects(title: string): Promise<void> {
  await ayu?.send(['1']);
  await ayu?.hears(/nama kegiatan/i);
  await ayu?.write(title);
  await ayu?.tap('Hari ini');
  await ayu?.tap('SERAHKAN');
  await ayu?.hears(/Diserahkan/);
}

async function drafts(): Promise<void> {
  await dedi?.tap('KERJAKAN');
  await dedi?.hears(/dikerjakan oleh/i);
  await dedi?.send(['2']);
  await dedi?.tap('SERAHKAN');
  await dedi?.hears(/Nomor register|revisi ke-/);
}

async function rejects(who: FarPhone | undefined): Promise<void> {
  await who?.tap('TOLAK');
  await who?.hears(/alasan/i);
  await who?.write('Bahannya belum sesuai, mohon diganti.');
}

/** Every case of the register by its title; to the outside, what is being drafted is running. */
async function cases(): Promise<Map<string, Row>> {
  const rows = JSON.parse(await service.alur('register', 'export', '--format', 'json')) as Row[];
  return new Map(rows.map((row) => [row.title ?? '', row]));
}

const where = (rows: Map<string, Row>) => Object.fromEntries([...rows].map(([title, { status, step }]) => [title, `${status} ${step}`]));

it('a changed SOP approves, strands and loses nothing that is on its way', async () => {
  await collects('tayang nanti');
  await drafts();
  await eka?.tap('TERIMA');
  await gita?.tap('TERIMA');
  await collects('di kepala');
  await drafts();
  await eka?.tap('TERIMA');
  await gita?.hears(/Perlu keputusan[\s\S]*di kepala/);
  await collects('di pemeriksa');
  await drafts();
  await collects('dikembalikan');
  await drafts();
  await eka?.hears(/Perlu keputusan[\s\S]*dikembalikan/);
  await rejects(eka);
  await dedi?.hears(/Dikembalikan/);
  await collects('disusun');
  await dedi?.hears(/Perlu dikerjakan[\s\S]*disusun/);
  await ayu?.send(['3']);
  await ayu?.hears(/nama kegiatan/i);
  const before = await cases();
  expect(where(before)).toEqual({
    'tayang nanti': 'approved unggah',
    'di kepala': 'running sahkan',
    'di pemeriksa': 'running periksa',
    dikembalikan: 'returned susun',
    disusun: 'running susun',
  });

  service.write('alur.yaml', AFTER);
  await service.alur('office', 'apply', service.write('kantor.yaml', OFFICE));
  expect(await cases()).toEqual(before);

  // Each goes on by what was shown before, on the steps that it began with.
  await fani?.tap('SUDAH TAYANG');
  await fani?.hears(/tautan tayangan di Website/);
  await fani?.write('https://kantor.example.org/1');
  await fani?.hears(/SELESAI/);
  await gita?.tap('TERIMA');
  await fani?.tap('SUDAH TAYANG');
  await fani?.hears(/tautan tayangan di Website/);
  await fani?.write('https://kantor.example.org/2');
  await eka?.tap('TERIMA');
  await gita?.hears(/Perlu keputusan[\s\S]*di pemeriksa/);
  // A way back that the new SOP does not have either.
  await rejects(gita);
  await dedi?.hears(/Dikembalikan[\s\S]*di pemeriksa/);
  await dedi?.tap('SERAHKAN');
  await dedi?.hears(/revisi ke-/);
  await ayu?.write('draf lama');
  await ayu?.tap('Hari ini');
  await ayu?.tap('SERAHKAN');
  await ayu?.hears(/Diserahkan/);

  // What begins now begins by the new one.
  await bima?.send(['4', '5']);
  await bima?.hears(/nama kegiatan/i);
  await bima?.write('alur baru');
  await bima?.tap('Hari ini');
  await bima?.hears(/sumber/i);
  await bima?.write('Liputan sendiri');
  await bima?.tap('SERAHKAN');
  await gita?.tap('YA');
  await fani?.tap('SUDAH TAYANG');
  await fani?.hears(/tautan tayangan di Media sosial/);
  await fani?.write('https://instagram.example.org/1');
  await bima?.hears(/SELESAI/);

  const after = await cases();
  expect(where(after)).toEqual({
    'tayang nanti': 'published null',
    'di kepala': 'published null',
    'di pemeriksa': 'running periksa',
    dikembalikan: 'returned susun',
    disusun: 'running susun',
    'draf lama': 'running susun',
    'alur baru': 'published null',
  });
  const old = before.get('disusun')?.sop_version;
  for (const [title, row] of after) expect([title, row.sop_version === old]).toEqual([title, title !== 'alur baru']);
  expect(after.get('di kepala')?.publications.map(({ channel }) => channel)).toEqual(['website']);
  expect(after.get('di pemeriksa')?.decisions.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
    'periksa accept',
    'sahkan reject',
  ]);
  expect(after.get('alur baru')?.decisions.map(({ step, person }) => `${step} ${person}`)).toEqual(['putuskan gita']);
  await service.alur('audit', 'verify');
}, 150_000);
