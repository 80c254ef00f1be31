// The one case that somebody means by a register number.
import type { PgStore } from '../db/store.ts';
import type { Case } from '../src/case/case.ts';
import type { Office } from '../src/office/office.ts';
import type { Sop } from '../src/sop/sop.ts';

export type Found = { ok: true; read: { case: Case; sop: Sop; office: Office } } | { ok: false; reason: string };

/** `number`: the whole number or its serial; the reason says what to write instead. */
export async function findCase(store: PgStore, number: string, office: string | undefined): Promise<Found> {
  const wanted = number.trim();
  const matches = await store.caseByNumber(wanted, office);
  const read = await Promise.all(matches.map((match) => store.readCase(match.case)));
  const [only, ...more] = read.flatMap((one) => one ?? []);
  if (!only) {
    const where = office === undefined ? '' : ` pada instansi "${office}"`;
    return { ok: false, reason: `Nomor register "${wanted}" tidak ditemukan${where}.` };
  }
  if (more.length > 0) {
    const list = [only, ...more].map((one) => `  ${one.case.number?.text ?? ''}  (${one.office.id})`).join('\n');
    const reason = `Nomor "${wanted}" dipakai lebih dari satu konten; tulis nomor lengkapnya atau tambahkan --office:\n${list}`;
    return { ok: false, reason };
  }
  return { ok: true, read: only };
}
