// Every mix of channels between the people of a case: all five SOPs, the straight way and every way back, through the real service, its
// gateway and an unmodified Baileys. `npm run proof:whatsapp-mixes -- [from] [to] [lanes]`: mixes 0 to 31, whose bit is set is on WhatsApp;
// `lanes` of them at a time. What fails does not stop the others: it is said at the end, and the exit code is 1.
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
/** The machine may be busy with other things: only what never comes is a fault. */
const PATIENCE = 6;

const onWhatsApp = (mix: number): number[] =>
  Object.values(PEOPLE).flatMap((people) => people.filter((_, place) => (mix & (1 << place)) !== 0));

const secondsSince = (begun: number): number => Math.round((performance.now() - begun) / 1000);

async function nextMorning({ service }: Mixed): Promise<void> {
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
}

/** All offices side by side in the one service. Gives the faults of each. */
async function walkAll(mixed: Mixed): Promise<string[]> {
  const { ppid, medsos, dpmptsp, diskominfo, dishub } = walksOf(mixed);
  const both = async (walks: { straight(): Promise<void>; back(): Promise<void> }): Promise<void> => {
    await walks.straight();
    await walks.back();
  };
  const announced = async (): Promise<void> => {
    await ppid.announces('Jalan lurus');
    await ppid.publish();
  };
  const ended = await Promise.allSettled([announced(), both(medsos), both(dpmptsp), both(diskominfo), both(dishub)]);
  return ended.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Proved {
  mix: string;
  cases: number;
  startSeconds: number;
  seconds: number;
  faults: string[];
}

/** One mix in a service of its own. Whatever happens is a fault of this mix, and the next one goes on. */
async function prove(mix: number): Promise<Proved> {
  const begun = performance.now();
  const proved: Proved = { mix: mix.toString(2).padStart(5, '0'), cases: 0, startSeconds: 0, seconds: 0, faults: [] };
  const { faults } = proved;
  try {
    const mixed = await startMixed(Object.keys(PEOPLE), onWhatsApp(mix), { patience: PATIENCE });
    proved.startSeconds = secondsSince(begun);
    try {
      await nextMorning(mixed);
      mixed.service.hurry();
      faults.push(...(await walkAll(mixed)));
      const rows = JSON.parse(await mixed.service.alur('register', 'export', '--format', 'json')) as { status: string }[];
      const open = rows.filter(({ status }) => status !== 'published').length;
      proved.cases = rows.length;
      if (open > 0) faults.push(`${open} cases are open`);
      faults.push(...mixed.whatsapp.serverFaults.map(({ message }) => message));
    } finally {
      if (faults.length > 0) faults.push(mixed.service.complaints());
      await mixed.stop();
    }
  } catch (error) {
    faults.push(messageOf(error));
  }
  proved.seconds = secondsSince(begun);
  return proved;
}

function say({ mix, cases, startSeconds, seconds, faults }: Proved): void {
  const ending = faults.length === 0 ? 'holds' : 'BROKEN';
  console.log(`mix ${mix}: ${ending}; ${cases} cases walked, ${seconds} s, ${startSeconds} s of it until everybody was there`);
  for (const fault of faults) console.log(`  ${fault}`);
}

const [from = 0, to = MIXES - 1, lanes = 2] = process.argv.slice(2).map(Number);
const begun = performance.now();
const stopPostgres = await setup();
const left = Array.from({ length: to - from + 1 }, (_, at) => from + at);
const all: Proved[] = [];
// What a mix leaves behind must not end the others.
process.on('unhandledRejection', (error) => {
  all.push({ mix: 'beside', cases: 0, startSeconds: 0, seconds: 0, faults: [messageOf(error)] });
});
const lane = async (): Promise<void> => {
  for (let mix = left.shift(); mix !== undefined; mix = left.shift()) {
    const proved = await prove(mix);
    say(proved);
    all.push(proved);
  }
};
await Promise.all(Array.from({ length: lanes }, lane));
await stopPostgres();
const broken = all.filter(({ faults }) => faults.length > 0);
const cases = all.reduce((sum, proved) => sum + proved.cases, 0);
console.log(`\n${all.length - broken.length} mixes hold, ${broken.length} are broken; ${cases} cases walked, ${secondsSince(begun)} s`);
for (const proved of broken) say(proved);
process.exit(broken.length === 0 ? 0 : 1);
