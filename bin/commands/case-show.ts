// `alur case show NUMBER`: one case with its whole history.
import type { PgStore } from '../../db/store.ts';
import { caseJson, eventsJson } from '../case-json.ts';
import { caseText } from '../case-text.ts';
import { withStore } from '../database.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export async function caseShow(context: Context, number: string, options: { office?: string }): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  return withStore(settings, (store) => show(context, store, number.trim(), options.office));
}

async function show(context: Context, store: PgStore, number: string, office: string | undefined): Promise<Exit> {
  const found = await store.caseByNumber(number, office);
  const [only, ...more] = found;
  if (!only) {
    const where = office === undefined ? '' : ` pada instansi "${office}"`;
    return refused(context, `Nomor register "${number}" tidak ditemukan${where}.`);
  }
  if (more.length > 0) {
    const list = found.map((one) => `  ${one.case.number?.text ?? ''}  (${one.office.id})`).join('\n');
    return refused(context, `Nomor "${number}" dipakai lebih dari satu konten; tulis nomor lengkapnya atau tambahkan --office:\n${list}`);
  }
  const facts = { ...only, now: context.now() };
  const events = eventsJson(await store.eventsOf(only.case.id), only.office);
  if (context.json) printJson(context, { ...caseJson(facts), events });
  else context.out(caseText(facts, events));
  return DONE;
}
