// `alur audit verify`: does the chain of hashes over the whole history still hold?
import { withStore } from '../database.ts';
import { type Context, DONE, type Exit, printJson, REFUSED, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export async function auditVerify(context: Context): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const verdict = await withStore(settings, (store) => store.verifyAudit());
  if (verdict.ok) {
    if (context.json) printJson(context, verdict);
    else context.out(`Rantai riwayat utuh: ${verdict.entries} catatan.\n`);
    return DONE;
  }
  if (context.json) printJson(context, verdict);
  context.err(`Rantai riwayat PUTUS pada instansi ${verdict.office}, catatan ke-${verdict.seq}: ${WHY[verdict.why]}.\n`);
  return REFUSED;
}

const WHY = {
  gap: 'catatan hilang',
  link: 'tidak menyambung dengan catatan sebelumnya',
  content: 'isinya tidak cocok dengan hash-nya',
  tail: 'ujung rantai tidak cocok dengan kepala yang diingat',
};
