// `alur doctor`: what is running, reachable, late or stuck.
import { officeNow, withStore } from '../database.ts';
import { asideFindings } from '../doctor/aside.ts';
import { doorFindings } from '../doctor/doors.ts';
import { type Finding, wrong } from '../doctor/finding.ts';
import { officeFindings } from '../doctor/offices.ts';
import { diskFindings, redisFindings, serviceFinding, telegramFindings } from '../doctor/surroundings.ts';
import { watchFindings } from '../doctor/watch.ts';
import { whatsAppFindings } from '../doctor/whatsapp.ts';
import { type Context, DONE, type Exit, printJson, REFUSED, WRONG_USAGE } from '../io.ts';
import { scrubber } from '../log.ts';
import type { Settings } from '../settings.ts';
import { settingsFor } from '../settings-for.ts';
import { unplanned } from '../unplanned.ts';

const MARKS = { ok: 'baik   ', note: 'catatan', wrong: 'SALAH  ' };

export async function doctor(context: Context): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const around = await Promise.all([
    serviceFinding(settings.http),
    telegramFindings(settings.telegram),
    redisFindings(settings.queues),
    diskFindings(settings.dataDir),
  ]);
  const serviceRuns = around[0].state !== 'note';
  const findings = [...around.flat(), ...(await databaseFindings(context, settings, serviceRuns))];
  const sick = findings.some((finding) => finding.state === 'wrong');
  const scrub = scrubber(settings.secrets);
  if (context.json) printJson(context, { ok: !sick, findings: findings.map((one) => ({ ...one, detail: scrub(one.detail) })) });
  else context.out(findings.map(({ state, what, detail }) => `${MARKS[state]}  ${what}: ${scrub(detail)}\n`).join(''));
  if (sick) context.err('Ada yang salah.\n');
  return sick ? REFUSED : DONE;
}

async function databaseFindings(context: Context, settings: Settings, serviceRuns: boolean): Promise<Finding[]> {
  try {
    return await withStore(settings, async (store) => {
      const kind = settings.database.kind === 'url' ? 'DATABASE_URL' : 'bawaan';
      const reached: Finding = { what: 'database', state: 'ok', detail: `menjawab (${kind}).` };
      const now = await officeNow(store, settings, context.now());
      const doors = doorFindings(await store.stats(now), now, serviceRuns);
      return [
        reached,
        ...doors,
        ...(await asideFindings(store)),
        ...(await whatsAppFindings(store.whatsApp, settings.whatsapp, serviceRuns)),
        ...(await officeFindings(store, now)),
        ...(await watchFindings(store, now)),
      ];
    });
  } catch (error) {
    return [wrong('database', unplanned(error, context.env))];
  }
}
