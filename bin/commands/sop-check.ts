// `alur sop check FILE`: is this a valid SOP file? Every fault with its line.
import { readSop } from '../../src/sop/read.ts';
import { refuseFaults } from '../faults.ts';
import { type Context, DONE, type Exit, printJson, refused } from '../io.ts';
import { readText } from '../read-text.ts';

export async function sopCheck(context: Context, path: string): Promise<Exit> {
  const file = readText(path);
  if (!file.ok) return refused(context, file.reason);
  const reading = readSop(file.text);
  if (!reading.ok)
    return refuseFaults(
      context,
      reading.faults.map((fault) => ({ ...fault, file: path })),
    );
  const { id, title, version, steps, roles } = reading.sop;
  if (context.json) printJson(context, { ok: true, id, title, version, steps: steps.length, roles: Object.keys(roles) });
  else context.out(`Berkas SOP benar: ${id} (${title}), ${steps.length} langkah, ${Object.keys(roles).length} peran.\n`);
  return DONE;
}
