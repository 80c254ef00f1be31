// `alur office check FILE`: is this a valid office file, with the SOP files it names?
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
      warnings: warnings.map(faultJson),
    });
    return DONE;
  }
  const bound = office.people.filter((person) => person.telegram !== undefined || person.whatsapp !== undefined).length;
  context.out(
    `Berkas instansi benar.\n${office.name} (${office.id}), ${office.timezone}\n` +
      `${office.people.length} pegawai (${bound} dengan akun), ${office.groups.length} grup, ${sops.length} SOP:\n` +
      sops.map((sop) => `  - ${sop.id}: ${sop.title}\n`).join(''),
  );
  if (warnings.length > 0) context.err(`Perhatian:\n${faultLines(warnings)}`);
  return DONE;
}
