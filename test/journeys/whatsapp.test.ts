// The five SOPs with their people on either channel, through the real service, its gateway and an unmodified Baileys.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/calendar/calendar.ts';
import { officeNamed } from '../support/other-phones.ts';
import { type Mixed, startMixed } from '../support/whatsapp/mixed-service.ts';
import { walksOf } from './five-walks.ts';

const OFFICES = ['disdagperin-contoh', 'dpmptsp-contoh', 'diskominfo-contoh', 'dishub-contoh', 'ppid-contoh'];
const WALK_MS = 120_000;

let mixed: Mixed;
let walks: ReturnType<typeof walksOf>;

beforeAll(async () => {
  // Maker and head on WhatsApp, the desks between and the publisher on Telegram; the other offices the other way about.
  mixed = await startMixed(OFFICES, [1001, 1004, 1202, 1203, 1205, 1301, 1304, 1402, 1404, 1405, 1101]);
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

it('nothing went wrong on the way', () => {
  expect(mixed.whatsapp.serverFaults).toEqual([]);
  const complaints = mixed.service.complaints().split('\n');
  // What is said on purpose: the server is not WhatsApp, and linking held the number for a moment.
  expect(
    complaints.filter((line) => line !== '' && !/^Perhatian: WHATSAPP_WEB_SOCKET_URL|another process holds this number/.test(line)),
  ).toEqual([]);
});
