// `alur case show NUMBER`: one case with its whole history.
import type { PgStore } from '../../db/store.ts';
import { caseJson, eventsJson, viewsJson } from '../case-json.ts';
import { caseText } from '../case-text.ts';
import { officeNow, withStore } from '../database.ts';
import { findCase } from '../find-case.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export async function caseShow(context: Context, number: string, options: { office?: string }): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  return withStore(settings, async (store) =>
    show(context, store, number, options.office, await officeNow(store, settings, context.now())),
  );
}

async function show(context: Context, store: PgStore, number: string, office: string | undefined, now: number): Promise<Exit> {
  const found = await findCase(store, number, office);
  if (!found.ok) return refused(context, found.reason);
  const { read } = found;
  const facts = { ...read, now };
  const events = eventsJson(await store.eventsOf(read.case.id), read.office);
  const views = viewsJson(await store.viewsOf(read.case.id), read.office);
  if (context.json) printJson(context, { ...caseJson(facts), views, events });
  else context.out(caseText(facts, events, views));
  return DONE;
}
