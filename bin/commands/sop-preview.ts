// `alur sop preview ID`: when each step of an SOP would be due, by an office's calendar or the national one.
import { NATIONAL_HOURS } from '../../src/calendar/national-hours.ts';
import { previewOf } from '../../src/calendar/preview.ts';
import { parseInstant, rfc3339 } from '../../src/calendar/rfc3339.ts';

import type { OfficeTime } from '../../src/office/office.ts';
import type { Sop } from '../../src/sop/sop.ts';
import { withStore } from '../database.ts';
import { isDate } from '../dates.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE, wrongUsage } from '../io.ts';
import { sopNamed } from '../known-sops.ts';
import { settingsFor } from '../settings-for.ts';

const NATIONAL_OFFICE: OfficeTime = { timezone: 'Asia/Jakarta', hours: NATIONAL_HOURS, seasons: [], holidays: [], quiet: null };

export async function sopPreview(
  context: Context,
  id: string,
  options: { event: string; handover: string; office?: string },
): Promise<Exit> {
  if (!isDate(options.event)) return wrongUsage(context, `--event: "${options.event}" bukan tanggal; tulis seperti 2026-11-20.`);
  const handover = parseInstant(options.handover);
  if (handover === null) {
    return wrongUsage(context, `--handover: "${options.handover}" bukan waktu RFC 3339; tulis seperti 2026-11-20T14:00+07:00.`);
  }
  if (options.office !== undefined) return previewFor(context, id, options.office, { event: options.event, handover });
  const sop = await sopNamed(context, id);
  return typeof sop === 'number' ? sop : print(context, sop, NATIONAL_OFFICE, { event: options.event, handover });
}

async function previewFor(context: Context, id: string, officeId: string, input: { event: string; handover: number }): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const found = await withStore(settings, async (store) => {
    const office = (await store.offices()).find((one) => one.id === officeId);
    if (!office) return null;
    const own = await store.transaction((tx) => tx.sopsOf(officeId));
    return { office, own: own.find((sop) => sop.id === id) };
  });
  if (!found) return refused(context, `Instansi "${officeId}" tidak dikenal. Terapkan berkasnya dengan \`office apply FILE\`.`);
  const sop = found.own ?? (await sopNamed(context, id));
  return typeof sop === 'number' ? sop : print(context, sop, found.office, input);
}

function print(context: Context, sop: Sop, office: OfficeTime, input: { event: string; handover: number }): Exit {
  const rows = previewOf(sop, office, input).map(({ step, role, due }) => ({
    step,
    role,
    due: due === null ? null : rfc3339(due, office.timezone),
  }));
  // The same for a person and a program: the contract promises this array, and one row a line reads well enough.
  context.out(`[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
  return DONE;
}
