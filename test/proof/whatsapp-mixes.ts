// Every mix of channels between the people of a case: all five SOPs, the straight way and every way back, through the real service, its
// gateway and an unmodified Baileys. `npm run proof:whatsapp-mixes -- [from] [to] [together]`: mixes 0 to 31, whose bit is set is on WhatsApp.
// Each mix has offices and people of its own; so many mixes share one service and walk side by side. What fails stops nobody else: it is
// said at the end, and the exit code is 1.
import { calendarOf } from '../../src/calendar/calendar.ts';
import { walksOf } from '../journeys/five-walks.ts';
import { officeNamed } from '../support/other-phones.ts';
import setup from '../support/postgres-once.ts';
import { idIn, type Mixed, nameOf, type Seating, startMixed } from '../support/whatsapp/mixed-service.ts';

/** In the order of their steps. SOPs with fewer people repeat their mixes. */
const PEOPLE: Record<string, number[]> = {
  'disdagperin-contoh': [1001, 1002, 1003, 1004, 1005],
  'dpmptsp-contoh': [1201, 1202, 1203, 1204, 1205],
  'diskominfo-contoh': [1301, 1302, 1304, 1305],
  'dishub-contoh': [1401, 1402, 1403, 1404, 1405],
  'ppid-contoh': [1101, 1103],
};
const MIXES = 32;
/** Straight and back; the announcement has no way back. */
const CASES = 9;
/** The machine may be busy with other things: only what never comes is a fault. */
const PATIENCE = 5;

const seatsOf = (mix: number): Seating[] =>
  Object.entries(PEOPLE).map(([office, people]) => ({
    office,
    onWhatsApp: people.filter((_, place) => (mix & (1 << place)) !== 0),
    copy: mix + 1,
  }));

const secondsSince = (begun: number): number => Math.round((performance.now() - begun) / 1000);
const bits = (mix: number): string => mix.toString(2).padStart(5, '0');

/** With what lies beneath: `fetch failed` alone says nothing. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${messageOf(error.cause)})`;
}

async function nextMorning({ service }: Mixed): Promise<void> {
  const calendar = calendarOf(officeNamed('disdagperin-contoh', 'kalteng-disdagperin-upload-medsos'));
  await service.moveClock(calendar.instantOf(calendar.nextDate(calendar.dateOf(await service.now()), 1), '09:00'));
}

interface Row {
  office: string;
  status: string;
}

interface Proved {
  mix: number;
  cases: number;
  seconds: number;
  faults: string[];
}

/** All five offices of the mix side by side. */
async function prove(mixed: Mixed, mix: number): Promise<Proved> {
  const begun = performance.now();
  const faults: string[] = [];
  const { ppid, medsos, dpmptsp, diskominfo, dishub } = walksOf({ phone: (id) => mixed.phone(idIn(id, mix + 1)) });
  const both = async (walks: { straight(): Promise<void>; back(): Promise<void> }): Promise<void> => {
    await walks.straight();
    await walks.back();
  };
  const announced = async (): Promise<void> => {
    await ppid.announces('Jalan lurus');
    await ppid.publish();
  };
  const walked = { ppid: announced(), medsos: both(medsos), dpmptsp: both(dpmptsp), diskominfo: both(diskominfo), dishub: both(dishub) };
  const ways = Object.entries(walked).map(([office, way]) =>
    way.catch((error: unknown) => void faults.push(`${office}: ${messageOf(error)}`)),
  );
  await Promise.all(ways);
  const seconds = secondsSince(begun);
  const exported = await mixed.service.alur('register', 'export', '--format', 'json').catch((error: unknown) => {
    faults.push(messageOf(error));
    return '[]';
  });
  const mine = new Set(Object.keys(PEOPLE).map((office) => nameOf(office, mix + 1)));
  const rows = (JSON.parse(exported) as Row[]).filter(({ office }) => mine.has(office));
  const open = rows.filter(({ status }) => status !== 'published').length;
  if (rows.length !== CASES) faults.push(`${rows.length} cases instead of ${CASES}`);
  if (open > 0) faults.push(`${open} cases are open`);
  return { mix, cases: rows.length, seconds, faults };
}

function say({ mix, cases, seconds, faults }: Proved): void {
  console.log(`mix ${bits(mix)}: ${faults.length === 0 ? 'holds' : 'BROKEN'}; ${cases} cases walked in ${seconds} s`);
  for (const fault of faults) console.log(`  ${fault}`);
}

/** Several mixes in one service. */
async function proveTogether(mixes: number[]): Promise<Proved[]> {
  const begun = performance.now();
  const name = mixes.map(bits).join(' ');
  try {
    const mixed = await startMixed(mixes.flatMap(seatsOf), { patience: PATIENCE });
    running = mixed;
    console.log(`${name}: everybody is there after ${secondsSince(begun)} s`);
    await nextMorning(mixed);
    mixed.service.hurry();
    const proved = await Promise.all(
      mixes.map(async (mix) => {
        const one = await prove(mixed, mix);
        say(one);
        return one;
      }),
    );
    const beside = mixed.whatsapp.serverFaults.map(messageOf);
    if (beside.length > 0 || proved.some(({ faults }) => faults.length > 0)) console.log(mixed.service.complaints());
    await mixed.stop();
    running = null;
    console.log(`${name}: ${secondsSince(begun)} s in all`);
    for (const fault of beside) proved[0]?.faults.push(`the server: ${fault}`);
    return proved;
  } catch (error) {
    const faults = [`${name}: ${messageOf(error)}`];
    console.log(...faults);
    return mixes.map((mix) => ({ mix, cases: 0, seconds: 0, faults }));
  }
}

const [from = 0, to = MIXES - 1, together = 4] = process.argv.slice(2).map(Number);
let running: Mixed | null = null;
const begun = performance.now();
const stopPostgres = await setup();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(
    signal,
    () =>
      void Promise.resolve(running?.stop())
        .then(stopPostgres)
        .finally(() => process.exit(1)),
  );
}
const all: Proved[] = [];
for (let mix = from; mix <= to; mix += together) {
  const mixes = Array.from({ length: Math.min(together, to - mix + 1) }, (_, at) => mix + at);
  all.push(...(await proveTogether(mixes)));
}
await stopPostgres();
const broken = all.filter(({ faults }) => faults.length > 0);
const cases = all.reduce((sum, one) => sum + one.cases, 0);
console.log(`\n${all.length - broken.length} mixes hold, ${broken.length} are broken; ${cases} cases walked, ${secondsSince(begun)} s`);
for (const one of broken) say(one);
process.exit(broken.length === 0 ? 0 : 1);
