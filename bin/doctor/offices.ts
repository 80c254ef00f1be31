// Whether each office can do its work: its calendar reaches far enough, every role is held, everybody can be reached, nothing is late.
import type { PgStore } from '../../db/store.ts';
import { missingYears } from '../../src/calendar/national-holidays.ts';
import { zoneOf } from '../../src/calendar/zone.ts';
import { checkOffice } from '../../src/office/check.ts';
import type { Office } from '../../src/office/office.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

export async function officeFindings(store: PgStore, now: number): Promise<Finding[]> {
  const offices = await store.offices();
  if (offices.length === 0) return [note('instansi', 'belum ada. Terapkan berkasnya dengan `office apply FILE`.')];
  const findings = await Promise.all(offices.map((office) => findingsOf(store, office, now)));
  return findings.flat();
}

async function findingsOf(store: PgStore, office: Office, now: number): Promise<Finding[]> {
  const what = `instansi ${office.id}`;
  const { sops, open } = await store.transaction(async (tx) => ({
    sops: await tx.sopsOf(office.id),
    open: await tx.cases({ office: office.id, open: true }),
  }));
  const late = open.filter((one) => 'step' in one.state && one.state.dueAt !== null && one.state.dueAt < now).length;
  const findings = [ok(what, `${office.people.length} pegawai, ${sops.length} SOP, ${open.length} konten berjalan.`)];
  if (late > 0) findings.push(note(what, `${late} konten melewati tenggatnya. Lihat register atau /antrean.`));
  for (const warning of checkOffice(office, sops).warnings) findings.push(wrong(what, warning.message));
  const unbound = await store.unbound(office.id);
  if (unbound.length > 0)
    findings.push(note(what, `belum terhubung ke obrolan: ${unbound.join(', ')}. Bagikan undangannya (\`office apply\`).`));
  return [...findings, ...calendarFindings(what, office, now)];
}

function calendarFindings(what: string, office: Office, now: number): Finding[] {
  const thisYear = Number(zoneOf(office.timezone).dateOf(now).slice(0, 4));
  return missingYears(now, office.timezone).map((year) => {
    const words = `hari libur nasional ${year} belum ada di Alur. Tambahkan pada holidays di berkas instansi, atau perbarui Alur.`;
    // Next year's table is missing while there is still time to add it.
    return year > thisYear ? note(what, words) : wrong(what, words);
  });
}
