// Every mix of channels between the people of a case: all five SOPs, the straight way and every way back, through the real service, its
// gateway and an unmodified Baileys. `npm run proof:whatsapp-mixes -- [from] [to]`, 0 to 31: whose bit is set is on WhatsApp.
import { calendarOf } from '../../src/calendar/calendar.ts';
import { walksOf } from '../journeys/five-walks.ts';
import { officeNamed } from '../support/other-phones.ts';
import setup from '../support/postgres-once.ts';
import { type Mixed, startMixed } from '../support/whatsapp/mixed-service.ts';

/** In the order of their steps. SOPs with fewer people repeat their mixes. */
const PEOPLE: Record<string, number[]> = {
  'disdagperin-contoh': [1001, 1002, 1003, 1004, 1005],
  'dpmptsp-contoh': [1201, 1202, 1203, 1204, 1205],
  'diskominfo-contoh': [1301, 1302, 1304, 1305],
  'dishub-contoh': [1401, 1402, 1403, 1404, 1405],
  'ppid-contoh': [1101, 1103],
};
const MIXES = 32;

const onWhatsApp = (mix: number): number[] =>
  Object.values(PEOPLE).flatMap((people) => people.filter((_, place) => (mix & (1 << place)) !== 0));

async function nextMorning({ service }: Mixed): Promise<void> {
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
}

async function walkAll(mixed: Mixed): Promise<void> {
  const { ppid, medsos, dpmptsp, diskominfo, dishub } = walksOf(mixed);
  const both = async (walks: { straight(): Promise<void>; back(): Promise<void> }): Promise<void> => {
    await walks.straight();
    await walks.back();
  };
  const announced = async (): Promise<void> => {
    await ppid.announces('Jalan lurus');
    await ppid.publish();
  };
  await Promise.all([announced(), both(medsos), both(dpmptsp), both(diskominfo), both(dishub)]);
}

/** One mix in a service of its own. Gives what is not as it should be. */
async function prove(mix: number): Promise<string[]> {
  const mixed = await startMixed(Object.keys(PEOPLE), onWhatsApp(mix));
  try {
    await nextMorning(mixed);
    mixed.service.hurry();
    await walkAll(mixed);
    const rows = JSON.parse(await mixed.service.alur('register', 'export', '--format', 'json')) as { status: string }[];
    const open = rows.filter(({ status }) => status !== 'published').length;
    console.log(`mix ${mix.toString(2).padStart(5, '0')}: ${rows.length} cases walked, ${open} of them not published`);
    return [...mixed.whatsapp.serverFaults.map(({ message }) => message), ...(open > 0 ? [`${open} cases are open`] : [])];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error), mixed.service.complaints()];
  } finally {
    await mixed.stop();
  }
}

const [from = 0, to = MIXES - 1] = process.argv.slice(2).map(Number);
const stopPostgres = await setup();
for (let mix = from; mix <= to; mix += 1) {
  const faults = await prove(mix);
  if (faults.length > 0) {
    process.exitCode = 1;
    console.error(`mix ${mix.toString(2).padStart(5, '0')}:`, ...faults);
  }
}
await stopPostgres();
