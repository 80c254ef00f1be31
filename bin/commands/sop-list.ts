// `alur sop list`: the SOPs that come with Alur, and those of the offices when their database runs.

import { type Context, DONE, type Exit, printJson } from '../io.ts';
import { type KnownSop, knownSops } from '../known-sops.ts';

export async function sopList(context: Context): Promise<Exit> {
  const known = await knownSops(context);
  if (context.json) {
    printJson(
      context,
      known.map(({ sop, offices }) => ({
        id: sop.id,
        title: sop.title,
        agency: sop.agency,
        version: sop.version,
        steps: sop.steps.length,
        offices,
      })),
    );
  } else {
    context.out(known.map(line).join(''));
  }
  return DONE;
}

function line({ sop, offices }: KnownSop): string {
  const where = offices.length > 0 ? ` [dipakai: ${offices.join(', ')}]` : '';
  return `${sop.id}\n    ${sop.title} (${sop.agency}), ${sop.steps.length} langkah${where}\n`;
}
