// `alur office check FILE`: is this a valid office file, with the SOP files it names?
import { type Qualified, qualificationsOf } from '../../src/office/qualifications.ts';
import { faultJson, faultLines, refuseFaults } from '../faults.ts';
import { type Context, DONE, type Exit, printJson, refused } from '../io.ts';
import { loadOffice } from '../office-file.ts';

export async function officeCheck(context: Context, path: string): Promise<Exit> {
  const loaded = loadOffice(path);
  if (!loaded.ok) return 'faults' in loaded ? refuseFaults(context, loaded.faults) : refused(context, loaded.reason);
  const { office, sops, warnings } = loaded;
  if (context.json) {
    const { id, name, timezone } = office;
    printJson(context, {
      ok: true,
      id,
      name,
      timezone,
      people: office.people.length,
      sops: office.sops,
      qualifications: qualificationsOf(office, sops).map(({ sop, person, roles, met, open, noted }) => ({
        sop,
        person: person.id,
        roles,
        noted,
        met,
        open: open.map((one) => one.number),
      })),
      warnings: warnings.map(faultJson),
    });
    return DONE;
  }
  const bound = office.people.filter((person) => person.telegram !== undefined || person.whatsapp !== undefined).length;
  context.out(
    `Berkas instansi benar.\n${office.name} (${office.id}), ${office.timezone}\n` +
      `${office.people.length} pegawai (${bound} dengan akun), ${office.groups.length} grup, ${sops.length} SOP:\n` +
      sops.map((sop) => `  - ${sop.id}: ${sop.title}\n`).join('') +
      qualificationLines(qualificationsOf(office, sops)),
  );
  if (warnings.length > 0) context.err(`Perhatian:\n${faultLines(warnings)}`);
  return DONE;
}

/** A list to go through when somebody is given a role; nothing is refused because of it. */
function qualificationLines(all: Qualified[]): string {
  if (all.length === 0) return '';
  const lines = all.map(({ person, roles, met, open, noted }) => {
    const who = `  - ${person.name} (${roles.join(', ')})`;
    if (!noted) return `${who}: belum dicatat\n`;
    const missing = open.map(({ number, text }) => `${number}. ${text}`).join('; ');
    return `${who}: ${met.length} dari ${met.length + open.length}${missing === '' ? '' : `; belum: ${missing}`}\n`;
  });
  return `Kualifikasi pelaksana (dicatat, bukan syarat):\n${lines.join('')}`;
}
