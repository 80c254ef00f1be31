// People come and go while a case is on its way: a new holder gets the card, a removed one can do nothing more, an empty role is an alarm,
// a changed calendar moves the deadline. The office file is applied by the command line while the service runs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, OFFICE_TEXT, people, says } from './walk.ts';

let trial: Trial | null = null;
afterEach(async () => {
  await trial?.close();
  trial = null;
});

async function apply(at: Trial, office: string): Promise<string> {
  const file = join(at.env['DATA_DIR'] ?? '', 'kantor-baru.yaml');
  writeFileSync(file, office);
  const { code, out, err } = await at.alur('office', 'apply', file);
  expect(err).toContain('diterapkan');
  expect(code).toBe(0);
  return out;
}

async function handIn(at: Trial): Promise<void> {
  const { sari } = people(at.api);
  const photos = await Promise.all([1, 2, 3, 4].map((i) => samplePhoto(i)));
  await sari.sendAlbum(
    photos.map((bytes) => ({ kind: 'photo' as const, bytes })),
    'Pasar murah',
  );
  await sari.waitFor(says(/nama kegiatan/i));
  sari.sendText('Pasar Murah');
  await sari.waitFor(hasButton('Hari ini'));
  await sari.press('Hari ini');
  await sari.waitFor(says(/narasi/i));
  sari.sendText('Dinas menggelar pasar murah untuk warga.');
  await sari.waitFor(hasButton('SERAHKAN'));
  await sari.press('SERAHKAN');
}

it('moves a case to the holders that remain, binds a newcomer by invitation and alarms when nobody is left', async () => {
  const at = await openTrial({ office: OFFICE_TEXT });
  trial = at;
  await at.start();
  await handIn(at);
  const { budi, rahmat } = people(at.api);
  const card = await budi.waitFor(hasButton('DITERIMA'));

  // Budi goes, Tono comes; Tono is not bound yet.
  const withTono = OFFICE_TEXT.replace(/ {2}- \{ id: budi.*\n/, '  - { id: tono, name: Tono, roles: [tim_pertimbangan] }\n');
  const printed = await apply(at, withTono);
  const invitation = JSON.parse(printed.trim()) as { person: string; role: string; code: string; telegram_link: string | null };
  expect(invitation).toMatchObject({ person: 'tono', role: 'tim_pertimbangan' });
  expect(invitation.telegram_link).toContain(`?start=${invitation.code}`);
  expect(await budi.press('DITERIMA', { message: card.id })).toMatch(/pegawai terdaftar/i);

  const tono = at.api.phone(3001, 'Tono');
  tono.sendText('halo');
  await tono.waitFor(says(/khusus pegawai terdaftar/i));
  tono.start('SALAH123');
  await tono.waitFor(says(/kode/i));
  tono.sendText(`DAFTAR ${invitation.code.toLowerCase()}`);
  await tono.waitFor(says(/terdaftar.*Tono/is));
  // What has been waiting is his from now on, files and all.
  await tono.waitFor(hasButton('DITERIMA'));

  // Nobody is left: the supervisor hears of it at once.
  await apply(at, OFFICE_TEXT.replace(/ {2}- \{ id: budi.*\n/, ''));
  await rahmat.waitFor(says(/belum ada pegawai dengan peran/i));

  // Budi comes back: his card stands already, and counts again.
  await apply(at, OFFICE_TEXT);
  await budi.press('DITERIMA', { message: card.id });
  await budi.waitFor(says(/DITERIMA oleh Budi/));
  const refused = JSON.parse((await at.alur('case', 'show', '1', '--json')).out) as { decisions: { person: string }[] };
  expect(refused.decisions.map(({ person }) => person)).toEqual(['budi']);

  // Kartika goes away from today on and names Maya: the card reaches her, and she decides in Kartika's name.
  const { kartika, maya } = people(at.api);
  await kartika.waitFor(hasButton('TERIMA'));
  kartika.sendText('/wakil');
  await kartika.waitFor(hasButton('Maya'));
  await kartika.press('4. Maya');
  await kartika.waitFor(says(/mulai kapan/));
  await kartika.press('Hari ini');
  await kartika.waitFor(says(/sampai kapan/));
  await kartika.press('Hari ini');
  await kartika.waitFor(hasButton('TETAPKAN'));
  await kartika.press('TETAPKAN');
  await maya.waitFor(hasButton('TERIMA'));
  await maya.press('TERIMA');
  await rahmat.waitFor(hasButton('TERIMA'));
  const { decisions } = JSON.parse((await at.alur('case', 'show', '1', '--json')).out) as { decisions: object[] };
  expect(decisions.at(-1)).toMatchObject({ person: 'maya', on_behalf_of: 'kartika', capacity: 'plh', verdict: 'accept' });
}, 150_000);

it('computes open deadlines again when the calendar changes, and tells the holder', async () => {
  const at = await openTrial({ office: OFFICE_TEXT });
  trial = at;
  await at.start();
  await handIn(at);
  const { budi } = people(at.api);
  await budi.waitFor(hasButton('DITERIMA'));
  const due = async () => (JSON.parse((await at.alur('case', 'show', '1', '--json')).out) as { due_at: string }).due_at;
  const before = await due();
  // The day of the deadline becomes a free day of the office.
  const holiday = `  holidays:\n    - { date: ${before.slice(0, 10)}, name: Libur kantor }\n`;
  await apply(at, OFFICE_TEXT.replace('  quiet:', `${holiday}  quiet:`));
  await budi.waitFor(says(/kalender kantor berubah/i));
  expect(Date.parse(await due())).toBeGreaterThan(Date.parse(before));
}, 90_000);
