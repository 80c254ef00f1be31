// `alur start`: the whole service, or a part of it.

import { faultLines } from '../faults.ts';
import { settingsInVain } from '../in-vain.ts';
import { type Context, type Exit, REFUSED, WRONG_USAGE, wrongUsage } from '../io.ts';
import { loadOffice } from '../office-file.ts';
import { PARTS, type Part } from '../parts.ts';
import { type Environment, readSettings, type Settings } from '../settings.ts';

export async function start(context: Context, options: { only?: string }): Promise<Exit> {
  const only = partsOf(options.only);
  if ('unknown' in only) return wrongUsage(context, `--only: "${only.unknown}" tidak dikenal; yang ada: ${PARTS.join(', ')}.`);
  const { settings, faults } = readWhatCanBe(context.env);
  const wrong = faults.map((fault) => `- ${fault}\n`);
  if (settings) {
    const listens = only.parts === null || only.parts.includes('web');
    const inVain = await settingsInVain(settings, context.env, listens);
    // What was left out as wrong is told already.
    wrong.push(...inVain.filter((fault) => !faults.some((known) => nameIn(known) === nameIn(fault))).map((fault) => `- ${fault}\n`));
    const broken = brokenOffices(settings);
    if (broken !== '') wrong.push(`- OFFICE_FILE: perbaiki berkas instansi berikut\n${broken}`);
  }
  if (wrong.length > 0 || !settings) return wrongUsage(context, `Pengaturan belum benar:\n${wrong.join('')}`.trimEnd());
  const service = await import('../start.ts');
  const code = await service.start(settings, only.parts);
  return code === 0 || code === WRONG_USAGE ? code : REFUSED;
}

const nameIn = (fault: string): string => fault.split(':')[0] ?? '';

/** The settings with what is written wrong left out, so that all else that is wrong is told in the same list. */
function readWhatCanBe(env: Environment): { settings: Settings | null; faults: string[] } {
  const read = readSettings(env);
  if (read.ok) return { settings: read.settings, faults: [] };
  const wrong = new Set(read.faults.map(nameIn));
  const rest = readSettings(Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.has(name))));
  return { settings: rest.ok ? rest.settings : null, faults: read.faults };
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
