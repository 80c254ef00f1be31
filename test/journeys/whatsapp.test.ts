// The five SOPs with their people on either channel, through the real service, its gateway and an unmodified Baileys.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { samplePhoto } from '../../web/simulator/sample-files.ts';
import { officeNamed } from '../support/other-phones.ts';
import { type Mixed, seated, startMixed } from '../support/whatsapp/mixed-service.ts';
import { REASON, walksOf } from './five-walks.ts';

const OFFICES = ['disdagperin-contoh', 'dpmptsp-contoh', 'diskominfo-contoh', 'dishub-contoh', 'ppid-contoh'];
const ON_WHATSAPP = [1001, 1004, 1202, 1203, 1205, 1301, 1304, 1402, 1404, 1405, 1101];
const WALK_MS = 120_000;

interface Row {
  office: string;
  status: string;
  revision: number;
  media: { sha256: string }[];
  decisions: { person: string; verdict: string; note: string }[];
}

let mixed: Mixed;
let walks: ReturnType<typeof walksOf>;

beforeAll(async () => {
  // Maker and head on WhatsApp, the desks between and the publisher on Telegram; the other offices the other way about.
  mixed = await startMixed(OFFICES.map((office) => ({ office, onWhatsApp: ON_WHATSAPP })));
  walks = walksOf(mixed);
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  const { service } = mixed;
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
  service.hurry();
});
afterAll(() => mixed?.stop());

describe.concurrent('with people on either channel', () => {
  it(
    'SOP A: announced on WhatsApp, spread on Telegram',
    async () => {
      await walks.ppid.announces('Jalan lurus');
      await walks.ppid.publish();
    },
    WALK_MS,
  );

  it(
    'SOP B: maker and head on WhatsApp, the desks between and the publisher on Telegram; straight, and rejected by both desks',
    async () => {
      await walks.medsos.straight();
      await walks.medsos.back();
    },
    WALK_MS,
  );

  it('SOP C: the maker and the head on Telegram, the rest on WhatsApp', () => walks.dpmptsp.straight(), WALK_MS);

  it('SOP D: the Kabid and the secretary on WhatsApp', () => walks.diskominfo.straight(), WALK_MS);

  it('SOP E: the designer, who schedules and who approves on WhatsApp', () => walks.dishub.straight(), WALK_MS);
});

it('all of it stands in the register as if it had come from one channel, byte for byte', async () => {
  const rows = JSON.parse(await mixed.service.alur('register', 'export', '--format', 'json')) as Row[];
  expect(rows.map(({ office, status }) => [office, status]).sort()).toEqual(
    [...OFFICES, 'disdagperin-contoh'].map((office) => [office, 'published']).sort(),
  );
  const back = rows.find(({ office, revision }) => office === 'disdagperin-contoh' && revision === 3);
  const photos = await Promise.all([1, 2, 3, 4, 6, 7].map((index) => samplePhoto(index)));
  expect(back?.media.map(({ sha256 }) => sha256).sort()).toEqual(
    photos.map((bytes) => createHash('sha256').update(bytes).digest('hex')).sort(),
  );
  expect(back?.decisions.filter(({ verdict }) => verdict === 'reject').map(({ person, note }) => [person, note])).toEqual([
    ['kartika', REASON],
    ['rahmat', REASON],
  ]);
});

it('somebody without an account binds his number with the words DAFTAR and his code; a stranger is told that he is one', async () => {
  const [office = ''] = OFFICES;
  const more = seated({ office, onWhatsApp: ON_WHATSAPP }).replace(
    'people:',
    'people:\n  - { id: nova, name: Nova Lestari, roles: [tim_pertimbangan] }',
  );
  const told = await mixed.service.alur('office', 'apply', mixed.service.write('dengan-nova.yaml', more), '--json');
  const code = /"person":\s*"nova".*?"code":\s*"([^"]+)"/s.exec(told)?.[1] ?? '';
  const stranger = mixed.whatsapp.phone('+6289900000001');
  await stranger.sendText('Selamat pagi');
  await stranger.sees('terdaftar');
  const nova = mixed.whatsapp.phone('+6289900000002');
  await nova.sendText(`daftar ${code.toLowerCase()}`);
  await nova.sees('Nova Lestari');
  await nova.sendText('antrean');
  await nova.sees('menunggu');
  expect(stranger.chat.all).toHaveLength(1);
});

it('nothing went wrong on the way', () => {
  expect(mixed.whatsapp.serverFaults).toEqual([]);
  const complaints = mixed.service.complaints().split('\n');
  // What is said on purpose: the server is not WhatsApp, and linking held the number for a moment.
  expect(
    complaints.filter((line) => line !== '' && !/^Perhatian: WHATSAPP_WEB_SOCKET_URL|another process holds this number/.test(line)),
  ).toEqual([]);
});
