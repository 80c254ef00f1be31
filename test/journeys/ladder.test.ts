// The ladder in real time through the real service: an office of its own with an SOP of its own whose step lasts three seconds.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { openTrial, type Trial } from '../support/service.ts';
import { hasButton, says } from './walk.ts';

const SOP = `
id: cepat
title: Alur Cepat
agency: Kantor Contoh
roles: { pembuat: Pembuat, pemeriksa: Pemeriksa, admin: Admin }
steps:
  - id: serahkan
    kind: prepare
    role: pembuat
    activity: Menyerahkan foto
    requires: { media: { min: 1, kinds: [photo, video] }, caption: { max: 200 } }
    due: { days: 0, from: event, at: day-end }
    output: [register]
  - id: periksa
    kind: decide
    role: pemeriksa
    activity: Memeriksa foto
    due: { elapsed: 3s, from: step }
    reject_to: serahkan
    output: [written-response]
  - id: unggah
    kind: publish
    role: admin
    activity: Mengunggah foto
    due: { elapsed: 1h, from: step }
    channels: [website, media_sosial]
`;

const OFFICE = `
office:
  id: kantor-cepat
  name: Kantor Cepat (contoh)
  timezone: Asia/Makassar
  hours: always
  register: "{number:4}/CEPAT/{year}"
sops: [./cepat.yaml]
supervisors: [dewi]
people:
  - { id: ayu, name: Ayu, roles: [pembuat], telegram: 2001 }
  - { id: bagus, name: Bagus, roles: [pemeriksa], telegram: 2002 }
  - { id: dewi, name: Dewi, roles: [admin], telegram: 2003 }
`;

let trial: Trial | null = null;
afterEach(async () => {
  await trial?.close();
  trial = null;
});

async function handIn(at: Trial): Promise<void> {
  // Whoever has never opened the bot's chat cannot be written to: all have, before anything is sent to them.
  for (const [id, name] of [
    [2002, 'Bagus'],
    [2003, 'Dewi'],
  ] as const)
    at.api.phone(id, name);
  const ayu = at.api.phone(2001, 'Ayu');
  await ayu.sendPhoto(await samplePhoto(1), { caption: 'Foto kegiatan' });
  await ayu.waitFor(says(/nama kegiatan/i));
  ayu.sendText('Apel pagi');
  await ayu.waitFor(hasButton('Hari ini'));
  await ayu.press('Hari ini');
  await ayu.waitFor(hasButton('SERAHKAN'));
  await ayu.press('SERAHKAN');
}

it('reminds before the deadline, tells holder and supervisor at it, escalates after it, and is silent once it is decided', async () => {
  const at = await openTrial({ office: OFFICE, files: { 'cepat.yaml': SOP } });
  trial = at;
  await at.start();
  await handIn(at);
  const [bagus, dewi] = [at.api.phone(2002, 'Bagus'), at.api.phone(2003, 'Dewi')];
  const card = await bagus.waitFor(hasButton('TERIMA'));
  // Telegram's times are whole seconds: the order is what is looked at here, and the history has the instants.
  for (const phone of [bagus, dewi]) await phone.waitFor((one) => says(/melewati tenggat/i)(one) && /0001\/CEPAT/.test(one.text ?? ''));
  await bagus.waitFor(says(/menunggu/i));
  for (const phone of [bagus, dewi]) await phone.waitFor(says(phone === bagus ? /peringatan ke-1/i : /eskalasi ke-1/i));
  await bagus.press('TERIMA', { message: card.id });
  await bagus.waitFor(says(/TERIMA oleh Bagus/));
  const told = bagus.messages().length;
  await pause(4_000);
  expect(bagus.messages()).toHaveLength(told);
  const shown = JSON.parse((await at.alur('case', 'show', '1', '--json')).out) as {
    late: boolean;
    status: string;
    events: { type: string; at: string }[];
  };
  expect(shown).toMatchObject({ status: 'approved', late: true });
  const entered = Date.parse(shown.events.find(({ type }) => type === 'entered')?.at ?? '');
  const rungs = shown.events.filter(({ type }) => type === 'told').map(({ at: when }) => Date.parse(when) - entered);
  // A quarter before, at, and one length after; never early (the times here are cut to whole seconds).
  expect(rungs.length).toBeGreaterThanOrEqual(3);
  for (const [i, least] of [2250, 3000, 6000].entries()) expect(rungs[i]).toBeGreaterThanOrEqual(least - 1_000);
}, 90_000);

it('asks for the proof of one channel after the other, takes a photo as proof, and the last one closes the case', async () => {
  const at = await openTrial({ office: OFFICE, files: { 'cepat.yaml': SOP } });
  trial = at;
  await at.start();
  await handIn(at);
  const [ayu, bagus, dewi] = [at.api.phone(2001, 'Ayu'), at.api.phone(2002, 'Bagus'), at.api.phone(2003, 'Dewi')];
  await bagus.waitFor(hasButton('TERIMA'));
  await bagus.press('TERIMA');
  await dewi.waitFor(hasButton('SUDAH TAYANG'));
  await dewi.press('SUDAH TAYANG');
  await dewi.waitFor(says(/website/i));
  dewi.sendText('bukan tautan');
  await dewi.waitFor(says(/tautan.*(https|alamat)/is));
  dewi.sendText('https://kantor.contoh.go.id/berita/1');
  await dewi.waitFor((one) => says(/tautan tayangan di Media sosial/i)(one));
  await dewi.sendPhoto(await samplePhoto(2));
  for (const phone of [ayu, bagus, dewi]) await phone.waitFor(says(/SELESAI/));
  const shown = JSON.parse((await at.alur('case', 'show', '1', '--json')).out) as {
    status: string;
    publications: { channel: string; link: string | null }[];
  };
  expect(shown.status).toBe('published');
  expect(shown.publications.map(({ channel, link }) => [channel, link])).toEqual([
    ['website', 'https://kantor.contoh.go.id/berita/1'],
    ['media_sosial', null],
  ]);
}, 90_000);

it('finds a deadline that fell due while it was down, within a minute of its start', async () => {
  const at = await openTrial({ office: OFFICE, files: { 'cepat.yaml': SOP } });
  trial = at;
  await at.start();
  await handIn(at);
  const bagus = at.api.phone(2002, 'Bagus');
  await bagus.waitFor(hasButton('TERIMA'));
  await at.stop('SIGKILL');
  await pause(4_000);
  await at.start();
  // After a long outage only the highest rung is said, which names the deadline and the lateness as well.
  const told = bagus.waitFor(says(/(melewati tenggat|peringatan ke)[\s\S]*terlambat/i), { timeoutMs: 60_000 });
  await told.catch(async (error: unknown) => {
    const { out } = await at.alur('case', 'show', '1', '--json');
    throw new Error(`${String(error)}\n${at.output()}\n${out}`);
  });
}, 120_000);
