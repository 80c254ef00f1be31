// Two more SOPs through the real service and PostgreSQL: material that goes from maker to maker with a schedule, and a task that is given.
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import type { Phone } from '../../web/simulator/phone.ts';
import { sampleDocument, samplePhoto } from '../../web/simulator/sample-files.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, says } from './walk.ts';

let trial: Trial | null = null;
afterEach(async () => {
  await trial?.close();
  trial = null;
});

const WAIT = { timeoutMs: 20_000 };

async function begin(office: string): Promise<Trial> {
  const at = await openTrial({ office: readFileSync(new URL(`../../offices/${office}.yaml`, import.meta.url), 'utf8') });
  trial = at;
  await at.start();
  return at;
}

async function tap(phone: Phone, label: string): Promise<void> {
  const message = await phone.waitFor(hasButton(label), WAIT);
  await phone.press(label, { message: message.id });
}

async function shown(
  at: Trial,
): Promise<{ status: string; submitter: string; publications: { channel: string }[]; decisions: { person: string }[] }> {
  const { out, err } = await at.alur('case', 'show', '1', '--json');
  expect(err).toBe('');
  return JSON.parse(out);
}

it('Dishub: material is handed on, designed, approved twice, scheduled and published on two channels', async () => {
  const at = await begin('dishub-contoh');
  const [rizal, intan, agus, bambang, sofia] = [1401, 1402, 1403, 1404, 1405].map((id) => at.api.phone(id));
  if (!rizal || !intan || !agus || !bambang || !sofia) throw new Error('nobody is there');
  await rizal.sendAlbum(
    [1, 2].map(() => ({ kind: 'document' as const, bytes: sampleDocument(), fileName: 'bahan.pdf', mime: 'application/pdf' })),
  );
  await rizal.waitFor(says(/nama kegiatan/i), WAIT);
  rizal.sendText('Ramp check Terminal ALBN');
  await tap(rizal, 'Hari ini');
  await rizal.waitFor(says(/sumber/i), WAIT);
  rizal.sendText('Liputan sendiri di terminal');
  await tap(rizal, 'SERAHKAN');
  await tap(intan, 'KERJAKAN');
  await intan.waitFor(says(/dikerjakan oleh/i), WAIT);
  await intan.sendPhoto(await samplePhoto(3));
  await tap(intan, 'SERAHKAN');
  await tap(bambang, 'YA');
  await tap(sofia, 'YA');
  await tap(bambang, 'ATUR JADWAL');
  await bambang.waitFor(says(/jadwal/i), WAIT);
  bambang.sendText('sekarang');
  // Out of office hours the time is pointed out first.
  const answered = await bambang.waitFor((one) => says(/dijadwalkan tayang|hari kerja|jam kantor/i)(one), WAIT);
  if (!/dijadwalkan tayang/i.test(answered.text ?? '')) await tap(bambang, 'Ya, tetap jadwalkan');
  await tap(agus, 'SUDAH TAYANG');
  await agus.waitFor(says(/tautan tayangan di Website/i), WAIT);
  agus.sendText('https://dishub.contoh.go.id/1');
  await agus.waitFor(says(/tautan tayangan di Media sosial/i), WAIT);
  agus.sendText('https://www.instagram.com/p/dishub1');
  for (const phone of [rizal, intan, bambang, sofia]) await phone.waitFor(says(/SELESAI/), WAIT);
  const c = await shown(at);
  expect(c).toMatchObject({ status: 'published', submitter: 'rizal' });
  expect(c.publications.map(({ channel }) => channel)).toEqual(['website', 'media_sosial']);
  expect((await at.alur('audit', 'verify')).code).toBe(0);
}, 120_000);

it('Diskominfo: a task is given to one person, drafted, checked three times with a return, and announced online and offline', async () => {
  const at = await begin('diskominfo-contoh');
  const [nurdin, tika, darma, ratna] = [1301, 1302, 1304, 1305].map((id) => at.api.phone(id));
  if (!nurdin || !tika || !darma || !ratna) throw new Error('nobody is there');
  nurdin.sendText('/kirim');
  await nurdin.waitFor(says(/nama kegiatan/i), WAIT);
  nurdin.sendText('Pengumuman layanan aduan');
  await nurdin.waitFor(says(/disposisi/i), WAIT);
  nurdin.sendText('045/2026, 20 November 2026: siapkan pengumuman');
  await tap(nurdin, 'Tika Maharani');
  await tap(nurdin, 'TUGASKAN');
  await tap(tika, 'KERJAKAN');
  await tap(tika, 'Hari ini');
  await tika.waitFor(says(/dokumentasi|bahan/i), WAIT);
  await tika.sendPhoto(await samplePhoto(5));
  await tika.waitFor(says(/narasi/i), WAIT);
  tika.sendText('Layanan aduan dibuka setiap hari kerja mulai pukul delapan.');
  await tap(tika, 'Berkala');
  await tap(tika, 'SERAHKAN');
  await tap(nurdin, 'YA');
  await tap(darma, 'TIDAK');
  await darma.waitFor(says(/alasan/i), WAIT);
  darma.sendText('Nomor layanan belum disebut, mohon dilengkapi.');
  const back = await nurdin.waitFor((one) => says(/Nomor layanan belum disebut/)(one) && hasButton('YA')(one), WAIT);
  await nurdin.press('YA', { message: back.id });
  const again = await darma.waitFor((one) => hasButton('YA')(one), WAIT);
  await darma.press('YA', { message: again.id });
  await tap(ratna, 'YA');
  await tap(tika, 'SUDAH TAYANG');
  await tika.waitFor(says(/tautan/i), WAIT);
  tika.sendText('https://diskominfo.contoh.go.id/1');
  await tika.waitFor(says(/foto.*papan|papan.*foto/is), WAIT);
  await tika.sendPhoto(await samplePhoto(6));
  for (const phone of [nurdin, tika, darma, ratna]) await phone.waitFor(says(/SELESAI/), WAIT);
  expect((await shown(at)).status).toBe('published');
  expect((await at.alur('audit', 'verify')).code).toBe(0);
}, 120_000);
