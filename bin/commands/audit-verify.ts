// `alur audit verify`: does the chain of hashes over the whole history still hold?

import type { PgStore } from '../../db/store.ts';
import { readAnchor } from '../../src/audit/anchor.ts';
import { withStore } from '../database.ts';
import { type Context, DONE, type Exit, printJson, REFUSED, WRONG_USAGE, wrongUsage } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

interface Options {
  /** `SEQ:HASH` as it was written down outside of the database. */
  head?: string;
  office?: string;
}

export async function auditVerify(context: Context, { head, office }: Options): Promise<Exit> {
  const anchor = head === undefined ? undefined : readAnchor(head);
  if (anchor === null) return wrongUsage(context, `--head "${head}": isi NOMOR:HASH seperti yang dikirim Alur, mis. 120:9f86d0…`);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const verdict = await withStore(settings, async (store) => {
    if (!anchor) return store.verifyAudit();
    const whose = office ?? (await onlyOffice(store));
    return whose === null ? null : store.verifyAudit([{ ...anchor, office: whose }]);
  });
  if (verdict === null) return wrongUsage(context, '--head: ada beberapa instansi; sebutkan milik siapa dengan --office ID');
  if (verdict.ok) {
    if (context.json) printJson(context, verdict);
    else context.out(`Rantai riwayat utuh: ${verdict.entries} catatan.\n`);
    return DONE;
  }
  if (context.json) printJson(context, verdict);
  context.err(`Rantai riwayat PUTUS pada instansi ${verdict.office}, catatan ke-${verdict.seq}: ${WHY[verdict.why]}.\n`);
  return REFUSED;
}

async function onlyOffice(store: PgStore): Promise<string | null> {
  const [only, ...more] = await store.offices();
  return only && more.length === 0 ? only.id : null;
}

const WHY = {
  gap: 'catatan hilang',
  link: 'tidak menyambung dengan catatan sebelumnya',
  content: 'isinya tidak cocok dengan hash-nya',
  tail: 'ujung rantai tidak cocok dengan kepala yang diingat',
  anchor: 'tidak sama dengan yang dicatat di luar database',
};
