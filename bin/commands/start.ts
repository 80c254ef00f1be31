// `alur start`: the whole service, or a part of it.

import { faultLines } from '../faults.ts';
import { settingsInVain } from '../in-vain.ts';
import { type Context, type Exit, REFUSED, WRONG_USAGE, wrongUsage } from '../io.ts';
import { loadOffice } from '../office-file.ts';
import { PARTS, type Part } from '../parts.ts';
import type { Settings } from '../settings.ts';
import { settingsFor } from '../settings-for.ts';

export async function start(context: Context, options: { only?: string }): Promise<Exit> {
  const only = partsOf(options.only);
  if ('unknown' in only) return wrongUsage(context, `--only: "${only.unknown}" tidak dikenal; yang ada: ${PARTS.join(', ')}.`);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const wrong = (await settingsInVain(settings, context.env)).map((fault) => `- ${fault}\n`);
  const broken = brokenOffices(settings);
  if (broken !== '') wrong.push(`- OFFICE_FILE: perbaiki berkas instansi berikut\n${broken}`);
  if (wrong.length > 0) return wrongUsage(context, `Pengaturan belum benar:\n${wrong.join('')}`.trimEnd());
  const service = await import('../start.ts');
  const code = await service.start(settings, only.parts);
  return code === 0 || code === WRONG_USAGE ? code : REFUSED;
}

/** `null`: everything. */
function partsOf(text: string | undefined): { parts: Part[] | null } | { unknown: string } {
  if (text === undefined) return { parts: null };
  const parts: Part[] = [];
  for (const word of text.split(',').map((part) => part.trim())) {
    const part = PARTS.find((known) => known === word);
    if (!part) return { unknown: word };
    if (!parts.includes(part)) parts.push(part);
  }
  return { parts };
}

/** Every fault of every office file, before anything is opened; empty when they are good. */
function brokenOffices({ offices }: Settings): string {
  const files = offices.from === 'files' ? offices.files : [];
  return files
    .map((file) => {
      const loaded = loadOffice(file);
      if (loaded.ok) return '';
      return 'faults' in loaded ? faultLines(loaded.faults) : `${loaded.reason}\n`;
    })
    .join('');
}
