// `alur case show NUMBER`: one case with its whole history.
import type { PgStore } from '../../db/store.ts';
import { caseJson, eventsJson, viewsJson } from '../case-json.ts';
import { caseText } from '../case-text.ts';
import { officeNow, withStore } from '../database.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export async function caseShow(context: Context, number: string, options: { office?: string }): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  return withStore(settings, async (store) =>
    show(context, store, number.trim(), options.office, await officeNow(store, settings, context.now())),
  );
}

async function show(context: Context, store: PgStore, number: string, office: string | undefined, now: number): Promise<Exit> {
  const matches = await store.caseByNumber(number, office);
  const read = await Promise.all(matches.map((match) => store.readCase(match.case)));
  const [only, ...more] = read.flatMap((one) => one ?? []);
  if (!only) {
    const where = office === undefined ? '' : ` pada instansi "${office}"`;
    return refused(context, `Nomor register "${number}" tidak ditemukan${where}.`);
  }
  if (more.length > 0) {
    const list = [only, ...more].map((one) => `  ${one.case.number?.text ?? ''}  (${one.office.id})`).join('\n');
    return refused(context, `Nomor "${number}" dipakai lebih dari satu konten; tulis nomor lengkapnya atau tambahkan --office:\n${list}`);
  }
  const facts = { ...only, now };
  const events = eventsJson(await store.eventsOf(only.case.id), only.office);
  const views = viewsJson(await store.viewsOf(only.case.id), only.office);
  if (context.json) printJson(context, { ...caseJson(facts), views, events });
  else context.out(caseText(facts, events, views));
  return DONE;
}
